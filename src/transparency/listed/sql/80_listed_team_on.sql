-- Title: The ward teams police.uk listed, as last read on or before a day
-- Grain: ward
-- Unit: counts of people, contact channels, locations, events and priorities listed
-- Caveats: Listed is not in post. A blank count means that the service gave no answer. A ward without a row had no
--   team listed in that reading.
CREATE MACRO listed_team_on(on_day) AS TABLE
SELECT
    team.as_at, team.ward_code, team.neighbourhood_id, team.team_name,
    team.people_count, team.contacts_count, team.locations_count, team.events_count, team.priorities_count
FROM current_police_uk_teams AS team
WHERE team.as_at = (SELECT max(read.as_at) FROM current_police_uk_teams AS read WHERE read.as_at <= on_day);
