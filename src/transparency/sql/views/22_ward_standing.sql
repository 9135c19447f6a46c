-- Title: Ward status from day to day
-- Grain: one row for each ward and run of days on which the same is known of it, for wards with a row that decides
-- Unit: counts of constables and PCSOs, each in the unit named by its basis; the run goes from stands_from to the
--   day before stands_until, blank where nothing newer is held
-- Caveats: met needs both halves met; one half short makes the ward short; one half met and the other
--   not known is partly known; neither known is not published, which is never met and never unmet.
--   `evidence` is that of the half or halves the status rests on, and the weaker of two: declared where
--   either rests on a declaration for all wards. The latest row that decides stands, however old; a half is lapsed
--   when an earlier row had it met and the latest has it short
CREATE TABLE ward_standing AS
WITH reading AS (
    SELECT
        *,
        CASE WHEN dedicated_pcs IS NOT NULL THEN struct_pack(
            half_status := pcs_status, half_count := dedicated_pcs,
            is_minimum, basis, evidence, as_at, as_at_precision, source_id
        ) END AS pcs,
        CASE WHEN dedicated_pcsos IS NOT NULL THEN struct_pack(
            half_status := pcso_status, half_count := dedicated_pcsos,
            is_minimum, basis, evidence, as_at, as_at_precision, source_id
        ) END AS pcso
    FROM staffing_reading
    WHERE counts AND decides AND (dedicated_pcs IS NOT NULL OR dedicated_pcsos IS NOT NULL)
),
known AS (
    SELECT
        ward_code,
        as_at AS stands_from,
        lead(as_at) OVER (PARTITION BY ward_code ORDER BY as_at) AS stands_until,
        last_value(pcs IGNORE NULLS) OVER so_far AS pcs,
        last_value(pcso IGNORE NULLS) OVER so_far AS pcso,
        last_value(CASE WHEN pcs_status = 'met' THEN struct_pack(as_at, evidence) END IGNORE NULLS)
            OVER so_far AS pcs_met,
        last_value(CASE WHEN pcso_status = 'met' THEN struct_pack(as_at, evidence) END IGNORE NULLS)
            OVER so_far AS pcso_met
    FROM reading
    WINDOW so_far AS (PARTITION BY ward_code ORDER BY as_at ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
halves AS (
    SELECT
        ward_code,
        stands_from,
        stands_until,
        coalesce(pcs.half_status, 'not_known') AS pcs_status,
        pcs.half_count AS dedicated_pcs,
        pcs.is_minimum AS pcs_is_minimum,
        pcs.basis AS pcs_basis,
        pcs.evidence AS pcs_evidence,
        pcs.as_at AS pcs_as_at,
        pcs.as_at_precision AS pcs_as_at_precision,
        pcs.source_id AS pcs_source_id,
        coalesce(pcs.half_status = 'short' AND pcs_met.as_at < pcs.as_at, false) AS is_pcs_lapsed,
        pcs_met.as_at AS pcs_last_met_on,
        pcs_met.evidence AS pcs_last_met_evidence,
        coalesce(pcso.half_status, 'not_known') AS pcso_status,
        pcso.half_count AS dedicated_pcsos,
        pcso.is_minimum AS pcso_is_minimum,
        pcso.basis AS pcso_basis,
        pcso.evidence AS pcso_evidence,
        pcso.as_at AS pcso_as_at,
        pcso.as_at_precision AS pcso_as_at_precision,
        pcso.source_id AS pcso_source_id,
        coalesce(pcso.half_status = 'short' AND pcso_met.as_at < pcso.as_at, false) AS is_pcso_lapsed,
        pcso_met.as_at AS pcso_last_met_on,
        pcso_met.evidence AS pcso_last_met_evidence
    FROM known
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
        -- The evidence of the half or halves that the status rests on.
        CASE WHEN ward_status NOT IN ('pcso_short', 'not_published') THEN pcs_evidence END AS pcs_rests_on,
        CASE WHEN ward_status NOT IN ('pcs_short', 'not_published') THEN pcso_evidence END AS pcso_rests_on
    FROM halves
)
SELECT
    ward_code,
    stands_from,
    stands_until,
    ward_status,
    CASE
        WHEN 'demonstration' IN (pcs_rests_on, pcso_rests_on) THEN 'demonstration'
        WHEN 'declared' IN (pcs_rests_on, pcso_rests_on) THEN 'declared'
        WHEN 'confirmed' IN (pcs_rests_on, pcso_rests_on) THEN 'confirmed'
        WHEN 'published' IN (pcs_rests_on, pcso_rests_on) THEN 'published'
    END AS evidence,
    is_pcs_lapsed OR is_pcso_lapsed AS is_lapsed,
    greatest(pcs_as_at, pcso_as_at) AS as_at,
    * EXCLUDE (ward_code, stands_from, stands_until, ward_status, pcs_rests_on, pcso_rests_on)
FROM rated
ORDER BY stands_until NULLS LAST;
