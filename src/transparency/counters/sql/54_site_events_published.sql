-- Title: The day the list of events at sites was last published
-- Grain: one row
-- Caveats: of the list as a whole, not of one event
CREATE VIEW site_events_published AS
SELECT max(snapshot_published_on) AS snapshot_published_on
FROM current_site_events;
