-- Title: Change from each of a ward's staffing rows to the next
-- Grain: one row for each staffing row since the promise that has one of the same ward before it
-- Unit: counts in the unit named by each row's basis; a change is given only between equal bases
-- Caveats: a change from or to a minimum, or from or to a figure that is not known, is not known. The row is a
--   ward's latest from stands_from, the day it is surely known, to the day before stands_until, blank where nothing
--   newer is stored. Kept as a table, since it is the same on every day, in the order of days, so that those of one day
--   lie together
CREATE TABLE ward_change AS
WITH run AS (
    SELECT
        ward_code,
        known_from(as_at, as_at_precision) AS stands_from,
        lead(stands_from) OVER in_order AS stands_until,
        as_at, as_at_precision, dedicated_pcs, dedicated_pcsos, is_minimum, basis, evidence, source_id,
        lag(as_at) OVER in_order AS previous_as_at,
        lag(as_at_precision) OVER in_order AS previous_as_at_precision,
        lag(dedicated_pcs) OVER in_order AS previous_dedicated_pcs,
        lag(dedicated_pcsos) OVER in_order AS previous_dedicated_pcsos,
        lag(is_minimum) OVER in_order AS previous_is_minimum,
        lag(basis) OVER in_order AS previous_basis,
        lag(evidence) OVER in_order AS previous_evidence,
        lag(source_id) OVER in_order AS previous_source_id,
        basis = previous_basis AND NOT is_minimum AND NOT previous_is_minimum AS is_comparable
    FROM current_staffing
    WHERE as_at >= promised_on()
    WINDOW in_order AS (PARTITION BY ward_code ORDER BY stands_from)
)
SELECT
    * EXCLUDE (is_comparable),
    CASE WHEN is_comparable THEN dedicated_pcs - previous_dedicated_pcs END AS dedicated_pcs_change,
    CASE WHEN is_comparable THEN dedicated_pcsos - previous_dedicated_pcsos END AS dedicated_pcsos_change
FROM run
WHERE previous_as_at IS NOT NULL
ORDER BY stands_from;
