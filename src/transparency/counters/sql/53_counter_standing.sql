-- Title: Open front counters from day to day
-- Grain: one row for each front counter and run of days on which it is open, or may be, with the same word on its hours
-- Unit: x, y and z are those of a point on the unit sphere, see on_sphere
-- Caveats: the rows of site_standing of front counters that are open, or whose closing or opening is known only to the
--   month or year (`is_open` false); rows that follow on one another and differ only in what
--   was last said of the counter are one. Kept as a table, since it is the same on every day
CREATE TABLE counter_standing AS
WITH counter AS (
    SELECT
        *,
        site_status = 'open' AS is_open,
        stands_from IS DISTINCT FROM lag(stands_until) OVER in_order
            OR is_open <> lag(is_open) OVER in_order
            OR is_24_7 IS DISTINCT FROM lag(is_24_7) OVER in_order AS is_first
    FROM site_standing
    WHERE site_kind = 'front_counter' AND (site_status = 'open' OR undated_event IS NOT NULL)
    WINDOW in_order AS (PARTITION BY site_id ORDER BY stands_from)
),
numbered AS (
    SELECT *, count(*) FILTER (is_first) OVER (PARTITION BY site_id ORDER BY stands_from) AS run
    FROM counter
)
SELECT
    min(stands_from) AS stands_from,
    arg_max_null(stands_until, stands_from) AS stands_until,
    site_id, site_name, borough_code, is_open, is_24_7,
    location_precision = 'postcode' AS is_placed,
    unnest(on_sphere(lat, lon))
FROM numbered
GROUP BY site_id, site_name, borough_code, is_open, is_24_7, location_precision, lat, lon, run;
