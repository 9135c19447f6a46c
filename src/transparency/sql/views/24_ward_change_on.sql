-- Title: Change between a ward's two latest rows on a day
-- Grain: one row for each ward with at least two staffing rows up to the day
-- Unit: counts in the unit named by each row's basis; a change is given only between equal bases
-- Caveats: a change from or to a minimum, or from or to a figure that is not known, is not known
CREATE MACRO ward_change_on(on_day) AS TABLE
WITH dated AS (
    SELECT
        *,
        row_number() OVER newest AS recency,
        lead(as_at) OVER newest AS previous_as_at,
        lead(as_at_precision) OVER newest AS previous_as_at_precision,
        lead(dedicated_pcs) OVER newest AS previous_dedicated_pcs,
        lead(dedicated_pcsos) OVER newest AS previous_dedicated_pcsos,
        lead(is_minimum) OVER newest AS previous_is_minimum,
        lead(basis) OVER newest AS previous_basis,
        lead(evidence) OVER newest AS previous_evidence,
        lead(source_id) OVER newest AS previous_source_id
    FROM current_staffing
    WHERE as_at <= on_day AND as_at >= DATE '2016-07-21'
    WINDOW newest AS (PARTITION BY ward_code ORDER BY as_at DESC)
)
SELECT
    ward_code,
    as_at, as_at_precision, dedicated_pcs, dedicated_pcsos, is_minimum, basis, evidence, source_id,
    previous_as_at, previous_as_at_precision, previous_dedicated_pcs, previous_dedicated_pcsos,
    previous_is_minimum, previous_basis, previous_evidence, previous_source_id,
    CASE WHEN basis = previous_basis AND NOT is_minimum AND NOT previous_is_minimum
        THEN dedicated_pcs - previous_dedicated_pcs END AS dedicated_pcs_change,
    CASE WHEN basis = previous_basis AND NOT is_minimum AND NOT previous_is_minimum
        THEN dedicated_pcsos - previous_dedicated_pcsos END AS dedicated_pcsos_change
FROM dated
WHERE recency = 1 AND previous_as_at IS NOT NULL;
