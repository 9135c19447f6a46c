-- Title: How far wards lie apart in their strength
-- Grain: one row for each month stored and London or a borough
-- Unit: full-time equivalents of a ward's own teams; wards
-- Caveats: each ward counts once; wards without a figure of their own are left out, which is not zero, and the counts
--   say how many are in. Quartiles are interpolated between the two nearest wards
CREATE VIEW dwo_strength_spread_month AS
SELECT
    month,
    coalesce(borough_code, london_code()) AS place_code,
    count(constable_fte) AS wards_with_constables_count,
    quantile_cont(constable_fte, 0.25) AS constable_quarter_fte,
    median(constable_fte) AS constable_middle_fte,
    quantile_cont(constable_fte, 0.75) AS constable_three_quarters_fte,
    count(pcso_fte) AS wards_with_pcsos_count,
    quantile_cont(pcso_fte, 0.25) AS pcso_quarter_fte,
    median(pcso_fte) AS pcso_middle_fte,
    quantile_cont(pcso_fte, 0.75) AS pcso_three_quarters_fte
FROM dwo_ward_month
GROUP BY GROUPING SETS ((month), (month, borough_code));
