-- Title: The newest month of recorded crime by a day
-- Grain: one value
-- Unit: the first day of the month
-- Caveats: blank where twelve or more months had ended since, so that no older figure passes for one of the day
CREATE MACRO crime_month_on(on_day) AS (
    SELECT max(month)
    FROM current_ward_crime_month
    WHERE month <= month_ended_by(on_day)
    HAVING max(month) > month_ended_by(on_day) - INTERVAL 12 MONTH
);
