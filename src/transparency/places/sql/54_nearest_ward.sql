-- Title: Wards by how near their centre is to a position
-- Grain: one row for each ward in force today whose centre is known
-- Unit: kilometres in a straight line
-- Caveats: the nearest centre is that of the right ward only about three times in four. Distance as distance_m
CREATE MACRO nearest_ward(at_lat, at_lon) AS TABLE
SELECT ward_code, ward_name, borough_name, distance_m(at_lat, at_lon, lat, lon) / 1000 AS distance_km
FROM ward_in_set
WHERE in_force_to IS NULL AND lat IS NOT NULL;
