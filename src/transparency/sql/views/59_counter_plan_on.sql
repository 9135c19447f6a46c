-- Title: Front counters: draft, decision and outcome
-- Grain: one row for each front counter and review (2017, 2025) that proposed or decided something of it
-- Caveats: three things that stay apart. The draft is the proposal of July 2017 or August 2025; the decision that
--   of November and December 2017 or of October 2025 on, the last one where two were published
--   (`decisions_count`); the outcome is the state on the day, for the review of 2017 at the latest at the end of
--   2018. `is_departure` is true where one of the three differs from the one before, or where a counter was kept
--   without the round-the-clock hours then promised for one counter in each borough
CREATE MACRO counter_plan_on(on_day) AS TABLE
WITH event AS (
    SELECT
        *,
        CASE WHEN event_on < DATE '2025-01-01' THEN 2017 ELSE 2025 END AS review,
        starts_with(event, 'proposed') AS is_draft,
        starts_with(event, 'decided') AS is_decision
    FROM site_event_dated
    WHERE site_kind = 'front_counter'
      AND event_on BETWEEN DATE '2017-07-01' AND on_day
      AND (event_on < DATE '2018-01-01' OR event_on >= DATE '2025-08-01')
),
planned AS (
    SELECT
        site_id,
        review,
        arg_max(event, event_on) FILTER (is_draft) AS draft,
        arg_max(event, event_on) FILTER (is_decision) AS decision,
        max(event_on) FILTER (is_decision) AS decision_on,
        arg_max(opening_hours, event_on) FILTER (is_decision) AS decision_hours,
        arg_max(note, event_on) FILTER (is_decision) AS decision_note,
        arg_max(evidence, event_on) FILTER (is_decision) AS decision_evidence,
        arg_max(source_id, event_on) AS plan_source_id,
        coalesce(list_unique(list(event) FILTER (is_decision)), 0) AS decisions_count
    FROM event
    WHERE is_draft OR is_decision
    GROUP BY site_id, review
),
outcomes AS (
    SELECT 2017 AS review, site_id, site_name, borough_code, borough_name, site_status, opening_hours
    FROM site_status_on(least(on_day, DATE '2018-12-31'))
    UNION ALL
    SELECT 2025, site_id, site_name, borough_code, borough_name, site_status, opening_hours
    FROM site_status_on(on_day)
)
SELECT
    planned.*,
    outcomes.* EXCLUDE (site_id, review),
    coalesce(
        draft = 'proposed_close' AND decision = 'decided_keep'
        OR decision = 'decided_close' AND site_status = 'open' AND on_day >= decision_on + INTERVAL 6 MONTH
        OR decision = 'decided_keep' AND review = 2017 AND decision_hours IS DISTINCT FROM '24/7'
        OR draft = 'proposed_open' AND site_status = 'not_open'
        OR decisions_count > 1,
        false
    ) AS is_departure
FROM planned
JOIN outcomes USING (site_id, review);
