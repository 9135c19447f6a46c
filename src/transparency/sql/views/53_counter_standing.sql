-- Title: Open front counters from day to day
-- Grain: one row for each front counter and run of days on which it is open
-- Unit: x, y and z are those of a point on the unit sphere, see on_sphere
-- Caveats: the rows of site_standing of open front counters. Kept as a table, since it is the same on every day
CREATE TABLE counter_standing AS
SELECT
    stands_from, stands_until, site_id, site_name, borough_code, is_24_7,
    location_precision = 'postcode' AS is_placed,
    unnest(on_sphere(lat, lon))
FROM site_standing
WHERE site_kind = 'front_counter' AND site_status = 'open';
