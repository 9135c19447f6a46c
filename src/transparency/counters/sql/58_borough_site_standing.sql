-- Title: Counters, hubs and other sites of each borough from day to day
-- Grain: one row for each borough and run of days on which no site changes; the run goes from stands_from to the day
--   before stands_until, blank where nothing newer is known
-- Unit: sites
-- Caveats: counts of what is known; missing before 1 January 2017. A counter's hours that are not known are
--   counted separately, as are those that are inferred, and `has_24_7` is not_known while an open counter's hours are not
--   known and none is known to be open 24 hours. Where a closing
--   or opening is known only to the month or year, `counters_open_count` to `counters_open_at_most_count` were open; a
--   counter that opened and one that closed in the same month are taken to have followed one another. Closed
--   means closed since 1 January 2017 and not open on the day, opened not open on 1 January 2017 and opened since. A hub or
--   base is in use as site_status_on says; one heard of by the day and not known is counted as not known, and
--   `is_silent_for_two_years` is true where the last word of each of these is older than two years. Kept as a table,
--   since it is the same on every day
CREATE TABLE borough_site_standing AS
WITH runs AS (
    SELECT stands_from, lead(stands_from) OVER (ORDER BY stands_from) AS stands_until
    FROM (SELECT stands_from FROM site_standing UNION SELECT DATE '0001-01-01')
),
first_open AS (
    SELECT site_id FROM site_standing WHERE stands_from = DATE '2017-01-01' AND site_status = 'open'
),
counted AS (
    SELECT
        runs.stands_from,
        borough_code,
        count(*) FILTER (site_kind = 'front_counter' AND site_status = 'open') AS certain_count,
        count(*) FILTER (site_kind = 'front_counter' AND undated_event = 'closed') AS closing_count,
        count(*) FILTER (site_kind = 'front_counter' AND undated_event <> 'closed') AS opening_count,
        count(*) FILTER (site_kind = 'front_counter' AND undated_event IS NOT NULL AND is_24_7 IS DISTINCT FROM false)
            AS possibly_24_7_count,
        count(*) FILTER (site_kind = 'front_counter' AND undated_event IS NOT NULL AND is_24_7) AS undated_24_7_count,
        certain_count + least(closing_count, opening_count) AS counters_open_count,
        certain_count + greatest(closing_count, opening_count) AS counters_open_at_most_count,
        count(*) FILTER (site_kind = 'front_counter' AND site_status = 'open' AND is_24_7) AS counters_24_7_count,
        count(*) FILTER (
            site_kind = 'front_counter' AND site_status = 'open' AND is_24_7 AND opening_hours_evidence = 'inferred'
        ) AS counters_24_7_inferred_count,
        count(*) FILTER (site_kind = 'front_counter' AND site_status = 'open' AND is_24_7 IS NULL)
            AS counters_hours_not_published_count,
        count(*) FILTER (
            site_kind = 'front_counter' AND site_status = 'open' AND opening_hours_evidence = 'inferred'
        ) AS counters_hours_inferred_count,
        count(*) FILTER (site_kind = 'front_counter' AND closed_on >= DATE '2017-01-01') AS counters_closed_count,
        count(*) FILTER (
            first_open.site_id IS NULL AND site_kind = 'front_counter'
            AND (site_status = 'open' OR closed_on >= DATE '2017-01-01')
        ) AS counters_opened_count,
        count(*) FILTER (site_kind = 'dwo_hub' AND site_status = 'open') AS hubs_count,
        count(*) FILTER (site_kind = 'dwo_hub' AND site_status = 'not_known' AND last_event IS NOT NULL)
            AS hubs_not_known_count,
        count(*) FILTER (site_kind = 'safer_neighbourhood_base' AND site_status = 'open') AS bases_count,
        count(*) FILTER (
            site_kind = 'safer_neighbourhood_base' AND site_status = 'not_known' AND last_event IS NOT NULL
        ) AS bases_not_known_count,
        count(*) FILTER (site_kind IN ('contact_point', 'contact_session') AND site_status = 'open')
            AS contact_points_count,
        count(*) FILTER (
            site_kind IN ('contact_point', 'contact_session')
            AND site_status = 'not_known' AND last_event IS NOT NULL
        ) AS contact_points_not_known_count,
        coalesce(
            max(last_event_on) FILTER (site_kind <> 'front_counter' AND site_status = 'not_known') + INTERVAL 2 YEAR
            < runs.stands_from,
            false
        ) AS is_silent_for_two_years,
        count(*) FILTER (site_status = 'open') AS sites_count
    FROM runs
    JOIN site_standing AS site
      ON site.stands_from <= runs.stands_from
     AND (site.stands_until IS NULL OR site.stands_until > runs.stands_from)
    LEFT JOIN first_open ON first_open.site_id = site.site_id
    WHERE runs.stands_from >= DATE '2017-01-01'
    GROUP BY runs.stands_from, borough_code
)
SELECT
    runs.stands_from,
    runs.stands_until,
    boroughs.borough_code,
    borough_name,
    counted.* EXCLUDE (
        stands_from, borough_code, certain_count, closing_count, opening_count, possibly_24_7_count, undated_24_7_count
    ),
    CASE
        WHEN counters_24_7_count > 0 THEN 'yes'
        WHEN least(closing_count, opening_count) > 0 AND undated_24_7_count = closing_count + opening_count THEN 'yes'
        WHEN counters_hours_not_published_count + possibly_24_7_count > 0 THEN 'not_known'
        WHEN counters_open_count >= 0 THEN 'no'
        ELSE 'not_known'
    END AS has_24_7
FROM runs
CROSS JOIN boroughs
LEFT JOIN counted ON counted.stands_from = runs.stands_from AND counted.borough_code = boroughs.borough_code;
