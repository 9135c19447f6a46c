-- Title: Wards meeting the promise, borough by borough, for comparison
-- Grain: one row for each borough and measure (promise: both halves; pcs: two constables; pcsos: one PCSO)
-- Unit: wards of the set in force on the day; wards_met_pct from 0 to 100
-- Caveats: only what was published or confirmed of the wards themselves counts as known; a declaration for all
--   wards at once is counted apart. A borough is ranked (`is_ranked`) only where every ward is known. For the
--   promise, a ward with one half short is known, one with a half met and the other not known is not
CREATE MACRO borough_measure_on(on_day) AS TABLE
WITH borough AS (
    SELECT * FROM borough_status_on(on_day)
),
short AS (
    SELECT borough_code, count(*) AS wards_short_count
    FROM ward_status_on(on_day)
    WHERE ward_status IN ('pcs_short', 'pcso_short', 'both_short') AND evidence <> 'declared'
    GROUP BY borough_code
),
measured AS (
    SELECT borough_code, borough_name, 'promise' AS measure, wards_count,
           wards_met_evidenced_count AS wards_met_count, wards_met_declared_count,
           coalesce(short.wards_short_count, 0) AS wards_short_count
    FROM borough LEFT JOIN short USING (borough_code)
    UNION ALL
    SELECT borough_code, borough_name, 'pcs', wards_count, pcs_met_evidenced_count, pcs_met_declared_count,
           pcs_short_count
    FROM borough
    UNION ALL
    SELECT borough_code, borough_name, 'pcsos', wards_count, pcso_met_evidenced_count, pcso_met_declared_count,
           pcso_short_count
    FROM borough
)
SELECT
    *,
    wards_met_count + wards_short_count AS wards_known_count,
    wards_met_count + wards_short_count = wards_count AS is_ranked,
    CASE WHEN wards_met_count + wards_short_count = wards_count THEN 100.0 * wards_met_count / wards_count END
        AS wards_met_pct
FROM measured;
