-- Title: Time recorded and abstracted, month by month
-- Grain: one row for each place (London, a command unit, a borough or a ward) and month with recorded time
-- Unit: minutes on duty; abstraction_pct from 0 to 100; boroughs
-- Caveats: as dwo_place_month and dwo_ward_month; a month without recorded time is missing, which is not zero. A total
--   is of the boroughs_with_activity_count boroughs in it; a ward's is 1
CREATE VIEW dwo_time_month AS
SELECT
    place_kind, place_code, month, as_at, boroughs_with_activity_count, minutes, minutes_abstracted, abstraction_pct
FROM dwo_place_month
WHERE minutes > 0
UNION ALL
SELECT 'ward', ward_code, month, as_at, 1, minutes, minutes_abstracted, abstraction_pct
FROM dwo_ward_month
WHERE minutes > 0;
