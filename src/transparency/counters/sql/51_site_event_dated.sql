-- Title: Site events with the day each takes effect
-- Grain: one row for each site event
-- Caveats: an event known only to the month or year has certainly taken effect by its last day (`effective_on`); a closing
--   or opening may have done so from its first day on (`possible_from`). A site said to be open in a year is open
--   from its first day. Hours in the decision of 1 November 2017 are in force from 31 December 2017. Kept as
--   a table, since it is the same on every day
CREATE TABLE site_event_dated AS
WITH dated AS (
    SELECT
        *,
        CASE
            WHEN date_precision = 'month' THEN last_day(event_on)
            WHEN date_precision = 'year' AND event <> 'open' THEN make_date(year(event_on), 12, 31)
            ELSE event_on
        END AS effective_on
    FROM current_site_events
)
SELECT
    site_id, site_name, site_kind, borough_code, borough_name,
    event_on, date_precision, event, opening_hours, evidence, note,
    dated.source_id, dated.source_row,
    CASE WHEN event IN ('closed', 'opened', 'reopened') THEN event_on ELSE effective_on END AS possible_from,
    effective_on,
    CASE
        WHEN event_on = DATE '2017-11-01' AND event LIKE 'decided%' THEN DATE '2017-12-31' ELSE possible_from
    END AS hours_in_force_from
FROM dated
JOIN current_sites USING (site_id)
JOIN boroughs USING (borough_code);
