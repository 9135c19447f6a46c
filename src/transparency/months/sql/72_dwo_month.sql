-- Title: Months of the monthly series
-- Grain: one row for each month of which strengths or activity are stored
-- Unit: rows of the workbook
-- Caveats: a month that is not here is missing, which is not zero; the ward set is that of the month's last day
CREATE TABLE dwo_month AS
WITH stored AS (
    SELECT as_at, count(*) AS strength_rows, 0 AS activity_rows FROM dwo_strength_edition GROUP BY as_at
    UNION ALL
    SELECT as_at, 0, count(*) FROM dwo_activity_edition GROUP BY as_at
)
SELECT
    date_trunc('month', stored.as_at)::DATE AS month,
    stored.as_at,
    ward_sets.vintage,
    sum(stored.strength_rows)::BIGINT AS strength_rows,
    sum(stored.activity_rows)::BIGINT AS activity_rows
FROM stored
JOIN ward_sets
    ON (ward_sets.in_force_from IS NULL OR ward_sets.in_force_from <= stored.as_at)
   AND (ward_sets.in_force_to IS NULL OR ward_sets.in_force_to >= stored.as_at)
GROUP BY stored.as_at, ward_sets.vintage;
