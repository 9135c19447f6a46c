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
        ward_code,
        as_at,
        pcs_status,
        pcso_status,
        evidence,
        dedicated_pcs IS NOT NULL AS has_pcs,
        dedicated_pcsos IS NOT NULL AS has_pcso,
        struct_pack(
            pcs_status, dedicated_pcs, pcso_status, dedicated_pcsos, is_minimum, basis, evidence, as_at_precision, source_id
        ) AS said
    FROM staffing_reading
    WHERE counts AND decides AND (has_pcs OR has_pcso)
),
known AS (
    SELECT
        ward_code,
        as_at AS stands_from,
        lead(as_at) OVER (PARTITION BY ward_code ORDER BY as_at) AS stands_until,
        said,
        last_value(CASE WHEN has_pcs THEN as_at END IGNORE NULLS) OVER so_far AS pcs_as_at,
        last_value(CASE WHEN pcs_status = 'met' THEN as_at END IGNORE NULLS) OVER so_far AS pcs_last_met_on,
        last_value(CASE WHEN pcs_status = 'met' THEN evidence END IGNORE NULLS) OVER so_far AS pcs_last_met_evidence,
        last_value(CASE WHEN has_pcso THEN as_at END IGNORE NULLS) OVER so_far AS pcso_as_at,
        last_value(CASE WHEN pcso_status = 'met' THEN as_at END IGNORE NULLS) OVER so_far AS pcso_last_met_on,
        last_value(CASE WHEN pcso_status = 'met' THEN evidence END IGNORE NULLS) OVER so_far AS pcso_last_met_evidence
    FROM reading
    WINDOW so_far AS (PARTITION BY ward_code ORDER BY as_at ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
-- Where a row says nothing of a half, an earlier one of the ward is looked up: only of wards with such rows.
earlier AS (
    SELECT ward_code, as_at, said
    FROM reading
    WHERE ward_code IN (SELECT ward_code FROM reading WHERE NOT has_pcs OR NOT has_pcso)
),
latest AS (
    SELECT
        known.*,
        CASE WHEN pcs_as_at IS NOT NULL THEN coalesce(pcs_earlier.said, known.said) END AS pcs,
        CASE WHEN pcso_as_at IS NOT NULL THEN coalesce(pcso_earlier.said, known.said) END AS pcso
    FROM known
    LEFT JOIN earlier AS pcs_earlier
        ON pcs_earlier.ward_code = known.ward_code AND pcs_earlier.as_at = known.pcs_as_at
    LEFT JOIN earlier AS pcso_earlier
        ON pcso_earlier.ward_code = known.ward_code AND pcso_earlier.as_at = known.pcso_as_at
),
halves AS (
    SELECT
        ward_code,
        stands_from,
        stands_until,
        coalesce(pcs.pcs_status, 'not_known') AS pcs_status,
        pcs.dedicated_pcs,
        pcs.is_minimum AS pcs_is_minimum,
        pcs.basis AS pcs_basis,
        pcs.evidence AS pcs_evidence,
        pcs_as_at,
        pcs.as_at_precision AS pcs_as_at_precision,
        pcs.source_id AS pcs_source_id,
        coalesce(pcs.pcs_status = 'short' AND pcs_last_met_on < pcs_as_at, false) AS is_pcs_lapsed,
        pcs_last_met_on,
        pcs_last_met_evidence,
        coalesce(pcso.pcso_status, 'not_known') AS pcso_status,
        pcso.dedicated_pcsos,
        pcso.is_minimum AS pcso_is_minimum,
        pcso.basis AS pcso_basis,
        pcso.evidence AS pcso_evidence,
        pcso_as_at,
        pcso.as_at_precision AS pcso_as_at_precision,
        pcso.source_id AS pcso_source_id,
        coalesce(pcso.pcso_status = 'short' AND pcso_last_met_on < pcso_as_at, false) AS is_pcso_lapsed,
        pcso_last_met_on,
        pcso_last_met_evidence
    FROM latest
),
rated AS (
    SELECT
        *,
        ward_status_of(pcs_status, pcso_status) AS ward_status,
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
