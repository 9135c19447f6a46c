-- Title: Monthly activity by ward team
-- Grain: one row for each row of the workbook's activity
-- Unit: minutes on duty
-- Caveats: an abstraction is on-duty activity outside the normal role, as the force classes it; minutes are not
--   published by rank; a team matched to no ward, or to several, has no ward_code
CREATE VIEW dwo_activity_by_team AS
SELECT
    date_trunc('month', activity.as_at)::DATE AS month,
    activity.as_at,
    activity.borough_code,
    boroughs.borough_name,
    boroughs.bcu_code,
    boroughs.bcu_name,
    activity.team_name,
    activity.ward_code,
    ward.ward_name,
    activity.match_method,
    activity.is_shared,
    activity.shared_ward_codes,
    activity.is_contradicted,
    activity.abstraction_type,
    activity.is_abstracted,
    activity.minutes,
    activity.revision,
    activity.snapshot_published_on
FROM dwo_activity_edition AS activity
JOIN boroughs USING (borough_code)
LEFT JOIN ward ON ward.ward_code = activity.ward_code;
