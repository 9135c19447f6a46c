-- Title: Site status from day to day
-- Grain: one row for each site and run of days on which the same is known of it; the run goes from stands_from to the
--   day before stands_until, blank where nothing newer is known
-- Unit: positions in degrees, WGS84
-- Caveats: a front counter is open until it is closed, or not open until an opening that was announced; any
--   other site is in use for two years after the last word of its use, and for one year after a proposal or
--   decision; later, and on any day before 1 January 2017, its state is not known. `opening_hours_decided`
--   are hours decided but not yet in force; `closed_on` is the last closing of a site that is not open. Within the month
--   or year to which alone a closing or opening is known (`undated_event`) the state is not known either. Kept as a
--   table, since it is the same on every day; the first run, from the year 1, is before anything is known
CREATE TABLE site_standing AS
WITH changes AS (
    -- Every day on which something takes effect, or on which the last word of a site has grown too old.
    SELECT site_id, effective_on AS stands_from FROM site_event_dated
    UNION
    SELECT site_id, possible_from FROM site_event_dated
    UNION
    SELECT site_id, hours_in_force_from FROM site_event_dated
    UNION
    SELECT site_id, (effective_on + INTERVAL 1 YEAR)::DATE + 1 FROM site_event_dated
    UNION
    SELECT site_id, (effective_on + INTERVAL 2 YEAR)::DATE + 1 FROM site_event_dated
    UNION
    SELECT site_id, unnest([DATE '0001-01-01', DATE '2017-01-01']) FROM site
),
runs AS (
    SELECT site_id, stands_from, lead(stands_from) OVER (PARTITION BY site_id ORDER BY stands_from) AS stands_until
    FROM changes
),
told AS (
    SELECT
        site_id,
        stands_from,
        stands_until,
        arg_min(event, (effective_on, source_row)) AS first_event,
        arg_max(
            struct_pack(event, event_on, date_precision, effective_on, evidence, source_id),
            (effective_on, source_row)
        ) FILTER (effective_on <= stands_from) AS last_word,
        arg_min(struct_pack(event, event_on, date_precision, evidence), (effective_on, source_row))
            FILTER (possible_from <= stands_from AND effective_on > stands_from) AS undated,
        -- A proposal or decision to close leaves a site as it was.
        arg_max(event, (effective_on, source_row)) FILTER (
            effective_on <= stands_from AND event NOT IN ('proposed_close', 'decided_close')
        ) AS last_change,
        arg_max(struct_pack(event_on, date_precision, evidence, source_id), (effective_on, source_row))
            FILTER (effective_on <= stands_from AND event = 'closed') AS closing,
        max(effective_on) FILTER (
            effective_on <= stands_from
            AND event IN ('open', 'opened', 'reopened', 'decided_keep', 'hours_changed')
        ) AS last_in_use_on,
        arg_max(
            struct_pack(opening_hours, hours_in_force_from, event, evidence, source_id),
            (hours_in_force_from, source_row)
        ) FILTER (hours_in_force_from <= stands_from AND opening_hours IS NOT NULL) AS hours,
        arg_max(opening_hours, (event_on, source_row)) FILTER (
            effective_on <= stands_from AND hours_in_force_from > stands_from AND opening_hours IS NOT NULL
        ) AS opening_hours_decided
    FROM runs
    LEFT JOIN site_event_dated USING (site_id)
    GROUP BY site_id, stands_from, stands_until
)
SELECT
    stands_from,
    stands_until,
    site.*,
    CASE
        WHEN stands_from < DATE '2017-01-01' OR undated IS NOT NULL THEN 'not_known'
        WHEN last_change = 'closed' THEN 'not_open'
        WHEN site_kind = 'front_counter' THEN CASE
            WHEN last_change = 'proposed_open' THEN 'not_open'
            WHEN last_word.event IS NOT NULL THEN 'open'
            WHEN first_event IN ('opened', 'proposed_open') THEN 'not_open'
            ELSE 'not_known'
        END
        WHEN last_word.event IS NULL THEN 'not_known'
        WHEN last_word.event IN ('proposed_open', 'proposed_close', 'decided_close')
            AND last_word.effective_on + INTERVAL 1 YEAR < stands_from THEN 'not_known'
        WHEN last_word.event = 'proposed_open' THEN 'not_open'
        WHEN last_word.event IN ('proposed_close', 'decided_close') THEN 'open'
        WHEN last_in_use_on + INTERVAL 2 YEAR < stands_from THEN 'not_known'
        ELSE 'open'
    END AS site_status,
    last_word.event AS last_event,
    last_word.event_on AS last_event_on,
    last_word.date_precision AS last_event_precision,
    last_word.evidence AS evidence,
    last_word.source_id AS source_id,
    undated.event AS undated_event,
    undated.event_on AS undated_event_on,
    undated.date_precision AS undated_event_precision,
    undated.evidence AS undated_event_evidence,
    CASE WHEN site_status = 'not_open' THEN closing.event_on END AS closed_on,
    CASE WHEN site_status = 'not_open' THEN closing.date_precision END AS closed_precision,
    hours.opening_hours AS opening_hours,
    hours.hours_in_force_from AS opening_hours_since,
    hours.event AS opening_hours_event,
    hours.evidence AS opening_hours_evidence,
    hours.source_id AS opening_hours_source_id,
    opening_hours_decided,
    hours.opening_hours = '24/7' AS is_24_7
FROM told
JOIN site USING (site_id);
