-- Title: Months in which a borough is missing from a sheet
-- Grain: one row for each sheet (dwo_strength, dwo_activity), borough and run of months the series has and it has not
-- Unit: months
-- Caveats: missing is not zero
CREATE VIEW dwo_missing_month AS
WITH stored AS (
    SELECT 'dwo_strength' AS dataset, month, place_code AS borough_code
    FROM dwo_place_month
    WHERE place_kind = 'borough' AND boroughs_with_strength_count > 0
    UNION ALL
    SELECT 'dwo_activity', month, place_code
    FROM dwo_place_month
    WHERE place_kind = 'borough' AND boroughs_with_activity_count > 0
),
absent AS (
    SELECT dataset, boroughs.borough_code, boroughs.borough_name, month
    FROM (SELECT unnest(['dwo_strength', 'dwo_activity']) AS dataset)
    CROSS JOIN dwo_month
    CROSS JOIN boroughs
    ANTI JOIN stored USING (dataset, month, borough_code)
),
runs AS (
    SELECT
        *,
        month - to_months(row_number() OVER (PARTITION BY dataset, borough_code ORDER BY month)::INTEGER) AS run
    FROM absent
)
SELECT
    dataset,
    borough_code,
    borough_name,
    min(month) AS first_month,
    max(month) AS last_month,
    count(*) AS months_count
FROM runs
GROUP BY dataset, borough_code, borough_name, run;
