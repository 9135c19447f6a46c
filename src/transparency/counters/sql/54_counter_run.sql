-- Title: Runs of days on which the same front counters are open
-- Grain: one row for each run of days; it goes from stands_from to the day before stands_until, blank where nothing
--   newer is known
-- Caveats: the days on which a row of counter_standing begins or ends. Kept as a table, since it is the same on every day
CREATE TABLE counter_run AS
SELECT stands_from, lead(stands_from) OVER (ORDER BY stands_from) AS stands_until
FROM (
    SELECT stands_from FROM counter_standing
    UNION
    SELECT stands_until FROM counter_standing WHERE stands_until IS NOT NULL
);
