-- Title: What was known of each site from day to day
-- Grain: one row for each site with events and run of days on which the same is known; the run goes from stands_from
--   to the day before stands_until, blank where nothing newer is held
-- Caveats: `last_word` is the last event in effect, `closing` the last closing, `hours` the last hours in force;
--   `opening_hours_decided` are hours decided but not yet in force. Kept as a table, since it is the same on every
--   day. A first run, from the year 1, stands for the days before anything is known
CREATE TABLE site_standing AS
WITH runs AS (
    SELECT site_id, stands_from, lead(stands_from) OVER (PARTITION BY site_id ORDER BY stands_from) AS stands_until
    FROM (
        SELECT site_id, effective_on AS stands_from FROM site_event_dated
        UNION
        SELECT site_id, hours_in_force_from FROM site_event_dated
        UNION
        SELECT site_id, DATE '0001-01-01' FROM site_event_dated
    )
)
SELECT
    site_id,
    stands_from,
    stands_until,
    arg_min(event, (effective_on, source_row)) AS first_event,
    arg_max(
        struct_pack(event, event_on, date_precision, effective_on, evidence, source_id),
        (effective_on, source_row)
    ) FILTER (effective_on <= stands_from) AS last_word,
    arg_max(struct_pack(event_on, date_precision, evidence, source_id), (effective_on, source_row))
        FILTER (effective_on <= stands_from AND event = 'closed') AS closing,
    max(effective_on) FILTER (
        effective_on <= stands_from
        AND event IN ('open', 'opened', 'reopened', 'decided_keep', 'hours_changed')
    ) AS last_in_use_on,
    arg_max(
        struct_pack(opening_hours, hours_in_force_from, evidence, source_id),
        (hours_in_force_from, source_row)
    ) FILTER (hours_in_force_from <= stands_from AND opening_hours IS NOT NULL) AS hours,
    arg_max(opening_hours, (event_on, source_row)) FILTER (
        effective_on <= stands_from AND hours_in_force_from > stands_from AND opening_hours IS NOT NULL
    ) AS opening_hours_decided
FROM runs
JOIN site_event_dated USING (site_id)
GROUP BY site_id, stands_from, stands_until;
