-- Title: Site events with the day each takes effect
-- Grain: one row for each site event
-- Caveats: an event known only to the month takes effect on its last day, one known only to the year on
--   1 January; hours in the decision of 1 November 2017 are in force from 31 December 2017. Kept as a table,
--   since it is the same on every day
CREATE TABLE site_event_dated AS
SELECT
    site_id, site_name, site_kind, borough_code, borough_name,
    event_on, date_precision, event, opening_hours, evidence, note,
    current_site_events.source_id, current_site_events.source_row,
    CASE date_precision WHEN 'month' THEN last_day(event_on) ELSE event_on END AS effective_on,
    CASE
        WHEN event_on = DATE '2017-11-01' AND event LIKE 'decided%' THEN DATE '2017-12-31'
        WHEN date_precision = 'month' THEN last_day(event_on)
        ELSE event_on
    END AS hours_in_force_from
FROM current_site_events
JOIN current_sites USING (site_id)
JOIN boroughs USING (borough_code);
