-- Title: What Londoners asked say of their police, beside the quarter of the promise
-- Grain: one row for London and each borough, quarter and question
-- Unit: % of people asked; change_points in percentage points since the quarter of the promise
-- Caveats: estimates from interviews, without margins: a difference of a few points may not be real. The quarter of the
--   promise is the first that ended after it (to September 2016); up to it there is no change. The file does not say
--   how people were asked, or whether that changed
CREATE VIEW attitude_quarter AS
WITH promised AS (
    SELECT min(quarter_end) AS promised_quarter_end
    FROM current_public_attitude_borough
    WHERE quarter_end >= promised_on()
)
SELECT
    now.geography_code,
    now.quarter_end,
    now.measure,
    now.percent,
    promised_quarter_end,
    before.percent AS promised_percent,
    if(now.quarter_end > promised_quarter_end, now.percent - before.percent, NULL) AS change_points
FROM current_public_attitude_borough AS now
CROSS JOIN promised
LEFT JOIN current_public_attitude_borough AS before
    ON before.geography_code = now.geography_code
    AND before.measure = now.measure
    AND before.quarter_end = promised_quarter_end;
