-- Title: From each ward to the nearest front counter open on a day, for the wards of that day or a later one
-- Grain: one row for each ward in force on `wards_day` whose centre is known, when a counter was open on `on_day`
-- Unit: metres in a straight line from the ward's centre
-- Caveats: the row of ward_counter_standing whose run of days holds the day
CREATE MACRO ward_counter_distance(on_day, wards_day) AS TABLE
SELECT *
FROM ward_counter_standing
WHERE stands_from <= on_day
  AND (stands_until IS NULL OR stands_until > on_day)
  AND (in_force_from IS NULL OR in_force_from <= wards_day)
  AND (in_force_to IS NULL OR in_force_to >= wards_day);
