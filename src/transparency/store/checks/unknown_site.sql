-- Title: Events and wards of sites name a site that is held
-- Guards: no event without a place
-- Remedy: publish the site together with the row, or correct its name
WITH naming AS (
    SELECT 'site_events' AS dataset, snapshot_as_at, revision, source_row, 'site_id' AS column_name,
           site_id AS value
    FROM current_site_events
    UNION ALL
    SELECT 'site_wards', snapshot_as_at, revision, source_row, 'site_id', site_id
    FROM current_site_wards
)
SELECT
    naming.*,
    'the site is not in the dataset sites' AS rule,
    'Publish the site together with this file, or correct its name.' AS remedy,
    false AS is_warning
FROM naming
ANTI JOIN current_sites ON current_sites.site_id = naming.value
WHERE naming.value IS NOT NULL
ORDER BY ALL;
