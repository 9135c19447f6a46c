-- Title: What was said of each half of the promise
-- Grain: one row for each staffing row and half (pcs: two constables; pcsos: one PCSO) with a count
-- Unit: half_count in the unit named by basis
-- Caveats: known_on, counts, decides and half_status as in staffing_reading
CREATE VIEW half_reading AS
SELECT ward_code, as_at, as_at_precision, known_on, revision, 'pcs' AS half, dedicated_pcs AS half_count,
       pcs_status AS half_status, is_minimum, basis, evidence, source_id, counts, decides
FROM staffing_reading
WHERE dedicated_pcs IS NOT NULL
UNION ALL
SELECT ward_code, as_at, as_at_precision, known_on, revision, 'pcsos', dedicated_pcsos,
       pcso_status, is_minimum, basis, evidence, source_id, counts, decides
FROM staffing_reading
WHERE dedicated_pcsos IS NOT NULL;
