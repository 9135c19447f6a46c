-- Title: Site status on a day
-- Grain: one row for each site
-- Unit: positions in degrees, WGS84
-- Caveats: the row of site_standing whose run of days holds the day
CREATE MACRO site_status_on(on_day) AS TABLE
SELECT * EXCLUDE (stands_from, stands_until)
FROM site_standing
WHERE stands_from <= on_day AND (stands_until IS NULL OR stands_until > on_day);
