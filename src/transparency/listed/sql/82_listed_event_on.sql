-- Title: Events to come that police.uk listed for each ward, as last read on or before a day
-- Grain: ward and event
-- Unit: days; hours are London's
-- Caveats: An event counts as to come on the day it ends, or begins where no end is given. Teams list few of them.
CREATE MACRO listed_event_on(on_day) AS TABLE
SELECT
    event.as_at, event.ward_code, event.event_number, event.event_title, event.event_kind, event.description,
    event.address, event.event_on, event.start_time, event.end_on, event.end_time
FROM listed_team_on(on_day) AS team
JOIN current_police_uk_events AS event ON event.ward_code = team.ward_code AND event.as_at = team.as_at
WHERE team.events_count > 0 AND greatest(event.event_on, coalesce(event.end_on, event.event_on)) >= on_day;
