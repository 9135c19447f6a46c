-- Title: A borough without a strength has its reason, and no value is both given and set aside
-- Guards: missing is not zero, and what is not credible is never counted
-- Remedy: leave fte_mean blank where a value is set aside, and say why in note
SELECT
    'dwo_fte_borough' AS dataset,
    snapshot_as_at,
    revision,
    source_row,
    'note' AS column_name,
    note AS value,
    'a strength is either given, or blank with its reason' AS rule,
    'Leave fte_mean blank where a value is set aside, and say why in note.' AS remedy,
    false AS is_warning
FROM current_dwo_fte_borough
WHERE (fte_mean IS NULL AND note IS NULL) OR (fte_mean IS NOT NULL AND value_set_aside IS NOT NULL)
ORDER BY ALL;
