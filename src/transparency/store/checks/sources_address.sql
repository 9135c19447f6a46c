-- Title: The address of a source is one of the web
-- Guards: pages link what a store holds, whenever it was published; `javascript:` and paths of this site are no sources
-- Remedy: publish the source again with its address whole, or with none
SELECT
    'sources' AS dataset,
    snapshot_as_at,
    revision,
    source_row,
    'url' AS column_name,
    url AS value,
    'the address is not one of the web' AS rule,
    'Publish the source again with its address whole (https:// or http://, then the host), or with none.' AS remedy,
    false AS is_warning
FROM current_sources
WHERE NOT regexp_matches(url, '^https?://[^/?#\s]', 'i')
ORDER BY ALL;
