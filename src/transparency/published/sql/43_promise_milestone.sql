-- Title: London's wards with two constables, as published since the promise
-- Grain: one row for each day on which a figure was published of them
-- Unit: wards; share_pct from 0 to 100
-- Caveats: on one day a reported figure comes before an approximate one and that before our sum. wards_count is blank
--   where only a percentage was published
CREATE VIEW promise_milestone AS
WITH figures AS (
    SELECT *
    FROM current_published_figures
    WHERE geography_code = london_code()
      AND metric IN ('wards_with_two_pcs', 'wards_with_two_pcs_percent')
      AND is_said(kind)
      AND as_at >= promised_on()
    QUALIFY row_number() OVER (
        PARTITION BY as_at
        ORDER BY said_order(kind), figure_id
    ) = 1
)
SELECT
    figures.as_at, as_at_precision, figures.kind, note,
    CASE WHEN metric = 'wards_with_two_pcs' THEN value END AS wards_count,
    CASE WHEN metric = 'wards_with_two_pcs' THEN ward_sets.wards END AS wards_total_count,
    CASE WHEN metric = 'wards_with_two_pcs' THEN 100 * value / ward_sets.wards ELSE value END AS share_pct,
    figures.source_id
FROM figures
JOIN ward_sets
  ON (in_force_from IS NULL OR in_force_from <= figures.as_at)
 AND (in_force_to IS NULL OR in_force_to >= figures.as_at);
