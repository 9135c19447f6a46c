-- Title: Open front counters of unknown place around each borough, from day to day
-- Grain: one row for each borough, open counter without a position in it or in an adjoining one, and run of days
-- Caveats: the rows of counter_standing that are not placed. Kept as a table, since it is the same on every day
CREATE TABLE placeless_standing AS
SELECT around.borough_code, stands_from, stands_until, site_name
FROM counter_standing
JOIN borough_around AS around ON around.around_borough_code = counter_standing.borough_code
WHERE NOT is_placed;
