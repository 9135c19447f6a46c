-- Title: People police.uk listed for each ward, by rank, as last read on or before a day
-- Grain: ward and kind of rank
-- Unit: people listed
-- Caveats: Neither posts nor full-time equivalents; a person may be listed for several wards, so wards are not summed.
CREATE MACRO listed_people_on(on_day) AS TABLE
SELECT
    people.as_at, people.ward_code, people.rank,
    string_agg(DISTINCT people.rank_listed, ', ' ORDER BY people.rank_listed) AS ranks_listed,
    CAST(sum(people.people_count) AS BIGINT) AS people_count
FROM listed_team_on(on_day) AS team
JOIN current_police_uk_people AS people ON people.ward_code = team.ward_code AND people.as_at = team.as_at
WHERE team.people_count > 0
GROUP BY ALL;
