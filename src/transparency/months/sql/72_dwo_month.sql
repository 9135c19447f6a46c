-- Title: Months of the monthly series
-- Grain: one row for each month of which strengths or activity are held
-- Unit: rows of the workbook
-- Caveats: a month that is not here is missing, which is not zero; the ward set is that of the month's last day
CREATE TABLE dwo_month AS
WITH held AS (
    SELECT as_at, count(*) AS strength_rows, 0 AS activity_rows FROM dwo_strength_edition GROUP BY as_at
    UNION ALL
    SELECT as_at, 0, count(*) FROM dwo_activity_edition GROUP BY as_at
)
SELECT
    date_trunc('month', held.as_at)::DATE AS month,
    held.as_at,
    ward_sets.vintage,
    sum(held.strength_rows)::BIGINT AS strength_rows,
    sum(held.activity_rows)::BIGINT AS activity_rows
FROM held
JOIN ward_sets
    ON (ward_sets.in_force_from IS NULL OR ward_sets.in_force_from <= held.as_at)
   AND (ward_sets.in_force_to IS NULL OR ward_sets.in_force_to >= held.as_at)
GROUP BY held.as_at, ward_sets.vintage;
