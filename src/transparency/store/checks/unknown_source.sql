-- Title: Every row names a source that is held
-- Guards: no number reaches a reader without its source
-- Remedy: publish the source together with the row, or correct its name
WITH citing AS (
    SELECT 'published_figures' AS dataset, snapshot_as_at, revision, source_row, 'source_id' AS column_name,
           source_id AS value
    FROM current_published_figures
    UNION ALL
    SELECT 'site_events', snapshot_as_at, revision, source_row, 'source_id', source_id
    FROM current_site_events
    UNION ALL
    SELECT 'site_wards', snapshot_as_at, revision, source_row, 'source_id', source_id
    FROM current_site_wards
    UNION ALL
    SELECT 'sites', snapshot_as_at, revision, source_row, 'location_source_id', location_source_id
    FROM current_sites
    UNION ALL
    SELECT 'staffing', snapshot_as_at, revision, source_row, 'source_id', source_id
    FROM current_staffing
    UNION ALL
    SELECT 'user_questions', snapshot_as_at, revision, source_row, 'source_id', source_id
    FROM current_user_questions
    UNION ALL
    SELECT 'ward_plans', snapshot_as_at, revision, source_row, 'source_id', source_id
    FROM current_ward_plans
)
SELECT
    citing.*,
    'the source is not in the dataset sources' AS rule,
    'Publish the source together with this file, or correct its name.' AS remedy,
    false AS is_warning
FROM citing
ANTI JOIN current_sources ON current_sources.source_id = citing.value
WHERE citing.value IS NOT NULL
ORDER BY ALL;
