-- Title: Matched, shared and unmatched teams add up to the workbook's own totals
-- Guards: matching a team to a ward, or failing to, never loses or doubles a minute or an hour of strength
-- Remedy: import the workbook again; the matched part is read from the table of wards, not from the rows
WITH said AS (
    SELECT dataset, month_end AS as_at, total
    FROM all_dwo_imports
    QUALIFY row_number() OVER (PARTITION BY dataset, month_end ORDER BY snapshot_as_at DESC, revision DESC) = 1
),
matched AS (
    SELECT as_at, sum(coalesce(constable_fte, 0) + coalesce(pcso_fte, 0) + coalesce(other_rank_fte, 0)) AS fte,
           sum(minutes) AS minutes
    FROM dwo_ward_month
    GROUP BY as_at
),
held AS (
    SELECT 'dwo_strength' AS dataset, as_at, any_value(snapshot_as_at) AS snapshot_as_at,
           any_value(revision) AS revision, sum(fte) FILTER (is_shared OR match_method = 'none') AS in_no_ward
    FROM current_dwo_strength
    GROUP BY as_at
    UNION ALL
    SELECT 'dwo_activity', as_at, any_value(snapshot_as_at), any_value(revision),
           sum(minutes) FILTER (is_shared OR match_method = 'none')
    FROM current_dwo_activity
    GROUP BY as_at
),
compared AS (
    SELECT
        held.*,
        edition.as_at IS NOT NULL AS is_shown,
        said.total AS said_total,
        coalesce(held.in_no_ward, 0)
            + coalesce(CASE held.dataset WHEN 'dwo_strength' THEN matched.fte ELSE matched.minutes END, 0) AS held_total,
        CASE held.dataset WHEN 'dwo_strength' THEN 0.005 ELSE 0.5 END AS tolerance
    FROM held
    LEFT JOIN said USING (dataset, as_at)
    LEFT JOIN matched USING (as_at)
    LEFT JOIN dwo_edition_month AS edition ON edition.dataset = held.dataset AND edition.as_at = held.as_at
)
SELECT
    dataset,
    snapshot_as_at,
    revision,
    NULL AS source_row,
    CASE dataset WHEN 'dwo_strength' THEN 'fte' ELSE 'minutes' END AS column_name,
    round(held_total, 4) AS value,
    CASE
        WHEN said_total IS NULL THEN 'no import says what the workbook''s total for this month was'
        ELSE format('the month adds up to another total than the workbook''s {:.4f}', said_total)
    END AS rule,
    'Import the workbook with: transparency import dwo FILE.' AS remedy,
    false AS is_warning
FROM compared
WHERE said_total IS NULL OR is_shown AND abs(held_total - said_total) >= tolerance
ORDER BY ALL;
