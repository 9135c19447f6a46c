-- Title: Recorded crime of each ward by group, in the newest year to February ended by a day
-- Grain: ward of the 2022 set and group of offences
-- Unit: offences, fraud left out
-- Caveats: years end in February, so these can be older than the twelve months of ward_crime_on. No row where the newest
--   year ended twelve or more months before the newest month that has ended by the day
CREATE MACRO ward_crime_group_on(on_day) AS TABLE
SELECT ward_code, year_ending, offence_group, offences
FROM current_ward_crime_group
WHERE year_ending = (
    SELECT max(year_ending)
    FROM current_ward_crime_group
    WHERE year_ending > last_day(month_ended_by(on_day) - INTERVAL 12 MONTH)
      AND year_ending <= last_day(month_ended_by(on_day))
);
