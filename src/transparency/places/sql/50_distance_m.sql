-- Title: Straight-line distance
-- Grain: one number for two positions
-- Unit: metres
-- Caveats: great circle on a sphere of 6,371,008.8 m (haversine formula, R. W. Sinnott, Sky and Telescope
--   68 (1984) 159): within half a per cent of the ellipsoid, and not a walking distance
CREATE MACRO distance_m(lat_1, lon_1, lat_2, lon_2) AS
    2 * 6371008.8 * asin(sqrt(
        sin(radians(lat_2 - lat_1) / 2) ** 2
        + cos(radians(lat_1)) * cos(radians(lat_2)) * sin(radians(lon_2 - lon_1) / 2) ** 2
    ));
