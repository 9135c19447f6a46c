-- Title: Activity by type and calendar year
-- Grain: one row for each place of dwo_activity_type_month, calendar year, type, and whether it counts as abstracted
-- Unit: hours on duty; recorded_percent of all recorded hours of the place and year
-- Caveats: as dwo_activity_type_month; a year can be short of months (first_month, last_month)
CREATE VIEW dwo_activity_type_year AS
SELECT
    place_code AS geography_code,
    year(month) AS year,
    coalesce(abstraction_type, 'type not stated') AS activity_type,
    is_abstracted AS is_elsewhere,
    min(min(month)) OVER of_place AS first_month,
    max(max(month)) OVER of_place AS last_month,
    sum(minutes) / 60 AS hours,
    round(100 * sum(minutes) / nullif(sum(sum(minutes)) OVER of_place, 0), 1) AS recorded_percent
FROM dwo_activity_type_month
GROUP BY place_code, year(month), coalesce(abstraction_type, 'type not stated'), is_abstracted
WINDOW of_place AS (PARTITION BY place_code, year(month));
