-- Title: Ward officers' recorded time by type and calendar year
-- Grain: one row for London and each borough, calendar year and type of time recorded in it
-- Unit: hours; recorded_percent of all recorded hours of the place and year
-- Caveats: as elsewhere_year; a type without a row was not recorded there in that year. The reason for aid is not
--   recorded
CREATE VIEW elsewhere_type_year AS
SELECT
    coalesce(borough_code, london_code()) AS geography_code,
    year(month) AS year,
    activity_type,
    activity_type <> 'not_abstracted' AS is_elsewhere,
    min(min(month)) OVER of_place AS first_month,
    max(max(month)) OVER of_place AS last_month,
    sum(minutes) / 60 AS hours,
    round(100.0 * sum(minutes) / nullif(sum(sum(minutes)) OVER of_place, 0), 1) AS recorded_percent
FROM current_abstraction_borough
WHERE is_complete
GROUP BY GROUPING SETS ((borough_code, year(month), activity_type), (year(month), activity_type))
WINDOW of_place AS (PARTITION BY borough_code, year(month));
