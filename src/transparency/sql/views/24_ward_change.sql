-- Title: Change from each of a ward's staffing rows to the next
-- Grain: one row for each staffing row since the promise that has one of the same ward before it
-- Unit: counts in the unit named by each row's basis; a change is given only between equal bases
-- Caveats: a change from or to a minimum, or from or to a figure that is not known, is not known. The row is a
--   ward's latest from as_at to the day before stands_until, blank where nothing newer is held. Kept as a table, since
--   it is the same on every day, in the order of days, so that those of one day lie together
CREATE TABLE ward_change AS
WITH run AS (
    SELECT
        ward_code,
        as_at,
        lag(as_at) OVER in_order AS previous_as_at,
        lead(as_at) OVER in_order AS stands_until
    FROM current_staffing
    WHERE as_at >= DATE '2016-07-21'
    WINDOW in_order AS (PARTITION BY ward_code ORDER BY as_at)
)
SELECT
    run.ward_code,
    run.stands_until,
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
FROM run
JOIN current_staffing AS latest ON latest.ward_code = run.ward_code AND latest.as_at = run.as_at
JOIN current_staffing AS previous ON previous.ward_code = run.ward_code AND previous.as_at = run.previous_as_at
ORDER BY latest.as_at, run.ward_code;
