-- Title: Wards on a day with the point at their centre
-- Grain: one row for each ward in force on the day whose centre is known
-- Unit: x, y and z are those of a point on the unit sphere, see on_sphere
-- Caveats: as ward_centre
CREATE MACRO ward_centre_on(on_day) AS TABLE
SELECT * EXCLUDE (in_force_from, in_force_to)
FROM ward_centre
WHERE (in_force_from IS NULL OR in_force_from <= on_day)
  AND (in_force_to IS NULL OR in_force_to >= on_day);
