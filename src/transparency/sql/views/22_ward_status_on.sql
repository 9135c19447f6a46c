-- Title: Ward status on a day
-- Grain: one row for each ward in force on the day
-- Unit: counts of constables and PCSOs, each in the unit named by its basis
-- Caveats: met needs both halves met; one half short makes the ward short; one half met and the other
--   not known is partly known; neither known is not published, which is never met and never unmet.
--   `evidence` is that of the half or halves the status rests on, and the weaker of two: declared where
--   either rests on a declaration for all wards
CREATE MACRO ward_status_on(on_day) AS TABLE
WITH halves AS (
    SELECT
        ward_code, ward_name, borough_code,
        max(half_status) FILTER (half = 'pcs') AS pcs_status,
        max(half_count) FILTER (half = 'pcs') AS dedicated_pcs,
        bool_or(is_minimum) FILTER (half = 'pcs') AS pcs_is_minimum,
        max(basis) FILTER (half = 'pcs') AS pcs_basis,
        max(evidence) FILTER (half = 'pcs') AS pcs_evidence,
        max(as_at) FILTER (half = 'pcs') AS pcs_as_at,
        max(as_at_precision) FILTER (half = 'pcs') AS pcs_as_at_precision,
        max(source_id) FILTER (half = 'pcs') AS pcs_source_id,
        bool_or(is_lapsed) FILTER (half = 'pcs') AS is_pcs_lapsed,
        max(last_met_on) FILTER (half = 'pcs') AS pcs_last_met_on,
        max(last_met_evidence) FILTER (half = 'pcs') AS pcs_last_met_evidence,
        max(half_status) FILTER (half = 'pcsos') AS pcso_status,
        max(half_count) FILTER (half = 'pcsos') AS dedicated_pcsos,
        bool_or(is_minimum) FILTER (half = 'pcsos') AS pcso_is_minimum,
        max(basis) FILTER (half = 'pcsos') AS pcso_basis,
        max(evidence) FILTER (half = 'pcsos') AS pcso_evidence,
        max(as_at) FILTER (half = 'pcsos') AS pcso_as_at,
        max(as_at_precision) FILTER (half = 'pcsos') AS pcso_as_at_precision,
        max(source_id) FILTER (half = 'pcsos') AS pcso_source_id,
        bool_or(is_lapsed) FILTER (half = 'pcsos') AS is_pcso_lapsed,
        max(last_met_on) FILTER (half = 'pcsos') AS pcso_last_met_on,
        max(last_met_evidence) FILTER (half = 'pcsos') AS pcso_last_met_evidence
    FROM half_status_on(on_day)
    GROUP BY ward_code, ward_name, borough_code
),
rated AS (
    SELECT
        *,
        CASE
            WHEN pcs_status = 'met' AND pcso_status = 'met' THEN 'met'
            WHEN pcs_status = 'short' AND pcso_status = 'short' THEN 'both_short'
            WHEN pcs_status = 'short' THEN 'pcs_short'
            WHEN pcso_status = 'short' THEN 'pcso_short'
            WHEN pcs_status = 'met' OR pcso_status = 'met' THEN 'partly_known'
            ELSE 'not_published'
        END AS ward_status,
        CASE ward_status
            WHEN 'pcs_short' THEN [pcs_evidence]
            WHEN 'pcso_short' THEN [pcso_evidence]
            WHEN 'not_published' THEN []
            ELSE [pcs_evidence, pcso_evidence]
        END AS rests_on
    FROM halves
)
SELECT
    ward_code,
    ward_name,
    borough_code,
    ward_status,
    CASE
        WHEN list_contains(rests_on, 'demonstration') THEN 'demonstration'
        WHEN list_contains(rests_on, 'declared') THEN 'declared'
        WHEN list_contains(rests_on, 'confirmed') THEN 'confirmed'
        WHEN list_contains(rests_on, 'published') THEN 'published'
    END AS evidence,
    is_pcs_lapsed OR is_pcso_lapsed AS is_lapsed,
    greatest(pcs_as_at, pcso_as_at) AS as_at,
    * EXCLUDE (ward_code, ward_name, borough_code, ward_status, rests_on)
FROM rated;
