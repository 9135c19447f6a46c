-- Title: Wards in force on a day
-- Grain: one row for each ward of the one set in force on the day
-- Unit: population in persons, with its year and basis
-- Caveats: a ward outside that set is not here; it is shown on its own last day
CREATE MACRO ward_on(on_day) AS TABLE
SELECT *
FROM ward_in_set
WHERE (in_force_from IS NULL OR in_force_from <= on_day)
  AND (in_force_to IS NULL OR in_force_to >= on_day);
