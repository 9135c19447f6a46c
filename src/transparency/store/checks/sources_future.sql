-- Title: No source is published after today
-- Guards: a year mistyped is noticed; what is not published yet proves nothing
-- Remedy: a warning only; correct the day, or leave it blank until the source is published
SELECT
    'sources' AS dataset,
    snapshot_as_at,
    revision,
    source_row,
    'published_on' AS column_name,
    published_on AS value,
    'the day of publication is in the future' AS rule,
    'Correct the day, or leave it blank until the source is published.' AS remedy,
    true AS is_warning
FROM current_sources
WHERE published_on > current_date
ORDER BY ALL;
