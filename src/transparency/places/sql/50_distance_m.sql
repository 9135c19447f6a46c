-- Title: Straight-line distance
-- Grain: one number for two positions
-- Unit: metres
-- Caveats: great circle on a sphere of 6,371,008.8 m (haversine formula, R. W. Sinnott, Sky and Telescope
--   68 (1984) 159): within 0.5% of the ellipsoid, and not a walking distance
CREATE MACRO haversine_m(half_chord_squared) AS
    -- Rounding can lift it above 1 between two ends of a diameter.
    2 * 6371008.8 * asin(sqrt(CASE WHEN half_chord_squared > 1 THEN 1 ELSE half_chord_squared END));
CREATE MACRO distance_m(lat_1, lon_1, lat_2, lon_2) AS haversine_m(
    sin(radians(lat_2 - lat_1) / 2) ** 2
    + cos(radians(lat_1)) * cos(radians(lat_2)) * sin(radians(lon_2 - lon_1) / 2) ** 2
);
