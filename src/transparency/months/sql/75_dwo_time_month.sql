-- Title: Time recorded and abstracted, month by month
-- Grain: one row for each place (London, a command unit, a borough or a ward) and month with recorded time
-- Unit: minutes on duty; abstraction_pct from 0 to 100
-- Caveats: as dwo_place_month and dwo_ward_month; a month without recorded time is missing, which is not zero
CREATE VIEW dwo_time_month AS
SELECT place_kind, place_code, month, as_at, minutes, minutes_abstracted, abstraction_pct
FROM dwo_place_month
WHERE minutes > 0
UNION ALL
SELECT 'ward', ward_code, month, as_at, minutes, minutes_abstracted, abstraction_pct
FROM dwo_ward_month
WHERE minutes > 0;
