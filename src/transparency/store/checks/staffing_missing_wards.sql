-- Title: A snapshot of every ward leaves none out
-- Guards: a ward forgotten is a ward not published
-- Remedy: a warning only; add the wards, or publish with coverage some_wards
SELECT
    'staffing' AS dataset,
    told.snapshot_as_at,
    told.revision,
    NULL AS source_row,
    'ward_code' AS column_name,
    string_agg(
        format('{} ({})', ward_in_set.ward_name, ward_in_set.ward_code), ', ' ORDER BY ward_in_set.ward_name
    ) AS value,
    format(
        CASE count(*)
            WHEN 1 THEN '{} ward of {} is missing from a snapshot of every ward'
            ELSE '{} wards of {} are missing from a snapshot of every ward'
        END,
        count(*), ward_in_set.borough_name
    ) AS rule,
    'Add what is known of them, or publish with --coverage some_wards.' AS remedy,
    true AS is_warning
FROM (
    SELECT DISTINCT snapshot_as_at, revision FROM current_staffing WHERE coverage = 'all_wards'
) AS told
JOIN ward_in_set
    ON (ward_in_set.in_force_from IS NULL OR ward_in_set.in_force_from <= told.snapshot_as_at)
   AND (ward_in_set.in_force_to IS NULL OR ward_in_set.in_force_to >= told.snapshot_as_at)
ANTI JOIN current_staffing AS staffing
    ON staffing.snapshot_as_at = told.snapshot_as_at AND staffing.ward_code = ward_in_set.ward_code
GROUP BY told.snapshot_as_at, told.revision, ward_in_set.borough_name
ORDER BY ALL;
