-- Title: Share of ward officers' recorded time spent elsewhere, by quarter
-- Grain: one row for London and each borough, and calendar quarter with recorded time
-- Unit: % of recorded hours; months
-- Caveats: as elsewhere_month, of complete months alone (months_count); quarter is its first day
CREATE VIEW elsewhere_quarter AS
SELECT
    geography_code,
    date_trunc('quarter', month)::DATE AS quarter,
    max(month) AS last_month,
    count(*) FILTER (is_complete) AS months_count,
    min(boroughs_count) AS boroughs_least_count,
    round(
        100 * sum(elsewhere_hours) FILTER (is_complete) / nullif(sum(recorded_hours) FILTER (is_complete), 0), 1
    ) AS elsewhere_percent
FROM elsewhere_month
GROUP BY geography_code, date_trunc('quarter', month);
