-- Title: Activity by type, month by month
-- Grain: one row for each month stored, place (London, a command unit, a borough or a ward), type, and whether it
--   counts as abstracted
-- Unit: minutes on duty
-- Caveats: types are as the workbook writes them; a ward has the rows of teams matched to it alone
CREATE VIEW dwo_activity_type_month AS
SELECT month, 'london' AS place_kind, london_code() AS place_code, abstraction_type, is_abstracted,
       round(sum(minutes), 6) AS minutes
FROM dwo_activity_by_team
GROUP BY month, abstraction_type, is_abstracted
UNION ALL
SELECT month, 'bcu', bcu_code, abstraction_type, is_abstracted, round(sum(minutes), 6)
FROM dwo_activity_by_team
GROUP BY month, bcu_code, abstraction_type, is_abstracted
UNION ALL
SELECT month, 'borough', borough_code, abstraction_type, is_abstracted, round(sum(minutes), 6)
FROM dwo_activity_by_team
GROUP BY month, borough_code, abstraction_type, is_abstracted
UNION ALL
SELECT month, 'ward', ward_code, abstraction_type, is_abstracted, round(sum(minutes), 6)
FROM dwo_activity_by_team
WHERE ward_code IS NOT NULL
GROUP BY month, ward_code, abstraction_type, is_abstracted;
