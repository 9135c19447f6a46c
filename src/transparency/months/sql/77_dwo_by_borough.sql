-- Title: Strength and abstraction by borough and month
-- Grain: one row for each month, borough and rank; and one without a rank for the borough's minutes
-- Unit: full-time equivalents; minutes on duty
-- Caveats: minutes are not published by rank, so they stand in a row of their own whose rank is blank, and adding
--   up any column counts nothing twice
CREATE VIEW dwo_by_borough AS
SELECT month, borough_code, coalesce(rank, 'not stated') AS rank, round(sum(fte), 6) AS fte,
       NULL::DOUBLE AS minutes, NULL::DOUBLE AS minutes_abstracted
FROM dwo_strength_by_team
GROUP BY month, borough_code, rank
UNION ALL
SELECT month, borough_code, NULL, NULL, round(sum(minutes), 6),
       round(sum(CASE WHEN is_abstracted THEN minutes ELSE 0 END), 6)
FROM dwo_activity_by_team
GROUP BY month, borough_code;
