-- Title: A month has about as many rows as its neighbours
-- Guards: a workbook cut short in the middle is noticed
-- Remedy: download the workbook again and compare the month with the publisher's page
WITH counted AS (
    SELECT 'dwo_strength' AS dataset, any_value(snapshot_as_at) AS snapshot_as_at, any_value(revision) AS revision,
           as_at, count(*) AS row_count
    FROM dwo_strength_edition
    GROUP BY as_at
    UNION ALL
    SELECT 'dwo_activity', any_value(snapshot_as_at), any_value(revision), as_at, count(*)
    FROM dwo_activity_edition
    GROUP BY as_at
),
beside AS (
    SELECT *, least(
        lag(row_count) OVER (PARTITION BY dataset ORDER BY as_at),
        lead(row_count) OVER (PARTITION BY dataset ORDER BY as_at)
    ) AS neighbour_row_count
    FROM counted
)
SELECT
    dataset,
    snapshot_as_at,
    revision,
    NULL AS source_row,
    NULL AS column_name,
    row_count AS value,
    format('the month has fewer than half the rows of its neighbours ({})', neighbour_row_count) AS rule,
    'Compare the month with the publisher''s page; import the workbook again if it was cut short.' AS remedy,
    true AS is_warning
FROM beside
WHERE 2 * row_count < neighbour_row_count
ORDER BY ALL;
