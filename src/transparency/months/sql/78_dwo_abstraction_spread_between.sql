-- Title: How far wards lie apart in their share of time abstracted, several months together
-- Grain: one row for London and each borough
-- Unit: % of a ward's recorded time; wards
-- Caveats: as dwo_ward_share_between; each ward counts once, whatever its time; wards without recorded time of their own
--   are left out, and wards_count says how many are in. Quantiles are interpolated between the two nearest wards
CREATE MACRO dwo_abstraction_spread_between(first_month, last_month) AS TABLE
SELECT
    coalesce(borough_code, london_code()) AS place_code,
    count(abstraction_pct) AS wards_count,
    min(abstraction_pct) AS least_pct,
    quantile_cont(abstraction_pct, 0.25) AS quarter_pct,
    median(abstraction_pct) AS middle_pct,
    quantile_cont(abstraction_pct, 0.75) AS three_quarters_pct,
    max(abstraction_pct) AS most_pct
FROM dwo_ward_share_between(first_month, last_month)
GROUP BY GROUPING SETS ((), (borough_code))
HAVING count(*) > 0;
