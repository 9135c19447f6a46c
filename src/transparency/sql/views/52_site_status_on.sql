-- Title: Site status on a day
-- Grain: one row for each site
-- Unit: positions in degrees, WGS84
-- Caveats: a front counter is open until it is closed, or not open until an opening that was announced; any
--   other site is in use for two years after the last word of its use, and for one year after a proposal or
--   decision; later, and on any day before 1 January 2017, its state is not known. `opening_hours_decided`
--   are hours decided but not yet in force
CREATE MACRO site_status_on(on_day) AS TABLE
WITH first_event AS (
    SELECT site_id, arg_min(event, (effective_on, source_row)) AS event
    FROM site_event_dated
    GROUP BY site_id
),
last_event AS (
    SELECT
        site_id,
        arg_max(event, (effective_on, source_row)) AS event,
        arg_max(event_on, (effective_on, source_row)) AS event_on,
        arg_max(date_precision, (effective_on, source_row)) AS date_precision,
        arg_max(effective_on, (effective_on, source_row)) AS effective_on,
        arg_max(evidence, (effective_on, source_row)) AS evidence,
        arg_max(source_id, (effective_on, source_row)) AS source_id,
        max(effective_on) FILTER (
            event IN ('open', 'opened', 'reopened', 'decided_keep', 'hours_changed')
        ) AS last_in_use_on
    FROM site_event_dated
    WHERE effective_on <= on_day
    GROUP BY site_id
),
hours AS (
    SELECT
        site_id,
        arg_max(opening_hours, (hours_in_force_from, source_row)) AS opening_hours,
        max(hours_in_force_from) AS opening_hours_since,
        arg_max(evidence, (hours_in_force_from, source_row)) AS opening_hours_evidence,
        arg_max(source_id, (hours_in_force_from, source_row)) AS opening_hours_source_id
    FROM site_event_dated
    WHERE hours_in_force_from <= on_day AND opening_hours IS NOT NULL
    GROUP BY site_id
),
decided AS (
    SELECT site_id, arg_max(opening_hours, (event_on, source_row)) AS opening_hours_decided
    FROM site_event_dated
    WHERE effective_on <= on_day AND hours_in_force_from > on_day AND opening_hours IS NOT NULL
    GROUP BY site_id
)
SELECT
    sites.site_id, sites.site_name, sites.site_kind, sites.borough_code, boroughs.borough_name,
    sites.address, sites.postcode, sites.lat, sites.lon, sites.location_precision, sites.ward_code_2014,
    CASE
        WHEN on_day < DATE '2017-01-01' THEN 'not_known'
        WHEN last_event.event = 'closed' THEN 'not_open'
        WHEN sites.site_kind = 'front_counter' THEN CASE
            WHEN last_event.event = 'proposed_open' THEN 'not_open'
            WHEN last_event.event IS NOT NULL THEN 'open'
            WHEN first_event.event IN ('opened', 'proposed_open') THEN 'not_open'
            ELSE 'not_known'
        END
        WHEN last_event.event IS NULL THEN 'not_known'
        WHEN last_event.event IN ('proposed_open', 'proposed_close', 'decided_close')
            AND last_event.effective_on + INTERVAL 1 YEAR < on_day THEN 'not_known'
        WHEN last_event.event = 'proposed_open' THEN 'not_open'
        WHEN last_event.event IN ('proposed_close', 'decided_close') THEN 'open'
        WHEN last_event.last_in_use_on + INTERVAL 2 YEAR < on_day THEN 'not_known'
        ELSE 'open'
    END AS site_status,
    last_event.event AS last_event,
    last_event.event_on AS last_event_on,
    last_event.date_precision AS last_event_precision,
    last_event.evidence,
    last_event.source_id,
    hours.opening_hours,
    hours.opening_hours_since,
    hours.opening_hours_evidence,
    hours.opening_hours_source_id,
    decided.opening_hours_decided,
    CASE WHEN hours.opening_hours IS NOT NULL THEN hours.opening_hours = '24/7' END AS is_24_7
FROM current_sites AS sites
JOIN boroughs USING (borough_code)
LEFT JOIN first_event USING (site_id)
LEFT JOIN last_event USING (site_id)
LEFT JOIN hours USING (site_id)
LEFT JOIN decided USING (site_id);
