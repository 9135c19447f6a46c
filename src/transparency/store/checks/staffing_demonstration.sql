-- Title: Invented figures live in a demonstration store only
-- Guards: nobody takes an invented figure for a fact
-- Remedy: publish it to a demonstration store, or say how the figure is really known
SELECT
    'staffing' AS dataset,
    snapshot_as_at,
    revision,
    source_row,
    'evidence' AS column_name,
    evidence AS value,
    'invented figures have no place in a store of facts' AS rule,
    'Publish it to a demonstration store, or say how the figure is known.' AS remedy,
    false AS is_warning
FROM current_staffing
WHERE evidence = 'demonstration' AND NOT (SELECT is_demonstration FROM this_store)
ORDER BY ALL;
