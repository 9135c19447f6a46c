-- Title: Counters of each borough on two days, and the middle ward's distance to the nearest on both
-- Grain: one row for each borough
-- Unit: open front counters; metres in a straight line; missing where not known
-- Caveats: counters as in borough_site_on. Lost: the counters open on the earlier day less those on the later; where a
--   closing is known only to its month between `counters_lost_at_least_count` and `counters_lost_at_most_count`.
--   Distances: the median over the borough's wards of the later day whose centre is known, on both days, so that only
--   the counters differ. To a counter open 24 hours: to those known to be
CREATE MACRO borough_counters_between(earlier_day, on_day) AS TABLE
WITH earlier_distance AS (
    SELECT
        borough_code,
        median(counter_distance_m) AS counter_distance_m,
        median(counter_24_7_distance_m) AS counter_24_7_distance_m
    FROM ward_counter_distance(earlier_day, on_day)
    GROUP BY borough_code
),
later_distance AS (
    SELECT
        borough_code,
        median(counter_distance_m) AS counter_distance_m,
        median(counter_24_7_distance_m) AS counter_24_7_distance_m
    FROM ward_counter_distance(on_day, on_day)
    GROUP BY borough_code
)
SELECT
    borough_code,
    borough_name,
    later.counters_open_count,
    later.counters_open_at_most_count,
    earlier.counters_open_count AS earlier_counters_open_count,
    earlier.counters_open_at_most_count AS earlier_counters_open_at_most_count,
    earlier.counters_open_count - later.counters_open_at_most_count AS counters_lost_at_least_count,
    earlier.counters_open_at_most_count - later.counters_open_count AS counters_lost_at_most_count,
    later_distance.counter_distance_m,
    later_distance.counter_24_7_distance_m,
    earlier_distance.counter_distance_m AS earlier_counter_distance_m,
    earlier_distance.counter_24_7_distance_m AS earlier_counter_24_7_distance_m
FROM borough_site_on(on_day) AS later
JOIN borough_site_on(earlier_day) AS earlier USING (borough_code, borough_name)
LEFT JOIN later_distance USING (borough_code)
LEFT JOIN earlier_distance USING (borough_code);
