-- Title: How far wards lie apart in their share of time abstracted
-- Grain: one row for each month held and London or a borough
-- Unit: per cent of a ward's recorded time; wards
-- Caveats: each ward counts once, whatever its time; wards without recorded time of their own are left out, and
--   wards_count says how many are in
CREATE VIEW dwo_abstraction_spread_month AS
SELECT
    month,
    CASE WHEN grouping(borough_code) = 0 THEN 'borough' ELSE 'london' END AS place_kind,
    coalesce(borough_code, 'E12000007') AS place_code,
    count(abstraction_pct) AS wards_count,
    min(abstraction_pct) AS least_pct,
    quantile_cont(abstraction_pct, 0.1) AS tenth_pct,
    quantile_cont(abstraction_pct, 0.25) AS quarter_pct,
    median(abstraction_pct) AS middle_pct,
    quantile_cont(abstraction_pct, 0.75) AS three_quarters_pct,
    quantile_cont(abstraction_pct, 0.9) AS nine_tenths_pct,
    max(abstraction_pct) AS most_pct
FROM dwo_ward_month
WHERE abstraction_pct IS NOT NULL
GROUP BY GROUPING SETS ((month), (month, borough_code));
