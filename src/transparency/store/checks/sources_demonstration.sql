-- Title: The source of invented figures is stored in a demonstration store only
-- Guards: what names no evidence of its own, a published figure or a site, cannot bring an invention with it
-- Remedy: publish it to a demonstration store, or name the source of a fact
SELECT
    'sources' AS dataset,
    snapshot_as_at,
    revision,
    source_row,
    'kind' AS column_name,
    kind AS value,
    'invented figures have no place in a store of facts' AS rule,
    'Publish it to a demonstration store, or name the source of a fact.' AS remedy,
    false AS is_warning
FROM current_sources
WHERE kind = 'demonstration' AND NOT (SELECT is_demonstration FROM this_store)
ORDER BY ALL;
