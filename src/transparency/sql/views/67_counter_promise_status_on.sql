-- Title: The promise of one round-the-clock front counter in every borough, rated on a day
-- Grain: one row
-- Unit: boroughs
-- Caveats: a borough has one where an open counter's hours are 24/7; it is not known to have none while an open
--   counter's hours are not published. Evidenced: neither the counter nor its hours are inferred. Decided on
--   1 November 2017, in force from 31 December 2017. met: every borough on evidence. declared_but_not_evidenced:
--   every borough, some of them only inferred from the decision. lapsed: a borough is known to
--   have none, after every borough had one on 31 December 2017 (partly_met where they had not);
--   cannot_be_rated where a borough is not known and none is known to lack one
CREATE MACRO counter_promise_status_on(on_day) AS TABLE
WITH borough AS (
    SELECT
        counters_24_7_count > 0 AS has_24_7,
        counters_24_7_count > counters_24_7_inferred_count AS is_evidenced,
        counters_24_7_count = 0 AND counters_hours_not_published_count > 0 AS is_not_known,
        borough_name
    FROM borough_counters_on(on_day)
),
counts AS (
    SELECT
        count(*) AS boroughs_count,
        count(*) FILTER (has_24_7) AS boroughs_with_24_7_count,
        count(*) FILTER (has_24_7 AND is_evidenced) AS boroughs_evidenced_count,
        count(*) FILTER (is_not_known) AS boroughs_not_known_count,
        list(borough_name ORDER BY borough_name) FILTER (NOT has_24_7 AND NOT is_not_known) AS boroughs_without
    FROM borough
),
start AS (
    SELECT bool_and(counters_24_7_count > 0) AS was_in_every_borough
    FROM borough_counters_on(DATE '2017-12-31')
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
