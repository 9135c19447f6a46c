-- Title: Recorded crime of each ward in the twelve months ended by a day
-- Grain: one row for each ward of the 2022 set with all twelve months
-- Unit: offences, fraud left out; year_ending is the last day of the twelve months
-- Caveats: one measure of demand, of this project's choosing. A ward with a month missing has no row. No row where the
--   newest month ended more than twelve months before the day. crosses_systems: some of the months were recorded
--   before the end of February 2024 and some after, in another system
CREATE MACRO ward_crime_year_on(on_day) AS TABLE
WITH newest AS (
    SELECT max(month) AS month
    FROM current_ward_crime_month
    WHERE last_day(month) <= CAST(on_day AS DATE)
)
SELECT
    crime.ward_code,
    last_day(newest.month) AS year_ending,
    CAST(sum(crime.offences) AS BIGINT) AS offences,
    count(DISTINCT crime.recording_system) > 1 AS crosses_systems
FROM newest
JOIN current_ward_crime_month AS crime
    ON crime.month BETWEEN newest.month - INTERVAL 11 MONTH AND newest.month
WHERE last_day(newest.month) >= CAST(on_day AS DATE) - INTERVAL 12 MONTH
GROUP BY ALL
HAVING count(*) = 12;
