-- Title: Boroughs on a day: what can be compared without ward figures
-- Grain: one row for each borough
-- Unit: wards of the set in force; persons; open front counters; metres in a straight line
-- Caveats: counters as in borough_site_on, distances as in counter_distance_summary_on, population as in
--   borough_wards_on
CREATE MACRO borough_context_on(on_day) AS TABLE
WITH distances AS (
    SELECT
        borough_code,
        median(counter_distance_m) AS counter_distance_m,
        count(*) FILTER (is_another_possibly_nearer) AS wards_possibly_nearer_count
    FROM ward_counter_distance(on_day, on_day)
    GROUP BY borough_code
)
SELECT
    borough_code,
    boroughs.borough_name,
    bcu_code,
    bcu_name,
    pathfinder_2017 AS is_pathfinder,
    wards.wards_count,
    wards.population_count,
    wards.population_year,
    wards.population_per_ward_count,
    sites.counters_open_count,
    sites.counters_open_at_most_count,
    sites.counters_24_7_count,
    sites.counters_24_7_inferred_count,
    sites.counters_hours_not_published_count,
    sites.has_24_7,
    distances.counter_distance_m,
    coalesce(distances.wards_possibly_nearer_count, 0) AS wards_possibly_nearer_count
FROM boroughs
JOIN borough_wards_on(on_day) AS wards USING (borough_code)
JOIN borough_site_on(on_day) AS sites USING (borough_code)
LEFT JOIN distances USING (borough_code);
