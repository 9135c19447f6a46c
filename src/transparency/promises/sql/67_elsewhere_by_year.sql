-- Title: Share of ward officers' recorded time spent elsewhere in London, by calendar year
-- Grain: one row for each calendar year with all twelve months
-- Unit: per cent of recorded minutes
-- Caveats: elsewhere is every type of time but not_abstracted, this project's reading: training, court and custody are
--   in it, and the reason for aid is not recorded. Of the copied edition alone; March 2020 is incomplete and left out,
--   January 2019 is of 26 boroughs. promise_status by the rule of ring-fencing: met with no time elsewhere, not_met
--   from half of the time on, partly_met between. published_on is that of the copy
CREATE VIEW elsewhere_by_year AS
WITH years AS (
    SELECT
        year(month) AS year,
        round(
            100.0 * sum(if(activity_type <> 'not_abstracted', minutes, 0)) FILTER (is_complete)
            / sum(minutes) FILTER (is_complete), 1
        ) AS elsewhere_percent,
        max(source_id) AS source_id
    FROM current_abstraction_borough
    GROUP BY year(month)
    HAVING count(DISTINCT month) = 12
)
SELECT
    years.*,
    published_on,
    CASE
        WHEN elsewhere_percent = 0 THEN 'met'
        WHEN elsewhere_percent < 50 THEN 'partly_met'
        ELSE 'not_met'
    END AS promise_status
FROM years
JOIN current_sources USING (source_id);
