-- Title: How far wards lie apart in their share of time abstracted, several months together
-- Grain: one row for London and each borough
-- Unit: % of a ward's recorded time; wards
-- Caveats: as dwo_ward_share_between and pct_spread
CREATE MACRO dwo_abstraction_spread_between(first_month, last_month) AS TABLE
WITH spread AS (
    SELECT coalesce(borough_code, london_code()) AS place_code, pct_spread(abstraction_pct) AS spread
    FROM dwo_ward_share_between(first_month, last_month)
    GROUP BY GROUPING SETS ((), (borough_code))
    HAVING count(*) > 0
)
SELECT * EXCLUDE (spread), unnest(spread) FROM spread;
