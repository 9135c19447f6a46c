-- Title: A month of recorded time that is far below its neighbours is marked incomplete
-- Guards: a month cut short, as March 2020, is in no total or average
-- Remedy: write is_complete false in every row of the month
WITH months AS (
    SELECT
        borough_code,
        month,
        max(snapshot_as_at) AS snapshot_as_at,
        max(revision) AS revision,
        min(source_row) AS source_row,
        sum(minutes) AS minutes,
        bool_or(is_complete) AS is_complete
    FROM current_abstraction_borough
    GROUP BY borough_code, month
),
beside AS (
    SELECT *, least(lag(minutes) OVER of_borough, lead(minutes) OVER of_borough) AS neighbour_minutes
    FROM months
    WINDOW of_borough AS (PARTITION BY borough_code ORDER BY month)
)
SELECT
    'abstraction_borough' AS dataset,
    snapshot_as_at,
    revision,
    source_row,
    'is_complete' AS column_name,
    is_complete AS value,
    format('{} has less than half the time of either neighbour', strftime(month, '%B %Y')) AS rule,
    'Write is_complete false in every row of the month, or correct its minutes.' AS remedy,
    false AS is_warning
FROM beside
WHERE is_complete AND 2 * minutes < neighbour_minutes
ORDER BY ALL;
