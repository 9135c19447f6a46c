-- Title: Wards and population of each borough on a day
-- Grain: one row for each borough
-- Unit: wards of the set in force; persons
-- Caveats: population is given where every ward's is held (not for the four boroughs redrawn in 2018, until 2022)
CREATE MACRO borough_wards_on(on_day) AS TABLE
SELECT
    borough_code,
    borough_name,
    count(*) AS wards_count,
    CASE WHEN count(population_count) = count(*) THEN sum(population_count) END AS population_count,
    max(population_year) AS population_year,
    CASE WHEN count(population_count) = count(*) THEN sum(population_count) / count(*) END
        AS population_per_ward_count
FROM ward_on(on_day)
GROUP BY borough_code, borough_name;
