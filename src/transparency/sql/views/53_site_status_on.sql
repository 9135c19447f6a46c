-- Title: Site status on a day
-- Grain: one row for each site
-- Unit: positions in degrees, WGS84
-- Caveats: a front counter is open until it is closed, or not open until an opening that was announced; any
--   other site is in use for two years after the last word of its use, and for one year after a proposal or
--   decision; later, and on any day before 1 January 2017, its state is not known. `opening_hours_decided`
--   are hours decided but not yet in force; `closed_on` is the last closing of a site that is not open
CREATE MACRO site_status_on(on_day) AS TABLE
SELECT
    site.*,
    CASE
        WHEN on_day < DATE '2017-01-01' THEN 'not_known'
        WHEN last_word.event = 'closed' THEN 'not_open'
        WHEN site_kind = 'front_counter' THEN CASE
            WHEN last_word.event = 'proposed_open' THEN 'not_open'
            WHEN last_word.event IS NOT NULL THEN 'open'
            WHEN first_event IN ('opened', 'proposed_open') THEN 'not_open'
            ELSE 'not_known'
        END
        WHEN last_word.event IS NULL THEN 'not_known'
        WHEN last_word.event IN ('proposed_open', 'proposed_close', 'decided_close')
            AND last_word.effective_on + INTERVAL 1 YEAR < on_day THEN 'not_known'
        WHEN last_word.event = 'proposed_open' THEN 'not_open'
        WHEN last_word.event IN ('proposed_close', 'decided_close') THEN 'open'
        WHEN last_in_use_on + INTERVAL 2 YEAR < on_day THEN 'not_known'
        ELSE 'open'
    END AS site_status,
    last_word.event AS last_event,
    last_word.event_on AS last_event_on,
    last_word.date_precision AS last_event_precision,
    last_word.evidence AS evidence,
    last_word.source_id AS source_id,
    CASE WHEN site_status = 'not_open' THEN closing.event_on END AS closed_on,
    CASE WHEN site_status = 'not_open' THEN closing.date_precision END AS closed_precision,
    hours.opening_hours AS opening_hours,
    hours.hours_in_force_from AS opening_hours_since,
    hours.evidence AS opening_hours_evidence,
    hours.source_id AS opening_hours_source_id,
    opening_hours_decided,
    hours.opening_hours = '24/7' AS is_24_7
FROM site
LEFT JOIN site_standing AS told
    ON told.site_id = site.site_id
   AND told.stands_from <= on_day
   AND (told.stands_until IS NULL OR told.stands_until > on_day);
