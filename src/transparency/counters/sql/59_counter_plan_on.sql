-- Title: Front counters: draft, decision and outcome
-- Grain: one row for each front counter and review (2017, 2025) that proposed or decided something of it
-- Caveats: three things that stay separate. Draft and decision are the row of counter_plan_standing whose run of days
--   holds the day; the outcome is the state on the day, for the review of 2017 at the latest at the end of
--   2018. `is_departure` is true where one of the three differs from the one before, or where a counter was kept
--   without the 24-hour opening then promised for one counter in each borough
CREATE MACRO counter_plan_on(on_day) AS TABLE
WITH planned AS (
    SELECT
        * EXCLUDE (stands_from, stands_until),
        CASE review WHEN 2017 THEN least(on_day, DATE '2018-12-31') ELSE on_day END AS outcome_on
    FROM counter_plan_standing
    WHERE stands_from <= on_day AND (stands_until IS NULL OR stands_until > on_day)
)
SELECT
    planned.* EXCLUDE (outcome_on),
    outcome.site_name, outcome.borough_code, outcome.borough_name, outcome.site_status, outcome.opening_hours,
    coalesce(
        draft = 'proposed_close' AND decision = 'decided_keep'
        OR decision = 'decided_close' AND site_status = 'open' AND on_day >= decision_on + INTERVAL 6 MONTH
        OR decision = 'decided_keep' AND review = 2017 AND decision_hours IS DISTINCT FROM '24/7'
        OR draft = 'proposed_open' AND site_status = 'not_open'
        OR decisions_count > 1,
        false
    ) AS is_departure
FROM planned
JOIN site_standing AS outcome
  ON outcome.site_id = planned.site_id
 AND outcome.stands_from <= outcome_on
 AND (outcome.stands_until IS NULL OR outcome.stands_until > outcome_on);
