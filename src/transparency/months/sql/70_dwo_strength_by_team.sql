-- Title: Monthly strength by ward team
-- Grain: one row for each row of the workbook's strengths
-- Unit: full-time equivalents, by rank
-- Caveats: `month` is the first day of the month and `as_at` the last, whose ward set the teams are matched to;
--   a team matched to no ward, or to several, has no ward_code. Full-time equivalents are neither people nor the
--   posts counted in 2016 and 2017
CREATE VIEW dwo_strength_by_team AS
SELECT
    date_trunc('month', strength.as_at)::DATE AS month,
    strength.as_at,
    strength.borough_code,
    boroughs.borough_name,
    boroughs.bcu_code,
    boroughs.bcu_name,
    strength.team_name,
    strength.ward_code,
    ward.ward_name,
    strength.match_method,
    strength.is_shared,
    strength.shared_ward_codes,
    strength.is_contradicted,
    strength.rank,
    strength.fte,
    strength.revision,
    strength.snapshot_published_on
FROM dwo_strength_edition AS strength
JOIN boroughs USING (borough_code)
LEFT JOIN ward ON ward.ward_code = strength.ward_code;
