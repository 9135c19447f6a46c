-- Title: How alike two boroughs are in size
-- Grain: one row for each ordered pair of boroughs
-- Unit: likeness_distance in standard deviations; 0 is the same
-- Caveats: the straight-line distance between the boroughs' number of wards and population per ward, each divided
--   by its standard deviation over the boroughs; pairs without a population are left out. Crime,
--   visitors and area are not in it
CREATE MACRO borough_likeness_on(on_day) AS TABLE
WITH wards AS MATERIALIZED (
    SELECT * FROM borough_wards_on(on_day)
),
spread AS (
    SELECT stddev_pop(wards_count) AS wards_spread, stddev_pop(population_per_ward_count) AS population_spread
    FROM wards
)
SELECT
    own.borough_code,
    other.borough_code AS other_borough_code,
    other.borough_name AS other_borough_name,
    other.wards_count AS other_wards_count,
    other.population_per_ward_count AS other_population_per_ward_count,
    sqrt(
        ((own.wards_count - other.wards_count) / wards_spread) ** 2
        + ((own.population_per_ward_count - other.population_per_ward_count) / population_spread) ** 2
    ) AS likeness_distance
FROM wards AS own
CROSS JOIN wards AS other
CROSS JOIN spread
WHERE own.borough_code <> other.borough_code
  AND own.population_per_ward_count IS NOT NULL
  AND other.population_per_ward_count IS NOT NULL;
