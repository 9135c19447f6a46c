-- Title: Each borough series is of one edition
-- Guards: what was read from two editions, which the publisher restates, is never one line
-- Remedy: hand in each edition as a snapshot of its own
SELECT dataset, snapshot_as_at, revision, min(source_row) AS source_row, 'source_id' AS column_name,
       string_agg(DISTINCT source_id, ', ' ORDER BY source_id) AS value,
       'the snapshot is read from more than one source' AS rule,
       'Hand in each edition as a snapshot of its own.' AS remedy, false AS is_warning
FROM (
    SELECT 'abstraction_borough' AS dataset, snapshot_as_at, revision, source_row, source_id
    FROM all_abstraction_borough
    UNION ALL
    SELECT 'dwo_fte_borough', snapshot_as_at, revision, source_row, source_id FROM all_dwo_fte_borough
    UNION ALL
    SELECT 'public_attitude_borough', snapshot_as_at, revision, source_row, source_id
    FROM all_public_attitude_borough
)
GROUP BY dataset, snapshot_as_at, revision
HAVING count(DISTINCT source_id) > 1
ORDER BY ALL;
