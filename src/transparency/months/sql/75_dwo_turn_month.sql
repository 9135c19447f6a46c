-- Title: Wards whose standing turned from one month to the next
-- Grain: one row for each month whose month before is stored with the same wards, and London or a borough
-- Unit: names of wards
-- Caveats: came_to_meet were short of the promise the month before, fell_short met it, no_longer_published were
--   known; a ward that turns to or from partly known is in none of the three
CREATE VIEW dwo_turn_month AS
SELECT
    now.month,
    coalesce(now.borough_code, london_code()) AS place_code,
    coalesce(list(now.ward_name ORDER BY now.ward_name) FILTER (
        now.ward_status = 'met' AND before.ward_status IN ('pcs_short', 'pcso_short', 'both_short')
    ), []) AS came_to_meet,
    coalesce(list(now.ward_name ORDER BY now.ward_name) FILTER (
        before.ward_status = 'met' AND now.ward_status IN ('pcs_short', 'pcso_short', 'both_short')
    ), []) AS fell_short,
    coalesce(list(now.ward_name ORDER BY now.ward_name) FILTER (
        before.ward_status <> 'not_published' AND now.ward_status = 'not_published'
    ), []) AS no_longer_published
FROM dwo_ward_month AS now
JOIN dwo_ward_month AS before
    ON before.ward_code = now.ward_code AND before.month = now.month - INTERVAL 1 MONTH
   AND before.vintage = now.vintage
GROUP BY GROUPING SETS ((now.month), (now.month, now.borough_code));
