-- Title: What was said of each half of the promise
-- Grain: one row for each staffing row and half (pcs: two constables; pcsos: one PCSO) with a count
-- Unit: half_count in the unit named by basis
-- Caveats: `counts` is true from 21 July 2016, the day of the promise; `decides` is false for figures
--   only reported or listed, which never make a ward met or short on their own; "at least one" does
--   not show that a second is missing
CREATE TABLE half_reading AS
WITH halves AS (
    SELECT ward_code, as_at, as_at_precision, revision, 'pcs' AS half, dedicated_pcs AS half_count,
           2 AS promised_count, is_minimum, basis, evidence, source_id
    FROM current_staffing
    UNION ALL
    SELECT ward_code, as_at, as_at_precision, revision, 'pcsos', dedicated_pcsos,
           1, is_minimum, basis, evidence, source_id
    FROM current_staffing
)
SELECT
    *,
    as_at >= DATE '2016-07-21' AS counts,
    evidence IN ('published', 'confirmed', 'declared', 'demonstration') AS decides,
    CASE
        WHEN half_count >= promised_count THEN 'met'
        WHEN is_minimum THEN 'not_known'
        ELSE 'short'
    END AS half_status
FROM halves
WHERE half_count IS NOT NULL;
