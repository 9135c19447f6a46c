-- Title: Wards meeting the promise, borough by borough, for comparison
-- Grain: one row for each borough and measure (promise: both halves; pcs: two constables; pcsos: one PCSO)
-- Unit: wards of the set in force on the day; wards_met_pct from 0 to 100
-- Caveats: only what was published or confirmed of the wards themselves counts as known; a declaration for all
--   wards at once is counted separately. A borough is ranked (`is_ranked`) only where every ward is known. For the
--   promise, a ward with one half short is known, one with a half met and the other not known is not
CREATE MACRO borough_measure_on(on_day) AS TABLE
WITH measured AS (
    SELECT borough_code, borough_name, wards_count, unnest([
        struct_pack(
            measure := 'promise',
            wards_met_count := wards_met_evidenced_count,
            wards_met_declared_count := wards_met_declared_count,
            wards_short_count := wards_short_evidenced_count
        ),
        struct_pack(
            measure := 'pcs',
            wards_met_count := pcs_met_evidenced_count,
            wards_met_declared_count := pcs_met_declared_count,
            wards_short_count := pcs_short_count
        ),
        struct_pack(
            measure := 'pcsos',
            wards_met_count := pcso_met_evidenced_count,
            wards_met_declared_count := pcso_met_declared_count,
            wards_short_count := pcso_short_count
        )
    ], recursive := true)
    FROM borough_status_standing
    WHERE stands_from <= on_day AND (stands_until IS NULL OR stands_until > on_day)
)
SELECT
    borough_code, borough_name, measure, wards_count, wards_met_count, wards_met_declared_count, wards_short_count,
    wards_met_count + wards_short_count AS wards_known_count,
    wards_met_count + wards_short_count = wards_count AS is_ranked,
    CASE WHEN wards_met_count + wards_short_count = wards_count THEN 100.0 * wards_met_count / wards_count END
        AS wards_met_pct
FROM measured;
