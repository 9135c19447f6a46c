-- Title: Wards of each set
-- Grain: one row for each ward set (2014, 2018, 2022) and ward
-- Unit: population in persons; area in hectares
-- Caveats: the 2014 set answers for every day to 2 May 2018; position and population of the 90 wards
--   first drawn in 2018 are not stored
CREATE TABLE ward_in_set AS
WITH wards AS (
    SELECT 2014 AS vintage, ward_code, ward_name, borough_code, lat, lon, area_ha,
           population_2015 AS population_count, 2015 AS population_year, population_basis
    FROM wards_2014
    UNION ALL
    SELECT 2018, ward_code, ward_name, borough_code, lat, lon, area_ha,
           population_2015, 2015, population_basis
    FROM wards_2018
    UNION ALL
    SELECT 2022, ward_code, ward_name, borough_code, lat, lon, area_ha,
           population_2021, 2021, population_basis
    FROM wards_2022
)
SELECT
    ward_sets.vintage,
    ward_sets.in_force_from,
    ward_sets.in_force_to,
    wards.ward_code,
    wards.ward_name,
    wards.borough_code,
    boroughs.borough_name,
    wards.lat,
    wards.lon,
    wards.area_ha,
    wards.population_count,
    wards.population_year,
    wards.population_basis
FROM wards
JOIN ward_sets USING (vintage)
JOIN boroughs USING (borough_code);
