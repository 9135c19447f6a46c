-- Title: Boroughs and wards named outside staffing exist
-- Guards: no figure, plan or site of a place that is on no register
-- Remedy: use a code of boroughs, of the 2014 ward set where the column says so, or E12000007 for London
WITH naming AS (
    SELECT 'published_figures' AS dataset, snapshot_as_at, revision, source_row,
           'geography_code' AS column_name, geography_code AS value, NULL AS vintage
    FROM current_published_figures
    UNION ALL
    SELECT 'sites', snapshot_as_at, revision, source_row, 'borough_code', borough_code, NULL
    FROM current_sites
    UNION ALL
    SELECT 'sites', snapshot_as_at, revision, source_row, 'ward_code_2014', ward_code_2014, 2014
    FROM current_sites
    UNION ALL
    SELECT 'site_wards', snapshot_as_at, revision, source_row, 'ward_code_2014', ward_code_2014, 2014
    FROM current_site_wards
    UNION ALL
    SELECT 'ward_plans', snapshot_as_at, revision, source_row, 'ward_code', ward_code, NULL
    FROM current_ward_plans
),
places AS (
    SELECT vintage, ward_code AS code FROM ward_in_set
    UNION ALL
    SELECT NULL, ward_code FROM ward
    UNION ALL
    SELECT NULL, borough_code FROM boroughs
    UNION ALL
    SELECT NULL, 'E12000007'
)
SELECT
    naming.dataset, naming.snapshot_as_at, naming.revision, naming.source_row, naming.column_name,
    naming.value,
    CASE naming.column_name
        WHEN 'borough_code' THEN 'the borough is not one of the 32'
        WHEN 'ward_code' THEN 'the ward is in none of the ward sets'
        WHEN 'ward_code_2014' THEN 'the ward is not of the 2014 set'
        ELSE 'the code is neither London''s nor a borough''s nor a ward''s'
    END AS rule,
    'Look the code up in data/reference.' AS remedy,
    false AS is_warning
FROM naming
ANTI JOIN places
    ON places.code = naming.value
   AND places.vintage IS NOT DISTINCT FROM naming.vintage
   AND (naming.column_name <> 'borough_code' OR places.code LIKE 'E09%')
   AND (naming.column_name <> 'ward_code' OR places.code LIKE 'E05%')
WHERE naming.value IS NOT NULL
ORDER BY ALL;
