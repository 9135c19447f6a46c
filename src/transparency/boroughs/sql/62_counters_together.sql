-- Title: Counters of some boroughs together on two days
-- Grain: one row
-- Unit: open front counters; missing where those of a borough are not known
-- Caveats: as borough_site_on; of all boroughs it is London's
CREATE MACRO counters_together(codes, earlier_day, on_day) AS TABLE
SELECT
    CASE WHEN count(later.counters_open_count) = count(*) THEN sum(later.counters_open_count)::BIGINT END
        AS counters_open_count,
    CASE WHEN count(later.counters_open_count) = count(*) THEN sum(later.counters_open_at_most_count)::BIGINT END
        AS counters_open_at_most_count,
    CASE WHEN count(earlier.counters_open_count) = count(*) THEN sum(earlier.counters_open_count)::BIGINT END
        AS earlier_counters_open_count,
    CASE WHEN count(earlier.counters_open_count) = count(*) THEN sum(earlier.counters_open_at_most_count)::BIGINT END
        AS earlier_counters_open_at_most_count
FROM borough_site_on(on_day) AS later
JOIN borough_site_on(earlier_day) AS earlier USING (borough_code)
WHERE list_contains(codes, borough_code);
