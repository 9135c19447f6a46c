-- Title: Wards and population of each borough in each ward set
-- Grain: one row for each ward set (2014, 2018, 2022) and borough
-- Unit: wards of the set; persons
-- Caveats: population is given where every ward's is stored (not for the four boroughs redrawn in 2018, until 2022).
--   Kept as a table, since it is the same on every day
CREATE TABLE borough_in_set AS
SELECT
    in_force_from,
    in_force_to,
    borough_code,
    borough_name,
    count(*) AS wards_count,
    CASE WHEN count(population_count) = count(*) THEN sum(population_count) END AS population_count,
    max(population_year) AS population_year,
    CASE WHEN count(population_count) = count(*) THEN sum(population_count) / count(*) END
        AS population_per_ward_count
FROM ward_in_set
GROUP BY in_force_from, in_force_to, borough_code, borough_name;
