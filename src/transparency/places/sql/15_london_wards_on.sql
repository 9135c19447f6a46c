-- Title: London's wards and people per ward on a day
-- Grain: one row
-- Unit: wards of the 32 boroughs; persons
-- Caveats: people where every borough's are stored and of one year
CREATE MACRO london_wards_on(on_day) AS TABLE
SELECT
    sum(wards_count)::BIGINT AS wards_count,
    CASE
        WHEN count(population_count) = count(*) AND min(population_year) = max(population_year)
        THEN sum(population_count) / sum(wards_count)
    END AS population_per_ward_count
FROM borough_wards_on(on_day);
