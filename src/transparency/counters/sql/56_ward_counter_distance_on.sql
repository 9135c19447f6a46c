-- Title: From each ward to the nearest open front counter on a day
-- Grain: one row for each ward in force on the day whose centre is known
-- Unit: metres in a straight line from the ward's centre
-- Caveats: as ward_counter_distance, with the wards and the counters of one day; with the names of the open counters
--   without a position that could be nearer
CREATE MACRO ward_counter_distance_on(on_day) AS TABLE
SELECT
    nearest.* EXCLUDE (stands_from, stands_until, in_force_from, in_force_to),
    placeless.site_names AS counters_without_known_place
FROM ward_counter_distance(on_day, on_day) AS nearest
LEFT JOIN placeless_standing AS placeless
    ON placeless.borough_code = nearest.borough_code AND placeless.stands_from = nearest.stands_from;
