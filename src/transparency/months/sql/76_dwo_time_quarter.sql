-- Title: Share of recorded time abstracted, by quarter
-- Grain: one row for London and each borough, and calendar quarter with recorded time
-- Unit: % of recorded time; months
-- Caveats: as dwo_time_month; quarter is its first day, and months_count says how many of its months are in it
CREATE VIEW dwo_time_quarter AS
SELECT
    place_code AS geography_code,
    date_trunc('quarter', month)::DATE AS quarter,
    max(month) AS last_month,
    count(*) AS months_count,
    min(boroughs_with_activity_count) AS boroughs_least_count,
    round(100 * sum(minutes_abstracted) / sum(minutes), 1) AS elsewhere_percent
FROM dwo_time_month
WHERE place_kind IN ('london', 'borough')
GROUP BY place_code, date_trunc('quarter', month);
