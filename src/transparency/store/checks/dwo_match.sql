-- Title: Teams are matched to wards of their borough, of the set in force at the month's end
-- Guards: counts and roll-ups use one ward set; a ward page never shows another borough's team
-- Remedy: import the workbook again; after changing data/reference/team_aliases.csv, correct the alias
WITH teams AS (
    SELECT 'dwo_strength' AS dataset, snapshot_as_at, revision, source_row, as_at, borough_code, ward_code,
           match_method, is_shared, shared_ward_codes
    FROM dwo_strength_edition
    UNION ALL
    SELECT 'dwo_activity', snapshot_as_at, revision, source_row, as_at, borough_code, ward_code,
           match_method, is_shared, shared_ward_codes
    FROM dwo_activity_edition
),
covered AS (
    SELECT *, ward_code AS covered_code FROM teams WHERE ward_code IS NOT NULL
    UNION ALL
    SELECT *, unnest(string_split(shared_ward_codes, ' ')) FROM teams WHERE shared_ward_codes IS NOT NULL
),
failing AS (
    SELECT dataset, snapshot_as_at, revision, source_row, 'ward_code' AS column_name, covered_code AS value,
           'the team is matched to no ward of its borough in the set in force' AS rule
    FROM covered
    LEFT JOIN dwo_month USING (as_at)
    ANTI JOIN ward_in_set
        ON ward_in_set.vintage = dwo_month.vintage
       AND ward_in_set.ward_code = covered_code
       AND ward_in_set.borough_code = covered.borough_code
    UNION ALL
    SELECT dataset, snapshot_as_at, revision, source_row, 'match_method', match_method,
           'the kind of match and the wards matched contradict each other'
    FROM teams
    WHERE (match_method = 'none') <> (ward_code IS NULL AND NOT is_shared)
       OR is_shared <> (shared_ward_codes IS NOT NULL)
       OR is_shared AND ward_code IS NOT NULL
    UNION ALL
    SELECT DISTINCT dataset, snapshot_as_at, revision, NULL::BIGINT, 'as_at', as_at::VARCHAR,
           'the as-at date is not the last day of a month since May 2018'
    FROM teams
    WHERE as_at <> last_day(as_at) OR as_at < DATE '2018-05-31'
)
SELECT *, 'Import the workbook again, after correcting any alias in data/reference/team_aliases.csv.' AS remedy,
       false AS is_warning
FROM failing
ORDER BY ALL;
