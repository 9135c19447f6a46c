-- Title: The promise to be known by the community, rated on the survey
-- Grain: one row for the quarter in which it was promised (to September 2016) and each later one ending a year
-- Unit: % of people asked
-- Caveats: as attitude_quarter of London: a difference of five points or fewer is not rated. met: more than five points
--   above the quarter of the promise; not_met: more than five below it
CREATE VIEW known_by_community AS
SELECT
    quarter_end,
    percent,
    source_id,
    promised_quarter_end,
    promised_percent,
    CASE
        WHEN change_points > 5 THEN 'met'
        WHEN change_points < -5 THEN 'not_met'
        ELSE 'cannot_be_rated'
    END AS promise_status
FROM attitude_quarter
CROSS JOIN (SELECT source_id FROM current_public_attitude_borough LIMIT 1)
WHERE geography_code = london_code()
    AND measure = 'knows_how_to_contact_ward_officer'
    AND (quarter_end = promised_quarter_end OR (quarter_end > promised_quarter_end AND month(quarter_end) = 12));
