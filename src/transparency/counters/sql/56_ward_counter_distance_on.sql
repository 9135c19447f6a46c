-- Title: From each ward to the nearest open front counter on a day
-- Grain: one row for each ward in force on the day whose centre is known
-- Unit: metres in a straight line from the ward's centre
-- Caveats: as ward_counter_distance, with the wards and the counters of one day
CREATE MACRO ward_counter_distance_on(on_day) AS TABLE
SELECT * EXCLUDE (stands_from, stands_until, in_force_from, in_force_to)
FROM ward_counter_distance(on_day, on_day);
