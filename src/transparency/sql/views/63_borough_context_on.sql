-- Title: Boroughs on a day: what can be compared without ward figures
-- Grain: one row for each borough
-- Unit: wards of the set in force; persons; open front counters; metres in a straight line
-- Caveats: counters as in borough_counters_on. The distance is the median over the wards whose centre is known, to the nearest open
--   counter whose place is known to the postcode; `wards_of_known_places_count` of them could be nearer to an
--   open counter whose place is not known. Population per ward is given where every ward's is held (not for
--   the four boroughs redrawn in 2018, until 2022)
CREATE MACRO borough_context_on(on_day) AS TABLE
WITH wards AS (
    SELECT
        borough_code,
        count(*) AS wards_count,
        CASE WHEN count(population_count) = count(*) THEN sum(population_count) END AS population_count,
        max(population_year) AS population_year,
        count(*) FILTER (population_basis = 'scaled') AS wards_population_estimated_count
    FROM ward_on(on_day)
    GROUP BY borough_code
),
distances AS (
    SELECT
        wards.borough_code,
        median(counter_distance_m) AS counter_distance_m,
        count(*) FILTER (is_nearest_of_known_places) AS wards_of_known_places_count
    FROM ward_counter_distance_on(on_day) AS distance
    JOIN ward_on(on_day) AS wards USING (ward_code)
    GROUP BY wards.borough_code
)
SELECT
    boroughs.borough_code,
    boroughs.borough_name,
    bcu_code,
    bcu_name,
    pathfinder_2017 AS is_pathfinder,
    wards.wards_count,
    wards.population_count,
    wards.population_year,
    wards.wards_population_estimated_count,
    wards.population_count / wards.wards_count AS population_per_ward_count,
    counters_open_count,
    counters_24_7_count,
    counters_24_7_inferred_count,
    counters_hours_not_published_count,
    counter_distance_m,
    coalesce(wards_of_known_places_count, 0) AS wards_of_known_places_count
FROM boroughs
JOIN wards USING (borough_code)
JOIN borough_counters_on(on_day) AS counters USING (borough_code)
LEFT JOIN distances USING (borough_code);
