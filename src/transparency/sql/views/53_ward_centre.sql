-- Title: Wards with the point at their centre
-- Grain: one row for each ward set and ward whose centre is known
-- Unit: centre is a point on the unit sphere, see on_sphere
-- Caveats: as ward_in_set. Kept as a table, since it is the same on every day
CREATE TABLE ward_centre AS
SELECT
    in_force_from, in_force_to, ward_code, ward_name, borough_code, borough_name, on_sphere(lat, lon) AS centre
FROM ward_in_set
WHERE lat IS NOT NULL;
