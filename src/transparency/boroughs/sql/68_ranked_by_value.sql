-- Title: Boroughs ranked by a value
-- Grain: one row for each of the boroughs given that has a value, largest first by `place`
-- Unit: ranks, 1 for the largest
-- Caveats: values equal at `decimals` places (-2: to the hundred) share a rank; a large or small value is not better
--   or worse. `compared` is a list, so that a reader's choice of boroughs is ranked by itself
CREATE MACRO ranked_by_value(compared, decimals) AS TABLE
SELECT
    row_number() OVER (ORDER BY round(value, decimals) DESC, borough_name) AS place,
    rank() OVER (ORDER BY round(value, decimals) DESC) AS rank,
    count(*) OVER (PARTITION BY round(value, decimals)) > 1 AS is_tied,
    false AS is_no_real_difference,
    *
FROM (SELECT unnest(compared, recursive := true))
WHERE value IS NOT NULL;
