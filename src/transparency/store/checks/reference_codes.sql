-- Title: Reference tables name boroughs and wards that exist
-- Guards: no ward without a borough, no neighbour, overlap or postcode prefix of a ward outside its set
-- Remedy: correct the table in data/reference and publish its new hash
WITH naming AS (
    SELECT 'wards_2014' AS dataset, 'borough_code' AS column_name, borough_code AS value FROM wards_2014
    UNION ALL SELECT 'wards_2018', 'borough_code', borough_code FROM wards_2018
    UNION ALL SELECT 'wards_2022', 'borough_code', borough_code FROM wards_2022
    UNION ALL SELECT 'ward_neighbours_2014', 'ward_code_2014', ward_code FROM ward_neighbours_2014
    UNION ALL SELECT 'ward_neighbours_2014', 'ward_code_2014', neighbour_code FROM ward_neighbours_2014
    UNION ALL SELECT 'postcode_prefixes_2014', 'ward_code_2014', ward_code FROM postcode_prefixes_2014
    UNION ALL SELECT 'ward_overlaps_2014_2022', 'ward_code_2014', ward_code_2014 FROM ward_overlaps_2014_2022
    UNION ALL SELECT 'ward_overlaps_2014_2022', 'ward_code_2022', ward_code_2022 FROM ward_overlaps_2014_2022
),
places AS (
    SELECT 'borough_code' AS column_name, borough_code AS code FROM boroughs
    UNION ALL SELECT 'ward_code_2014', ward_code FROM wards_2014
    UNION ALL SELECT 'ward_code_2022', ward_code FROM wards_2022
)
SELECT
    naming.dataset,
    NULL AS snapshot_as_at,
    NULL AS revision,
    NULL AS source_row,
    naming.column_name,
    naming.value,
    'no borough or ward of the set has this code' AS rule,
    'Correct the table in data/reference and publish its new hash.' AS remedy,
    false AS is_warning
FROM naming
ANTI JOIN places ON places.column_name = naming.column_name AND places.code = naming.value
GROUP BY ALL
ORDER BY ALL;
