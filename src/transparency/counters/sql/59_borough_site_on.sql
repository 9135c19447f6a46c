-- Title: Counters, hubs and other sites of each borough on a day
-- Grain: one row for each borough
-- Unit: sites
-- Caveats: the row of borough_site_standing whose run of days holds the day
CREATE MACRO borough_site_on(on_day) AS TABLE
SELECT * EXCLUDE (stands_from, stands_until)
FROM borough_site_standing
WHERE stands_from <= on_day AND (stands_until IS NULL OR stands_until > on_day);
