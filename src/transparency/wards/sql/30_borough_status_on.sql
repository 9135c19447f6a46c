-- Title: Boroughs on a day
-- Grain: one row for each borough
-- Unit: wards, of the set in force on the day
-- Caveats: the row of borough_status_standing whose run of days holds the day
CREATE MACRO borough_status_on(on_day) AS TABLE
SELECT * EXCLUDE (stands_from, stands_until, wards_short_evidenced_count)
FROM borough_status_standing
WHERE stands_from <= on_day AND (stands_until IS NULL OR stands_until > on_day);
