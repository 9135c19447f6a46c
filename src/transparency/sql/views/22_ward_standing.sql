-- Title: Ward status from day to day
-- Grain: one row for each ward and run of days on which the same is known of it, for wards with a row that decides
-- Unit: counts of constables and PCSOs, each in the unit named by its basis; the run goes from stands_from to the
--   day before stands_until, blank where nothing newer is held
-- Caveats: met needs both halves met; one half short makes the ward short; one half met and the other
--   not known is partly known; neither known is not published, which is never met and never unmet.
--   `evidence` is that of the half or halves the status rests on, and the weaker of two: declared where
--   either rests on a declaration for all wards
CREATE TABLE ward_standing AS
WITH changes AS (
    SELECT
        ward_code,
        as_at AS stands_from,
        lead(as_at) OVER (PARTITION BY ward_code ORDER BY as_at) AS stands_until
    FROM (SELECT DISTINCT ward_code, as_at FROM half_standing)
),
halves AS (
    SELECT
        changes.ward_code,
        changes.stands_from,
        changes.stands_until,
        coalesce(pcs.half_status, 'not_known') AS pcs_status,
        pcs.half_count AS dedicated_pcs,
        pcs.is_minimum AS pcs_is_minimum,
        pcs.basis AS pcs_basis,
        pcs.evidence AS pcs_evidence,
        pcs.as_at AS pcs_as_at,
        pcs.as_at_precision AS pcs_as_at_precision,
        pcs.source_id AS pcs_source_id,
        coalesce(pcs.is_lapsed, false) AS is_pcs_lapsed,
        pcs.last_met_on AS pcs_last_met_on,
        pcs.last_met_evidence AS pcs_last_met_evidence,
        coalesce(pcso.half_status, 'not_known') AS pcso_status,
        pcso.half_count AS dedicated_pcsos,
        pcso.is_minimum AS pcso_is_minimum,
        pcso.basis AS pcso_basis,
        pcso.evidence AS pcso_evidence,
        pcso.as_at AS pcso_as_at,
        pcso.as_at_precision AS pcso_as_at_precision,
        pcso.source_id AS pcso_source_id,
        coalesce(pcso.is_lapsed, false) AS is_pcso_lapsed,
        pcso.last_met_on AS pcso_last_met_on,
        pcso.last_met_evidence AS pcso_last_met_evidence
    FROM changes
    LEFT JOIN half_standing AS pcs
        ON pcs.ward_code = changes.ward_code AND pcs.half = 'pcs'
       AND pcs.as_at <= changes.stands_from
       AND (pcs.stands_until IS NULL OR pcs.stands_until > changes.stands_from)
    LEFT JOIN half_standing AS pcso
        ON pcso.ward_code = changes.ward_code AND pcso.half = 'pcsos'
       AND pcso.as_at <= changes.stands_from
       AND (pcso.stands_until IS NULL OR pcso.stands_until > changes.stands_from)
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
    stands_from,
    stands_until,
    ward_status,
    CASE
        WHEN list_contains(rests_on, 'demonstration') THEN 'demonstration'
        WHEN list_contains(rests_on, 'declared') THEN 'declared'
        WHEN list_contains(rests_on, 'confirmed') THEN 'confirmed'
        WHEN list_contains(rests_on, 'published') THEN 'published'
    END AS evidence,
    is_pcs_lapsed OR is_pcso_lapsed AS is_lapsed,
    greatest(pcs_as_at, pcso_as_at) AS as_at,
    * EXCLUDE (ward_code, stands_from, stands_until, ward_status, rests_on)
FROM rated
ORDER BY ward_code, stands_from;
