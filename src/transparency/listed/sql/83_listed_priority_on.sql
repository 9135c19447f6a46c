-- Title: Priorities police.uk listed for each ward, as last read on or before a day
-- Grain: ward and priority
-- Unit: days
-- Caveats: Old means issued more than three months before the day; blank where no day of issue is given.
CREATE MACRO listed_priority_on(on_day) AS TABLE
SELECT
    priority.as_at, priority.ward_code, priority.priority_number, priority.issue, priority.issued_on,
    priority.action, priority.action_on,
    priority.issued_on < CAST(on_day AS DATE) - INTERVAL 3 MONTH AS is_older_than_3_months
FROM listed_team_on(on_day) AS team
JOIN current_police_uk_priorities AS priority
    ON priority.ward_code = team.ward_code AND priority.as_at = team.as_at
WHERE team.priorities_count > 0;
