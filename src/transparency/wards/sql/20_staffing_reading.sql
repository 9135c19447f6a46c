-- Title: Which staffing rows count, which decide, and what they say of each half of the promise
-- Grain: one row for each staffing row
-- Unit: counts in the unit named by basis
-- Caveats: a row known only to its month or year counts from `known_on`, its last day. `counts` is true from 21 July 2016, the day of the promise; `decides` is false for figures
--   only reported or listed, which never make a ward met or short on their own. The promise counts officers, so a
--   number of posts, filled or vacant, rates neither half
CREATE VIEW staffing_reading AS
SELECT
    *,
    known_from(as_at, as_at_precision) AS known_on,
    half_status(dedicated_pcs, promised_pcs(), is_minimum, basis) AS pcs_status,
    half_status(dedicated_pcsos, promised_pcsos(), is_minimum, basis) AS pcso_status,
    as_at >= promised_on() AS counts,
    evidence IN ('published', 'confirmed', 'declared', 'demonstration') AS decides
FROM current_staffing;
