-- Title: Wards with the point at their centre
-- Grain: one row for each ward set and ward whose centre is known
-- Unit: x, y and z are those of a point on the unit sphere, see on_sphere
-- Caveats: as ward_in_set. Kept as a table, since it is the same on every day
CREATE TABLE ward_centre AS
SELECT
    in_force_from, in_force_to, ward_code, ward_name, borough_code, borough_name, unnest(on_sphere(lat, lon))
FROM ward_in_set
WHERE lat IS NOT NULL;
