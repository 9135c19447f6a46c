-- Title: The name behind each code on a day
-- Grain: one row for each ward, borough and site, and for London
-- Caveats: a ward has its name in the newest set in force from the day or before, or in its first set where that
--   came later; boroughs and sites have their newest name
CREATE MACRO name_on(on_day) AS TABLE
SELECT
    ward_code AS code,
    coalesce(
        arg_max(ward_name, vintage) FILTER (in_force_from IS NULL OR in_force_from <= on_day),
        arg_min(ward_name, vintage)
    ) AS name
FROM ward_in_set
GROUP BY ward_code
UNION ALL
SELECT borough_code, borough_name FROM boroughs
UNION ALL
SELECT site_id, site_name FROM current_sites
UNION ALL
SELECT london_code(), 'London';
