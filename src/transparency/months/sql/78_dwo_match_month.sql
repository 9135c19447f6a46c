-- Title: How the workbook's rows were matched to wards, month by month
-- Grain: one row for each month stored and kind of match
-- Unit: rows; full-time equivalents; minutes
-- Caveats: code, name and alias are teams of one ward; shared teams cover several wards and are none's own;
--   unmatched teams cover no ward we know of. Together they are the workbook's own totals
CREATE VIEW dwo_match_month AS
WITH counted AS (
    SELECT month, match_method, is_shared, 1 AS strength_rows, fte, 0 AS activity_rows, NULL::DOUBLE AS minutes
    FROM dwo_strength_by_team
    UNION ALL
    SELECT month, match_method, is_shared, 0, NULL, 1, minutes
    FROM dwo_activity_by_team
)
SELECT
    month,
    CASE WHEN is_shared THEN 'shared' WHEN match_method = 'none' THEN 'unmatched' ELSE match_method END AS match_kind,
    sum(strength_rows)::BIGINT AS strength_rows,
    round(coalesce(sum(fte), 0), 6) AS fte,
    sum(activity_rows)::BIGINT AS activity_rows,
    round(coalesce(sum(minutes), 0), 6) AS minutes
FROM counted
GROUP BY ALL;
