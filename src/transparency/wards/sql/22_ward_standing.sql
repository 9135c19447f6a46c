-- Title: Ward status from day to day
-- Grain: one row for each ward and run of days on which the same is known of it, for wards of which something is known
-- Unit: counts of constables and PCSOs, each in the unit named by its basis; the run goes from stands_from to the
--   day before stands_until, blank where nothing newer is stored
-- Caveats: met needs both halves met; one half short makes the ward short; one half met and the other
--   not known, or a count that rates neither (posts, a minimum), is partly known. A ward's own figure stands from
--   the day it is surely known (known_on) for twelve months; older, it is last known, which is neither met nor short. A declaration covers every ward in force while it
--   stands, then says nothing of any; a newer figure of the ward itself comes before it. `evidence` is that of the half
--   or halves the status rests on, and the weaker of two. A half is lapsed when an earlier row had it met and the latest
--   has it short
CREATE TABLE ward_standing AS
WITH reading AS (
    SELECT
        *,
        last_value(CASE WHEN half_status = 'met' THEN as_at END IGNORE NULLS) OVER so_far AS last_met_on,
        last_value(CASE WHEN half_status = 'met' THEN evidence END IGNORE NULLS) OVER so_far AS last_met_evidence
    FROM half_reading
    WHERE counts AND decides
    WINDOW so_far AS (PARTITION BY ward_code, half ORDER BY known_on ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
own AS (
    SELECT
        ward_code, half, as_at, known_on, last_known_from(known_on) AS old_from,
        struct_pack(
            half_status, half_count, is_minimum, basis, evidence, as_at, as_at_precision, source_id, last_met_on,
            last_met_evidence
        ) AS said
    FROM reading
    WHERE evidence <> 'declared'
),
declared AS (
    SELECT DISTINCT
        half, as_at, stands_until,
        struct_pack(
            half_status, half_count, is_minimum, basis, evidence, as_at, as_at_precision, source_id, last_met_on := as_at,
            last_met_evidence := evidence
        ) AS said
    FROM reading
    JOIN declaration_span USING (as_at)
    WHERE evidence = 'declared'
),
turn AS (
    SELECT ward_code, known_on AS turn_day FROM own
    UNION
    SELECT ward_code, old_from FROM own
    UNION
    SELECT ward_code, unnest([as_at, stands_until]) FROM declared, (SELECT DISTINCT ward_code FROM ward_in_set)
),
half_turn AS (
    SELECT
        turn.ward_code,
        turn.turn_day,
        asked.half,
        own.old_from <= turn.turn_day AS is_old,
        coalesce(turn.turn_day < declared.stands_until AND (own.as_at IS NULL OR is_old OR own.as_at < declared.as_at), false)
            AS is_declared,
        CASE WHEN is_declared THEN declared.said ELSE own.said END AS said
    FROM turn
    CROSS JOIN (VALUES ('pcs'), ('pcsos')) AS asked(half)
    ASOF LEFT JOIN own
        ON own.ward_code = turn.ward_code AND own.half = asked.half AND own.known_on <= turn.turn_day
    ASOF LEFT JOIN declared
        ON declared.half = asked.half AND declared.as_at <= turn.turn_day
),
half_known AS (
    SELECT
        ward_code,
        turn_day,
        half,
        said,
        CASE WHEN is_old AND NOT is_declared THEN 'last_known' ELSE said.half_status END AS half_status,
        NOT is_old AND said.half_status = 'short' AND said.last_met_on < said.as_at AS is_lapsed
    FROM half_turn
),
halves AS (
    SELECT
        pcs.ward_code,
        pcs.turn_day AS stands_from,
        lead(pcs.turn_day) OVER (PARTITION BY pcs.ward_code ORDER BY pcs.turn_day) AS stands_until,
        coalesce(pcs.half_status, 'not_known') AS pcs_status,
        pcs.said.half_count AS dedicated_pcs,
        pcs.said.is_minimum AS pcs_is_minimum,
        pcs.said.basis AS pcs_basis,
        pcs.said.evidence AS pcs_evidence,
        pcs.said.as_at AS pcs_as_at,
        pcs.said.as_at_precision AS pcs_as_at_precision,
        pcs.said.source_id AS pcs_source_id,
        coalesce(pcs.is_lapsed, false) AS is_pcs_lapsed,
        pcs.said.last_met_on AS pcs_last_met_on,
        pcs.said.last_met_evidence AS pcs_last_met_evidence,
        coalesce(pcso.half_status, 'not_known') AS pcso_status,
        pcso.said.half_count AS dedicated_pcsos,
        pcso.said.is_minimum AS pcso_is_minimum,
        pcso.said.basis AS pcso_basis,
        pcso.said.evidence AS pcso_evidence,
        pcso.said.as_at AS pcso_as_at,
        pcso.said.as_at_precision AS pcso_as_at_precision,
        pcso.said.source_id AS pcso_source_id,
        coalesce(pcso.is_lapsed, false) AS is_pcso_lapsed,
        pcso.said.last_met_on AS pcso_last_met_on,
        pcso.said.last_met_evidence AS pcso_last_met_evidence
    FROM half_known AS pcs
    JOIN half_known AS pcso USING (ward_code, turn_day)
    WHERE pcs.half = 'pcs' AND pcso.half = 'pcsos'
),
rated AS (
    SELECT
        *,
        CASE
            WHEN ward_status_of(pcs_status, pcso_status) IN ('not_published', 'last_known')
             AND (pcs_status = 'not_known' AND pcs_as_at IS NOT NULL OR pcso_status = 'not_known' AND pcso_as_at IS NOT NULL)
            THEN 'partly_known'
            ELSE ward_status_of(pcs_status, pcso_status)
        END AS ward_status,
        -- The evidence of the half or halves that the status rests on.
        CASE WHEN ward_status <> 'pcso_short' AND (pcs_status <> 'last_known' OR ward_status = 'last_known') THEN pcs_evidence END
            AS pcs_rests_on,
        CASE WHEN ward_status <> 'pcs_short' AND (pcso_status <> 'last_known' OR ward_status = 'last_known') THEN pcso_evidence END
            AS pcso_rests_on
    FROM halves
    WHERE pcs_as_at IS NOT NULL OR pcso_as_at IS NOT NULL
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
