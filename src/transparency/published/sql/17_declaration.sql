-- Title: Declarations of the promise, their repetitions, and the model restated
-- Grain: one row for each day, geography and source that said every ward has two constables
-- Unit: officers per ward, as the statement put it
-- Caveats: `is_restated` where the statement gives the model and does not say that each ward has it. A repetition makes
--   no ward row; it is named in the sentence of the wards it speaks of. The first, of 28 December 2017, is also stored
--   ward by ward in staffing
CREATE TABLE declaration AS
SELECT pcs.geography_code, pcs.as_at, pcs.as_at_precision, pcs.value AS dedicated_pcs,
       any_value(pcsos.value) AS dedicated_pcsos, pcs.metric LIKE '%minimum' AS is_minimum,
       pcs.kind = 'restated' AS is_restated, pcs.source_id, pcs.note
FROM current_published_figures AS pcs
LEFT JOIN current_published_figures AS pcsos
    ON pcsos.geography_code = pcs.geography_code
   AND pcsos.as_at = pcs.as_at
   AND pcsos.source_id = pcs.source_id
   AND pcsos.metric IN ('pcso_per_ward', 'pcso_per_ward_minimum')
   AND pcsos.kind = pcs.kind
WHERE pcs.metric IN ('dwo_per_ward', 'dwo_per_ward_minimum')
  AND pcs.kind IN ('reported', 'restated')
  AND pcs.value >= promised_pcs()
  AND pcs.as_at >= declared_on()
GROUP BY ALL;
