-- Title: Activity by type, several months together
-- Grain: one row for each place of dwo_activity_type_month, type, and whether it counts as abstracted
-- Unit: minutes on duty; share_pct of all the place's recorded time, from 0 to 100
-- Caveats: as dwo_activity_type_month; both months are included
CREATE MACRO dwo_activity_type_between(first_month, last_month) AS TABLE
SELECT
    place_kind,
    place_code,
    abstraction_type,
    is_abstracted,
    sum(minutes) AS minutes,
    100 * sum(minutes) / nullif(sum(sum(minutes)) OVER (PARTITION BY place_kind, place_code), 0) AS share_pct
FROM dwo_activity_type_month
WHERE month BETWEEN first_month AND last_month
GROUP BY place_kind, place_code, abstraction_type, is_abstracted;
