-- Title: Recorded crime of each ward in the twelve months to a month, and in the twelve months before, for some years
-- Grain: ward of the 2022 set and twelve months, only where all twelve are known
-- Unit: offences, fraud left out; year_ending is the last day of the twelve months
-- Caveats: one measure of demand, of this project's choosing. crosses_systems: some of the months were recorded until
--   the end of February 2024 and some since, in another system, so that the total is of both
CREATE MACRO ward_crime_years_to(last_month, years) AS TABLE
SELECT
    ward_code,
    last_day(max(month)) AS year_ending,
    CAST(sum(offences) AS BIGINT) AS offences,
    min(recording_system) <> max(recording_system) AS crosses_systems
FROM current_ward_crime_month
WHERE month <= last_month AND month > last_month - to_months(12 * years)
GROUP BY ward_code, date_diff('month', month, last_month) // 12
HAVING count(*) = 12;
