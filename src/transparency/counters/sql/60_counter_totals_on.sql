-- Title: London's front counters on a day, added up
-- Grain: one row; none where no site is stored
-- Unit: front counters; boroughs; names of boroughs
-- Caveats: as borough_site_on. The counts of boroughs with a counter open 24 hours, without one and not known add up
--   to all boroughs
CREATE MACRO counter_totals_on(on_day) AS TABLE
SELECT
    sum(counters_open_count)::BIGINT AS counters_open_count,
    sum(counters_open_at_most_count)::BIGINT AS counters_open_at_most_count,
    sum(counters_24_7_count)::BIGINT AS counters_24_7_count,
    sum(counters_24_7_inferred_count)::BIGINT AS counters_24_7_inferred_count,
    sum(counters_hours_not_published_count)::BIGINT AS counters_hours_not_published_count,
    sum(counters_hours_inferred_count)::BIGINT AS counters_hours_inferred_count,
    count(*) AS boroughs_count,
    count(*) FILTER (counters_open_at_most_count = 0) AS boroughs_without_counter_count,
    coalesce(list(borough_name ORDER BY borough_name) FILTER (hubs_count > 0), []) AS boroughs_with_hub,
    count(*) FILTER (has_24_7 = 'yes') AS boroughs_with_24_7_count,
    count(*) FILTER (has_24_7 = 'yes' AND counters_24_7_count = counters_24_7_inferred_count AND counters_24_7_count > 0)
        AS boroughs_24_7_inferred_count,
    count(*) FILTER (has_24_7 = 'no') AS boroughs_without_24_7_count,
    count(*) FILTER (has_24_7 = 'not_known') AS boroughs_24_7_not_known_count
FROM borough_site_on(on_day)
HAVING sum(counters_open_count) IS NOT NULL;
