-- Title: How far wards lie apart in their share of time abstracted
-- Grain: one row for each month stored and London or a borough; pct_spread: one spread of any group of shares
-- Unit: % of a ward's recorded time; wards
-- Caveats: each ward counts once, whatever its time; wards without recorded time of their own are left out, and
--   wards_count says how many are in. Quantiles are interpolated between the two nearest wards
CREATE MACRO pct_spread(pct) AS struct_pack(
    wards_count := count(pct),
    least_pct := min(pct),
    tenth_pct := quantile_cont(pct, 0.1),
    quarter_pct := quantile_cont(pct, 0.25),
    middle_pct := median(pct),
    three_quarters_pct := quantile_cont(pct, 0.75),
    nine_tenths_pct := quantile_cont(pct, 0.9),
    most_pct := max(pct)
);
CREATE VIEW dwo_abstraction_spread_month AS
WITH spread AS (
    SELECT
        month,
        CASE WHEN grouping(borough_code) = 0 THEN 'borough' ELSE 'london' END AS place_kind,
        coalesce(borough_code, london_code()) AS place_code,
        pct_spread(abstraction_pct) AS spread
    FROM dwo_ward_month
    WHERE abstraction_pct IS NOT NULL
    GROUP BY GROUPING SETS ((month), (month, borough_code))
)
SELECT * EXCLUDE (spread), unnest(spread) FROM spread;
