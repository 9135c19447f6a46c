-- Title: Sites with their boroughs
-- Grain: one row for each place and use (a station with a counter and a base has two rows)
-- Unit: positions in degrees, WGS84
-- Caveats: the position is the centre of the site's postcode where `location_precision` is postcode, a point in
--   its street where it is street; ward_code_2014 is given for postcode precision only. Kept as a table, since
--   it is the same on every day
CREATE TABLE site AS
SELECT
    site_id, site_name, site_kind, borough_code, borough_name,
    address, postcode, lat, lon, location_precision, location_source_id, ward_code_2014
FROM current_sites
JOIN boroughs USING (borough_code);
