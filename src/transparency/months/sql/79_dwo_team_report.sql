-- Title: Ward teams to look at: unmatched, shared, doubled, contradicted
-- Grain: one row for each kind, borough and team
-- Unit: months; rows; full-time equivalents added up over the months; minutes
-- Caveats: doubled are teams of a ward that has another team in the same month; contradicted are teams whose
--   ward code in the workbook was set aside. One team can stand under several kinds
CREATE VIEW dwo_team_report AS
WITH rows_of_teams AS (
    SELECT month, borough_code, borough_name, team_name, ward_code, match_method, is_shared, is_contradicted,
           1 AS strength_rows, fte, 0 AS activity_rows, 0 AS minutes
    FROM dwo_strength_by_team
    UNION ALL
    SELECT month, borough_code, borough_name, team_name, ward_code, match_method, is_shared, is_contradicted,
           0, 0, 1, minutes
    FROM dwo_activity_by_team
),
doubled AS (
    SELECT month, ward_code
    FROM rows_of_teams
    WHERE ward_code IS NOT NULL
    GROUP BY month, ward_code
    HAVING count(DISTINCT team_name) > 1
),
kinds AS (
    SELECT 'unmatched' AS team_kind, * FROM rows_of_teams WHERE match_method = 'none'
    UNION ALL
    SELECT 'shared', * FROM rows_of_teams WHERE is_shared
    UNION ALL
    SELECT 'doubled', rows_of_teams.* FROM rows_of_teams SEMI JOIN doubled USING (month, ward_code)
    UNION ALL
    SELECT 'contradicted', * FROM rows_of_teams WHERE is_contradicted
)
SELECT
    team_kind,
    borough_code,
    borough_name,
    team_name,
    min(month) AS first_month,
    max(month) AS last_month,
    count(DISTINCT month) AS months_count,
    sum(strength_rows)::BIGINT AS strength_rows,
    round(sum(fte), 6) AS fte_months,
    sum(activity_rows)::BIGINT AS activity_rows,
    round(sum(minutes), 6) AS minutes
FROM kinds
GROUP BY ALL;
