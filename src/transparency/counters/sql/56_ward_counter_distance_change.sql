-- Title: How the distance to the nearest open front counter changed between two days
-- Grain: one row for each ward in force on the later day whose centre is known
-- Unit: metres in a straight line from the ward's centre, positive where it grew; wards
-- Caveats: both distances are measured from the ward as it was on the later day. `is_comparable` is false where,
--   on either day, a counter whose place or closing day is not known exactly could be nearer
CREATE MACRO ward_counter_distance_change(earlier_day, on_day) AS TABLE
SELECT
    later.ward_code, later.ward_name, later.borough_code, later.borough_name,
    earlier.counter_site_id AS earlier_site_id,
    earlier.counter_distance_m AS earlier_distance_m,
    later.counter_site_id, later.counter_distance_m,
    later.counter_distance_m - earlier.counter_distance_m AS counter_distance_change_m,
    NOT earlier.is_another_possibly_nearer AND NOT later.is_another_possibly_nearer AS is_comparable,
    count(*) OVER () AS wards_count,
    count(*) FILTER (is_comparable) OVER () AS comparable_count
FROM ward_counter_distance(earlier_day, on_day) AS earlier
JOIN ward_counter_distance(on_day, on_day) AS later USING (ward_code);
