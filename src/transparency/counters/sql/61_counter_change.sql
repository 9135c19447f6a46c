-- Title: How the front counters of one day became those of another
-- Grain: one row; none where no site is stored, or a day is before the list begins
-- Unit: front counters; closures; openings
-- Caveats: a counter that closed twice counts twice among the closures, and one that reopened among the openings.
--   `adds_up` is false while a closing or opening is known only to the month or year
CREATE MACRO counter_change(earlier_day, on_day) AS TABLE
SELECT
    earlier.counters_open_count AS counters_before_count,
    count(event) FILTER (event = 'closed') AS closures_count,
    count(event) FILTER (event IN ('opened', 'reopened')) AS openings_count,
    now.counters_open_count,
    counters_before_count - closures_count + openings_count = now.counters_open_count
        AND now.counters_open_at_most_count = now.counters_open_count AS adds_up
FROM counter_totals_on(earlier_day) AS earlier
CROSS JOIN counter_totals_on(on_day) AS now
LEFT JOIN site_event_dated AS happened
  ON site_kind = 'front_counter' AND effective_on > earlier_day AND effective_on <= on_day
GROUP BY earlier.counters_open_count, now.counters_open_count, now.counters_open_at_most_count;
