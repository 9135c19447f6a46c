-- Title: Distance to the nearest open front counter, London and each borough, on a day
-- Grain: one row for London (E12000007) and each borough
-- Unit: metres in a straight line, the median over wards; wards
-- Caveats: wards whose centre is known, each counted once whatever its population; counters that are certainly open and
--   whose place is known to the postcode. `wards_possibly_nearer_count` wards could be nearer to another.
--   `wards_in_force_count` is of London: more than those with a known centre while 90 redrawn wards have none
CREATE MACRO counter_distance_summary_on(on_day) AS TABLE
SELECT
    coalesce(borough_code, london_code()) AS geography_code,
    coalesce(borough_name, 'London') AS geography_name,
    any_value(in_force.wards_count) AS wards_in_force_count,
    count(*) AS wards_count,
    median(counter_distance_m) AS counter_distance_m,
    count(*) FILTER (counter_distance_m <= 2000) AS wards_within_2_km_count,
    count(*) FILTER (counter_distance_m <= 5000) AS wards_within_5_km_count,
    median(counter_24_7_distance_m) AS counter_24_7_distance_m,
    count(*) FILTER (counter_24_7_distance_m <= 5000) AS wards_within_5_km_of_24_7_count,
    count(*) FILTER (is_another_possibly_nearer) AS wards_possibly_nearer_count
FROM ward_counter_distance(on_day, on_day)
CROSS JOIN (SELECT count(*) AS wards_count FROM ward_on(on_day)) AS in_force
GROUP BY GROUPING SETS ((), (borough_code, borough_name))
HAVING count(*) > 0;
