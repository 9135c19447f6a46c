-- Title: London, command units and boroughs, month by month
-- Grain: one row for each month stored and each place: London, a command unit (BCU) or a borough
-- Unit: full-time equivalents; minutes on duty; wards
-- Caveats: totals take every row of the workbook, matched to a ward or not. Blank where no row is published for
--   the month: London's total is then of fewer boroughs, as boroughs_with_strength_count says. Boroughs belong to
--   the command units of today
CREATE TABLE dwo_place_month AS
WITH strength AS (
    SELECT
        as_at,
        borough_code,
        sum(fte) FILTER (rank = 'constable') AS constable_fte,
        sum(fte) FILTER (rank = 'pcso') AS pcso_fte,
        sum(fte) FILTER (rank IS NULL OR rank NOT IN ('constable', 'pcso')) AS other_rank_fte,
        sum(fte) FILTER (ward_code IS NOT NULL) AS matched_fte,
        sum(fte) FILTER (is_shared) AS shared_fte,
        sum(fte) FILTER (match_method = 'none') AS unmatched_fte
    FROM dwo_strength_edition
    GROUP BY as_at, borough_code
),
activity AS (
    SELECT
        as_at,
        borough_code,
        sum(minutes) AS minutes,
        sum(CASE WHEN is_abstracted THEN minutes ELSE 0 END) AS minutes_abstracted,
        sum(minutes) FILTER (ward_code IS NOT NULL) AS matched_minutes,
        sum(minutes) FILTER (is_shared) AS shared_minutes,
        sum(minutes) FILTER (match_method = 'none') AS unmatched_minutes
    FROM dwo_activity_edition
    GROUP BY as_at, borough_code
),
wards AS (
    SELECT
        as_at,
        borough_code,
        count(*) AS wards_count,
        count(*) FILTER (ward_status = 'met') AS wards_met_count,
        count(*) FILTER (ward_status IN ('pcs_short', 'pcso_short', 'both_short')) AS wards_short_count,
        count(*) FILTER (ward_status = 'partly_known') AS wards_partly_known_count,
        count(*) FILTER (ward_status = 'not_published') AS wards_not_published_count,
        count(*) FILTER (constable_status = 'met') AS constables_met_count,
        count(*) FILTER (constable_status = 'short') AS constables_short_count,
        count(*) FILTER (constable_status = 'not_known') AS constables_not_known_count,
        count(*) FILTER (pcso_status = 'met') AS pcso_met_count,
        count(*) FILTER (pcso_status = 'short') AS pcso_short_count,
        count(*) FILTER (pcso_status = 'not_known') AS pcso_not_known_count,
        count(*) FILTER (is_above_minimum) AS wards_above_minimum_count,
        sum(greatest(constable_fte - 2, 0)) FILTER (constable_fte IS NOT NULL) AS constable_above_minimum_fte,
        sum(greatest(pcso_fte - 1, 0)) FILTER (pcso_fte IS NOT NULL) AS pcso_above_minimum_fte,
        CASE WHEN count(*) = count(population_count) THEN sum(population_count) END AS population_count,
        max(population_year) AS population_year
    FROM dwo_ward_month
    GROUP BY as_at, borough_code
),
by_borough AS (
    SELECT
        dwo_month.month,
        dwo_month.as_at,
        boroughs.borough_code,
        boroughs.borough_name,
        boroughs.bcu_code,
        boroughs.bcu_name,
        strength.* EXCLUDE (as_at, borough_code),
        activity.* EXCLUDE (as_at, borough_code),
        wards.* EXCLUDE (as_at, borough_code)
    FROM dwo_month
    CROSS JOIN boroughs
    LEFT JOIN strength ON strength.as_at = dwo_month.as_at AND strength.borough_code = boroughs.borough_code
    LEFT JOIN activity ON activity.as_at = dwo_month.as_at AND activity.borough_code = boroughs.borough_code
    LEFT JOIN wards ON wards.as_at = dwo_month.as_at AND wards.borough_code = boroughs.borough_code
),
added_up AS (
    SELECT
        month,
        as_at,
        CASE
            WHEN grouping(borough_code) = 0 THEN 'borough'
            WHEN grouping(bcu_code) = 0 THEN 'bcu'
            ELSE 'london'
        END AS place_kind,
        CASE place_kind WHEN 'borough' THEN borough_code WHEN 'bcu' THEN bcu_code ELSE london_code() END AS place_code,
        CASE place_kind WHEN 'borough' THEN borough_name WHEN 'bcu' THEN bcu_name ELSE 'London' END AS place_name,
        count(*) AS boroughs_count,
        count(*) FILTER (matched_fte IS NOT NULL OR shared_fte IS NOT NULL OR unmatched_fte IS NOT NULL)
            AS boroughs_with_strength_count,
        count(minutes) AS boroughs_with_activity_count,
        round(sum(constable_fte), 6) AS constable_fte,
        round(sum(pcso_fte), 6) AS pcso_fte,
        round(sum(other_rank_fte), 6) AS other_rank_fte,
        round(sum(matched_fte), 6) AS matched_fte,
        round(sum(shared_fte), 6) AS shared_fte,
        round(sum(unmatched_fte), 6) AS unmatched_fte,
        round(sum(minutes), 6) AS minutes,
        round(sum(minutes_abstracted), 6) AS minutes_abstracted,
        round(sum(matched_minutes), 6) AS matched_minutes,
        round(sum(shared_minutes), 6) AS shared_minutes,
        round(sum(unmatched_minutes), 6) AS unmatched_minutes,
        sum(wards_count)::BIGINT AS wards_count,
        sum(wards_met_count)::BIGINT AS wards_met_count,
        sum(wards_short_count)::BIGINT AS wards_short_count,
        sum(wards_partly_known_count)::BIGINT AS wards_partly_known_count,
        sum(wards_not_published_count)::BIGINT AS wards_not_published_count,
        sum(constables_met_count)::BIGINT AS constables_met_count,
        sum(constables_short_count)::BIGINT AS constables_short_count,
        sum(constables_not_known_count)::BIGINT AS constables_not_known_count,
        sum(pcso_met_count)::BIGINT AS pcso_met_count,
        sum(pcso_short_count)::BIGINT AS pcso_short_count,
        sum(pcso_not_known_count)::BIGINT AS pcso_not_known_count,
        sum(wards_above_minimum_count)::BIGINT AS wards_above_minimum_count,
        round(sum(constable_above_minimum_fte), 6) AS constable_above_minimum_fte,
        round(sum(pcso_above_minimum_fte), 6) AS pcso_above_minimum_fte,
        CASE WHEN count(*) = count(population_count) THEN sum(population_count)::BIGINT END AS population_count,
        max(population_year) AS population_year
    FROM by_borough
    GROUP BY GROUPING SETS (
        (month, as_at),
        (month, as_at, bcu_code, bcu_name),
        (month, as_at, bcu_code, bcu_name, borough_code, borough_name)
    )
)
SELECT
    *,
    100 * minutes_abstracted / nullif(minutes, 0) AS abstraction_pct,
    -- A rate needs every borough that its residents live in.
    CASE WHEN boroughs_with_strength_count = boroughs_count
        THEN 10000 * constable_fte / nullif(population_count, 0) END AS constables_per_10000_residents_fte,
    CASE WHEN boroughs_with_strength_count = boroughs_count
        THEN 10000 * pcso_fte / nullif(population_count, 0) END AS pcsos_per_10000_residents_fte
FROM added_up
ORDER BY place_kind, place_code, month;
