-- Title: Days covered by the Met's workbook by ward team that are not in this store
-- Grain: one row for each borough and run of days from first_day to the day before end_day
-- Caveats: first published on 9 May 2022 (London Datastore, dedicated ward officer abstractions). The edition of spring
--   2024 covered May 2018 to March 2024, that of September 2026 August 2021 to July 2026, where Camden has had no
--   strengths since August 2024, and Islington next to none in the twelve months from August 2025 (for which of its
--   wards is not known): from then theirs are not published. A month stands for twelve more months; months that are
--   stored are left out. Before May 2018 nothing was published by ward
CREATE VIEW workbook_not_loaded AS
WITH covered AS (
    SELECT
        borough_code,
        DATE '2018-05-01' AS first_day,
        CASE borough_code
            WHEN 'E09000007' THEN DATE '2024-08-01'
            WHEN 'E09000019' THEN DATE '2025-08-01'
            ELSE DATE '2027-08-01'
        END AS end_day
    FROM boroughs
),
stored AS (
    SELECT
        date_trunc('month', min(as_at))::DATE AS first_day,
        last_known_from(max(as_at)) AS end_day
    FROM dwo_strength_edition
)
SELECT borough_code, covered.first_day, least(covered.end_day, stored.first_day) AS end_day
FROM covered, stored
WHERE covered.first_day < least(covered.end_day, stored.first_day)
UNION ALL
SELECT borough_code, greatest(covered.first_day, stored.end_day), covered.end_day
FROM covered, stored
WHERE stored.end_day IS NOT NULL AND greatest(covered.first_day, stored.end_day) < covered.end_day;
