-- Title: Share of ward officers' recorded time spent elsewhere, by calendar year
-- Grain: one row for London and each borough, and calendar year with recorded time
-- Unit: hours; % of recorded hours; months; boroughs
-- Caveats: as elsewhere_month, of complete months alone: that of 2020 is of eleven. A year can be short of months
--   (months_count, first_month, last_month), and London's of boroughs in some of them (boroughs_least_count)
CREATE VIEW elsewhere_year AS
SELECT
    geography_code,
    year(month) AS year,
    min(month) AS first_month,
    max(month) AS last_month,
    count(*) AS months_count,
    count(*) FILTER (NOT is_complete) AS months_incomplete_count,
    min(boroughs_count) AS boroughs_least_count,
    max(boroughs_count) AS boroughs_most_count,
    sum(recorded_hours) FILTER (is_complete) AS recorded_hours,
    sum(elsewhere_hours) FILTER (is_complete) AS elsewhere_hours,
    round(
        100 * sum(elsewhere_hours) FILTER (is_complete) / nullif(sum(recorded_hours) FILTER (is_complete), 0), 1
    ) AS elsewhere_percent
FROM elsewhere_month
GROUP BY geography_code, year(month);
