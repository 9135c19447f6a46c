-- Title: The promise of ring-fencing, rated on the share of recorded time elsewhere by calendar year
-- Grain: one row for each calendar year with all twelve months
-- Unit: % of recorded hours
-- Caveats: as elsewhere_year of London; January 2019 is of 26 boroughs. promise_status by the rule of ring-fencing: met
--   with no time elsewhere, not_met from half of the time on, partly_met between. published_on is that of the copy
CREATE VIEW elsewhere_by_year AS
SELECT
    year,
    elsewhere_percent,
    source_id,
    published_on,
    CASE
        WHEN elsewhere_percent = 0 THEN 'met'
        WHEN elsewhere_percent < 50 THEN 'partly_met'
        ELSE 'not_met'
    END AS promise_status
FROM elsewhere_year
CROSS JOIN (SELECT source_id FROM current_abstraction_borough LIMIT 1)
JOIN current_sources USING (source_id)
WHERE geography_code = london_code() AND months_count = 12;
