-- Title: Wards and population of each borough on a day
-- Grain: one row for each borough
-- Unit: wards of the set in force; persons
-- Caveats: the row of borough_in_set whose set is in force on the day
CREATE MACRO borough_wards_on(on_day) AS TABLE
SELECT * EXCLUDE (in_force_from, in_force_to)
FROM borough_in_set
WHERE (in_force_from IS NULL OR in_force_from <= on_day)
  AND (in_force_to IS NULL OR in_force_to >= on_day);
