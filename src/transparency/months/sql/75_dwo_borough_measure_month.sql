-- Title: Boroughs side by side, and London, on the monthly rule, month by month
-- Grain: one row for each month stored, borough or London, and measure (promise: both halves; pcs: 2.0 FTE constables; pcsos:
--   1.0 FTE PCSO)
-- Unit: wards of the set in force at the month's end; wards_met_pct from 0 to 100
-- Caveats: a borough is ranked (`is_ranked`) only where the measure is known for every ward of it. For the promise,
--   a ward with one half short is known, one with a half met and the other not known is not. Between
--   `wards_met_at_least_pct` and `wards_met_at_most_pct` meet it: the wards known to, and those not known to be short;
--   both missing where no ward is known
CREATE VIEW dwo_borough_measure_month AS
WITH measured AS (
    SELECT month, place_code AS borough_code, place_name AS borough_name, 'promise' AS measure, wards_count,
           wards_met_count, wards_short_count
    FROM dwo_place_month
    WHERE place_kind IN ('borough', 'london')
    UNION ALL
    SELECT month, place_code, place_name, 'pcs', wards_count, constables_met_count, constables_short_count
    FROM dwo_place_month
    WHERE place_kind IN ('borough', 'london')
    UNION ALL
    SELECT month, place_code, place_name, 'pcsos', wards_count, pcso_met_count, pcso_short_count
    FROM dwo_place_month
    WHERE place_kind IN ('borough', 'london')
)
SELECT
    *,
    wards_met_count + wards_short_count AS wards_known_count,
    wards_met_count + wards_short_count = wards_count AS is_ranked,
    CASE WHEN wards_met_count + wards_short_count = wards_count THEN 100.0 * wards_met_count / wards_count END
        AS wards_met_pct,
    CASE WHEN wards_met_count + wards_short_count > 0 THEN 100.0 * wards_met_count / wards_count END
        AS wards_met_at_least_pct,
    CASE WHEN wards_met_count + wards_short_count > 0 THEN 100.0 * (wards_count - wards_short_count) / wards_count END
        AS wards_met_at_most_pct
FROM measured;
