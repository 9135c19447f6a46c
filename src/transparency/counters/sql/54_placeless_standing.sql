-- Title: Open front counters of unknown place around each borough, from day to day
-- Grain: one row for each borough and run of days on which an open counter in it or in an adjoining one has no position
-- Caveats: the rows of counter_standing that are not placed. Kept as a table, since it is the same on every day
CREATE TABLE placeless_standing AS
SELECT
    run.stands_from,
    run.stands_until,
    around.borough_code,
    list(site_name ORDER BY site_name) AS site_names
FROM counter_run AS run
JOIN counter_standing AS counter
  ON counter.stands_from <= run.stands_from
 AND (counter.stands_until IS NULL OR counter.stands_until > run.stands_from)
JOIN borough_around AS around ON around.around_borough_code = counter.borough_code
WHERE NOT counter.is_placed
GROUP BY run.stands_from, run.stands_until, around.borough_code;
