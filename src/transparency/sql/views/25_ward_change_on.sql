-- Title: Change between a ward's two latest rows on a day
-- Grain: one row for each ward with at least two staffing rows up to the day
-- Unit: counts in the unit named by each row's basis; a change is given only between equal bases
-- Caveats: a change from or to a minimum, or from or to a figure that is not known, is not known
CREATE MACRO ward_change_on(on_day) AS TABLE
SELECT
    run.ward_code,
    latest.as_at, latest.as_at_precision, latest.dedicated_pcs, latest.dedicated_pcsos, latest.is_minimum,
    latest.basis, latest.evidence, latest.source_id,
    previous.as_at AS previous_as_at,
    previous.as_at_precision AS previous_as_at_precision,
    previous.dedicated_pcs AS previous_dedicated_pcs,
    previous.dedicated_pcsos AS previous_dedicated_pcsos,
    previous.is_minimum AS previous_is_minimum,
    previous.basis AS previous_basis,
    previous.evidence AS previous_evidence,
    previous.source_id AS previous_source_id,
    CASE WHEN latest.basis = previous.basis AND NOT latest.is_minimum AND NOT previous.is_minimum
        THEN latest.dedicated_pcs - previous.dedicated_pcs END AS dedicated_pcs_change,
    CASE WHEN latest.basis = previous.basis AND NOT latest.is_minimum AND NOT previous.is_minimum
        THEN latest.dedicated_pcsos - previous.dedicated_pcsos END AS dedicated_pcsos_change
FROM staffing_run AS run
JOIN current_staffing AS latest ON latest.ward_code = run.ward_code AND latest.as_at = run.as_at
JOIN current_staffing AS previous ON previous.ward_code = run.ward_code AND previous.as_at = run.previous_as_at
WHERE run.as_at <= on_day AND (run.stands_until IS NULL OR run.stands_until > on_day);
