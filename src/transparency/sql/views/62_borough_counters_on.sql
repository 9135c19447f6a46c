-- Title: Front counters of each borough on a day
-- Grain: one row for each borough
-- Unit: open front counters
-- Caveats: not known before 1 January 2017. Hours not published are counted apart, never as not round the clock;
--   inferred: the counter's last event or its hours were deduced from a statement for all London
CREATE MACRO borough_counters_on(on_day) AS TABLE
WITH counter AS (
    SELECT
        borough_code,
        count(*) FILTER (site_status = 'open') AS counters_open_count,
        count(*) FILTER (site_status = 'open' AND is_24_7) AS counters_24_7_count,
        count(*) FILTER (site_status = 'open' AND is_24_7
            AND (evidence = 'inferred' OR opening_hours_evidence = 'inferred')) AS counters_24_7_inferred_count,
        count(*) FILTER (site_status = 'open' AND is_24_7 IS NULL) AS counters_hours_not_published_count
    FROM site_status_on(on_day)
    WHERE site_kind = 'front_counter'
    GROUP BY borough_code
)
SELECT
    borough_code,
    borough_name,
    CASE WHEN on_day >= DATE '2017-01-01' THEN coalesce(counters_open_count, 0) END AS counters_open_count,
    CASE WHEN on_day >= DATE '2017-01-01' THEN coalesce(counters_24_7_count, 0) END AS counters_24_7_count,
    CASE WHEN on_day >= DATE '2017-01-01' THEN coalesce(counters_24_7_inferred_count, 0) END
        AS counters_24_7_inferred_count,
    CASE WHEN on_day >= DATE '2017-01-01' THEN coalesce(counters_hours_not_published_count, 0) END
        AS counters_hours_not_published_count
FROM boroughs
LEFT JOIN counter USING (borough_code);
