-- Title: The promise of one counter open 24 hours in every borough, rated on a day
-- Grain: one row
-- Unit: boroughs
-- Caveats: has_24_7 as in borough_site_on. Evidenced: the borough has an open counter whose 24-hour opening is
--   stated of it, not inferred from a statement about all London. Decided on 1 November 2017, in
--   force from 31 December 2017. met: every borough on evidence. declared_but_not_evidenced: every borough, some
--   of them only inferred. lapsed: a borough is known to have none, after every borough had one on 31 December
--   2017 (partly_met where they had not); cannot_be_rated: a borough is not known, and none is known to lack one
CREATE MACRO counter_promise_status_on(on_day) AS TABLE
WITH evidenced AS (
    SELECT DISTINCT borough_code
    FROM site_status_on(on_day)
    WHERE site_kind = 'front_counter' AND site_status = 'open' AND is_24_7 AND opening_hours_evidence <> 'inferred'
),
counts AS (
    SELECT
        count(*) AS boroughs_count,
        count(*) FILTER (has_24_7 = 'yes') AS boroughs_with_24_7_count,
        count(evidenced.borough_code) AS boroughs_evidenced_count,
        count(*) FILTER (has_24_7 = 'not_known') AS boroughs_not_known_count,
        list(borough_name ORDER BY borough_name) FILTER (has_24_7 = 'no') AS boroughs_without
    FROM borough_site_on(on_day)
    LEFT JOIN evidenced USING (borough_code)
),
start AS (
    SELECT bool_and(has_24_7 = 'yes') AS was_in_every_borough
    FROM borough_site_on(DATE '2017-12-31')
)
SELECT
    *,
    CASE
        WHEN on_day < DATE '2017-12-31' THEN 'not_due'
        WHEN boroughs_with_24_7_count = boroughs_count
            THEN CASE WHEN boroughs_evidenced_count = boroughs_count THEN 'met' ELSE 'declared_but_not_evidenced' END
        WHEN len(boroughs_without) > 0
            THEN CASE WHEN was_in_every_borough THEN 'lapsed' ELSE 'partly_met' END
        ELSE 'cannot_be_rated'
    END AS promise_status
FROM counts
CROSS JOIN start;
