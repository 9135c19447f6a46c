-- Title: London's or a borough's figure for a measure on a day
-- Grain: one row for each geography and metric with a figure up to the day
-- Unit: named in the column unit
-- Caveats: the newest figure up to the day that is reported, approximate or derived (in that order on one
--   day), never a target or a plan, and not older than the promise of 21 July 2016; derived is our own sum
CREATE MACRO published_figure_on(on_day) AS TABLE
SELECT geography_code, metric, value, unit, kind, as_at, as_at_precision, note, source_id, figure_id
FROM current_published_figures
WHERE kind IN ('reported', 'approximate', 'derived')
  AND as_at <= on_day
  AND as_at >= DATE '2016-07-21'
QUALIFY row_number() OVER (
    PARTITION BY geography_code, metric
    ORDER BY as_at DESC,
             CASE kind WHEN 'reported' THEN 1 WHEN 'approximate' THEN 2 ELSE 3 END,
             figure_id
) = 1;
