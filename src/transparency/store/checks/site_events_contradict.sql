-- Title: No two events of one site and day contradict each other
-- Guards: the state of a site does not hang on which row was written last
-- Remedy: a warning only; keep both sources in the notes and leave the row that is better sourced
WITH told AS (
    SELECT
        *,
        CASE
            WHEN event IN ('open', 'opened', 'reopened', 'hours_changed') THEN 'in use'
            WHEN event = 'closed' THEN 'not in use'
        END AS use_told,
        CASE
            WHEN event IN ('decided_keep', 'closure_quashed') THEN 'to stay'
            WHEN event = 'decided_close' THEN 'to close'
        END AS future_told
    FROM current_site_events
)
SELECT
    'site_events' AS dataset,
    later.snapshot_as_at,
    later.revision,
    later.source_row,
    'event' AS column_name,
    later.event AS value,
    format(
        '{} is {} on {} according to {} and {} according to {}',
        later.site_id, replace(earlier.event, '_', ' '), strftime(later.event_on, '%-d %B %Y'), earlier.source_id,
        replace(later.event, '_', ' '), later.source_id
    ) AS rule,
    'Decide which source is better, keep its row, and name the other in its note.' AS remedy,
    true AS is_warning
FROM told AS later
JOIN told AS earlier USING (site_id, event_on, date_precision)
WHERE (earlier.snapshot_as_at, earlier.revision, earlier.source_row)
      < (later.snapshot_as_at, later.revision, later.source_row)
  AND date_precision = 'day'
  AND (earlier.use_told <> later.use_told
       OR earlier.future_told <> later.future_told
       OR earlier.opening_hours <> later.opening_hours)
ORDER BY ALL;
