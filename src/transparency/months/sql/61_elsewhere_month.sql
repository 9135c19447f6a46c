-- Title: Share of ward officers' recorded time spent elsewhere, by month
-- Grain: one row for London and each borough, and month with recorded time
-- Unit: hours; % of recorded hours; boroughs
-- Caveats: elsewhere is every type of time but not_abstracted, this project's reading: training, court and custody are
--   in it. Of one edition alone, that of spring 2024. London is of the boroughs_count boroughs in the month, all from
--   February 2019; a borough without a row is missing, not zero. is_complete is false for March 2020, which holds about
--   a tenth of the time of its neighbours and is in no total or average
CREATE VIEW elsewhere_month AS
SELECT
    coalesce(borough_code, london_code()) AS geography_code,
    month,
    count(DISTINCT borough_code) AS boroughs_count,
    bool_and(is_complete) AS is_complete,
    sum(minutes) / 60 AS recorded_hours,
    sum(if(activity_type <> 'not_abstracted', minutes, 0)) / 60 AS elsewhere_hours,
    round(100.0 * sum(if(activity_type <> 'not_abstracted', minutes, 0)) / nullif(sum(minutes), 0), 1)
        AS elsewhere_percent
FROM current_abstraction_borough
GROUP BY GROUPING SETS ((borough_code, month), (month));
