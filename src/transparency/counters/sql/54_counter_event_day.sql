-- Title: Days on which something took effect at a front counter
-- Grain: one row for each day an event of a front counter, or its hours, took effect
-- Caveats: the source is that of most of the day's events, the first by its identifier where several have as many
CREATE VIEW counter_event_day AS
WITH events AS (
    SELECT effective_on AS on_day, source_id FROM site_event_dated WHERE site_kind = 'front_counter'
    UNION ALL
    SELECT hours_in_force_from, source_id FROM site_event_dated WHERE site_kind = 'front_counter'
),
cited AS (
    SELECT on_day, source_id, count(*) AS events_count
    FROM events
    WHERE on_day IS NOT NULL
    GROUP BY on_day, source_id
)
SELECT on_day, source_id
FROM cited
QUALIFY row_number() OVER (PARTITION BY on_day ORDER BY events_count DESC, source_id) = 1;
