-- Title: London's or a borough's figure for a measure, from day to day
-- Grain: one row for each geography, metric and run of days on which one figure is the newest; the run goes from
--   stands_from, the day from which it is surely known, to the day before stands_until, blank where nothing newer is held
-- Unit: named in the column unit
-- Caveats: a figure that is said (is_said, in the order of said_order on one day), never a target or a plan, and
--   not older than the promise of 21 July 2016; derived is our own sum. Kept as a table, since it is the same on
--   every day
CREATE TABLE published_figure_standing AS
WITH figure AS (
    SELECT *, known_from(as_at, as_at_precision) AS stands_from
    FROM current_published_figures
    WHERE is_said(kind)
      AND as_at >= promised_on()
    QUALIFY row_number() OVER (
        PARTITION BY geography_code, metric, stands_from
        ORDER BY said_order(kind), figure_id
    ) = 1
)
SELECT
    stands_from,
    lead(stands_from) OVER (PARTITION BY geography_code, metric ORDER BY stands_from) AS stands_until,
    geography_code, metric, value, unit, kind, as_at, as_at_precision, note, source_id, figure_id
FROM figure;
