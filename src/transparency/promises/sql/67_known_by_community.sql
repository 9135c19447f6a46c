-- Title: Londoners who know how to contact their ward officer, beside the quarter of the promise
-- Grain: one row for the quarter in which it was promised (to September 2016) and each later one ending a year
-- Unit: per cent of people asked
-- Caveats: estimates from interviews, without margins: a difference of five points or fewer is not rated. met: more
--   than five points above the quarter of the promise; not_met: more than five below it
CREATE VIEW known_by_community AS
WITH quarters AS (
    SELECT quarter_end, percent, source_id
    FROM current_public_attitude_borough
    WHERE geography_code = london_code() AND measure = 'knows_how_to_contact_ward_officer'
),
promised AS (
    SELECT quarter_end AS promised_quarter_end, percent AS promised_percent
    FROM quarters
    WHERE quarter_end >= promised_on()
    ORDER BY quarter_end
    LIMIT 1
)
SELECT
    quarters.*,
    promised.*,
    CASE
        WHEN percent > promised_percent + 5 THEN 'met'
        WHEN percent < promised_percent - 5 THEN 'not_met'
        ELSE 'cannot_be_rated'
    END AS promise_status
FROM quarters
CROSS JOIN promised
WHERE quarter_end = promised_quarter_end OR (quarter_end > promised_quarter_end AND month(quarter_end) = 12);
