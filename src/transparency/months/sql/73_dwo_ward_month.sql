-- Title: Wards, month by month
-- Grain: one row for each month stored and each ward of the set in force at its end
-- Unit: full-time equivalents; minutes on duty
-- Caveats: the figures are those of the teams matched to this ward alone, added up where it has several; blank
--   where it has none, which is not zero. What teams shared with other wards have stands by itself and is never
--   divided. The promise is met in a month when constables are at least 2 FTE and PCSOs at least 1 FTE; a half
--   with less is short, but not known where a shared team may make up the rest
CREATE TABLE dwo_ward_month AS
WITH team AS (
    SELECT
        as_at,
        ward_code,
        team_name,
        sum(fte) FILTER (rank = 'constable') AS constable_fte,
        sum(fte) FILTER (rank = 'pcso') AS pcso_fte,
        sum(fte) FILTER (rank IS NULL OR rank NOT IN ('constable', 'pcso')) AS other_rank_fte
    FROM dwo_strength_edition
    WHERE ward_code IS NOT NULL
    GROUP BY as_at, ward_code, team_name
),
own_strength AS (
    SELECT
        as_at,
        ward_code,
        count(*) AS teams_count,
        round(sum(constable_fte), 6) AS constable_fte,
        round(sum(pcso_fte), 6) AS pcso_fte,
        round(sum(other_rank_fte), 6) AS other_rank_fte
    FROM team
    GROUP BY as_at, ward_code
),
own_activity AS (
    SELECT
        as_at,
        ward_code,
        round(sum(minutes), 6) AS minutes,
        round(coalesce(sum(minutes) FILTER (is_abstracted), 0), 6) AS minutes_abstracted
    FROM dwo_activity_edition
    WHERE ward_code IS NOT NULL
    GROUP BY as_at, ward_code
),
shared_strength AS (
    SELECT
        as_at,
        ward_code,
        round(sum(fte) FILTER (rank = 'constable'), 6) AS shared_constable_fte,
        round(sum(fte) FILTER (rank = 'pcso'), 6) AS shared_pcso_fte
    FROM (
        SELECT as_at, rank, fte, unnest(string_split(shared_ward_codes, ' ')) AS ward_code
        FROM dwo_strength_edition
        WHERE is_shared
    )
    GROUP BY as_at, ward_code
),
shared_activity AS (
    SELECT as_at, ward_code, round(sum(minutes), 6) AS shared_minutes
    FROM (
        SELECT as_at, minutes, unnest(string_split(shared_ward_codes, ' ')) AS ward_code
        FROM dwo_activity_edition
        WHERE is_shared
    )
    GROUP BY as_at, ward_code
),
rated AS (
    SELECT
        dwo_month.month,
        dwo_month.as_at,
        dwo_month.vintage,
        wards.ward_code,
        wards.ward_name,
        wards.borough_code,
        wards.population_count,
        wards.population_year,
        own_strength.* EXCLUDE (as_at, ward_code),
        own_activity.* EXCLUDE (as_at, ward_code),
        shared_strength.* EXCLUDE (as_at, ward_code),
        shared_activity.* EXCLUDE (as_at, ward_code),
        CASE
            WHEN constable_fte >= promised_pcs() THEN 'met'
            WHEN constable_fte IS NULL OR shared_constable_fte > 0 THEN 'not_known'
            ELSE 'short'
        END AS constable_status,
        CASE
            WHEN pcso_fte >= promised_pcsos() THEN 'met'
            WHEN pcso_fte IS NULL OR shared_pcso_fte > 0 THEN 'not_known'
            ELSE 'short'
        END AS pcso_status
    FROM dwo_month
    JOIN ward_in_set AS wards ON wards.vintage = dwo_month.vintage
    LEFT JOIN own_strength ON own_strength.as_at = dwo_month.as_at AND own_strength.ward_code = wards.ward_code
    LEFT JOIN own_activity ON own_activity.as_at = dwo_month.as_at AND own_activity.ward_code = wards.ward_code
    LEFT JOIN shared_strength
        ON shared_strength.as_at = dwo_month.as_at AND shared_strength.ward_code = wards.ward_code
    LEFT JOIN shared_activity
        ON shared_activity.as_at = dwo_month.as_at AND shared_activity.ward_code = wards.ward_code
)
SELECT
    month,
    as_at,
    vintage,
    ward_code,
    ward_name,
    borough_code,
    ward_status_of(constable_status, pcso_status) AS ward_status,
    constable_status,
    pcso_status,
    constable_fte,
    pcso_fte,
    other_rank_fte,
    shared_constable_fte,
    shared_pcso_fte,
    coalesce(teams_count, 0) AS teams_count,
    coalesce(constable_fte > promised_pcs() OR pcso_fte > promised_pcsos(), false) AS is_above_minimum,
    minutes,
    minutes_abstracted,
    100 * minutes_abstracted / nullif(minutes, 0) AS abstraction_pct,
    shared_minutes,
    population_count,
    population_year
FROM rated;
