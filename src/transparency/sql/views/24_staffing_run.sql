-- Title: Each ward's staffing rows one after the other
-- Grain: one row for each staffing row since the promise: its day, the ward's row before it, and the next
-- Caveats: the row is a ward's latest from as_at to the day before stands_until, blank where nothing newer is held.
--   Kept as a table, since it is the same on every day
CREATE TABLE staffing_run AS
SELECT
    ward_code,
    as_at,
    lag(as_at) OVER in_order AS previous_as_at,
    lead(as_at) OVER in_order AS stands_until
FROM current_staffing
WHERE as_at >= DATE '2016-07-21'
WINDOW in_order AS (PARTITION BY ward_code ORDER BY as_at);
