-- Title: Posts and officers are counted whole
-- Guards: a part of a post is full-time equivalents under another name
-- Remedy: give the basis as fte, or correct the count
SELECT
    'staffing' AS dataset,
    snapshot_as_at,
    revision,
    source_row,
    column_name,
    CAST(value AS VARCHAR) AS value,
    format('{} are counted whole', basis) AS rule,
    'Give the basis as fte if these are full-time equivalents, or correct the count.' AS remedy,
    false AS is_warning
FROM (
    UNPIVOT (
        SELECT snapshot_as_at, revision, source_row, basis, dedicated_pcs, dedicated_pcsos
        FROM current_staffing
    )
    ON dedicated_pcs, dedicated_pcsos
    INTO NAME column_name VALUE value
)
WHERE basis IN ('posts', 'officers') AND value <> floor(value)
ORDER BY ALL;
