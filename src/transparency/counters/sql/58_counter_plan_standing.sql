-- Title: Front counters: draft and decision, from day to day
-- Grain: one row for each front counter, review (2017, 2025) that proposed or decided something of it, and run of days
--   on which nothing of any counter is proposed or decided; the run goes from stands_from to the day before
--   stands_until, blank where nothing newer is known
-- Caveats: the draft is the proposal of July 2017 or August 2025; the decision that of November and December 2017 or of
--   October 2025 on, the last one where two were published (`decisions_count`). Kept as a table, since it is the same
--   on every day
CREATE TABLE counter_plan_standing AS
WITH event AS (
    SELECT
        *,
        CASE WHEN event_on < DATE '2025-01-01' THEN 2017 ELSE 2025 END AS review,
        starts_with(event, 'proposed') AS is_draft,
        starts_with(event, 'decided') AS is_decision
    FROM site_event_dated
    WHERE site_kind = 'front_counter'
      AND event_on >= DATE '2017-07-01'
      AND (event_on < DATE '2018-01-01' OR event_on >= DATE '2025-08-01')
      AND (is_draft OR is_decision)
),
run AS (
    SELECT event_on AS stands_from, lead(event_on) OVER (ORDER BY event_on) AS stands_until
    FROM (SELECT DISTINCT event_on FROM event)
)
SELECT
    stands_from,
    stands_until,
    site_id,
    review,
    arg_max(event, event_on) FILTER (is_draft) AS draft,
    max(event_on) FILTER (is_draft) AS draft_on,
    arg_max(note, event_on) FILTER (is_draft) AS draft_note,
    arg_max(event, event_on) FILTER (is_decision) AS decision,
    max(event_on) FILTER (is_decision) AS decision_on,
    arg_max(opening_hours, event_on) FILTER (is_decision) AS decision_hours,
    arg_max(note, event_on) FILTER (is_decision) AS decision_note,
    arg_max(evidence, event_on) FILTER (is_decision) AS decision_evidence,
    arg_max(source_id, event_on) AS plan_source_id,
    coalesce(list_unique(list(event) FILTER (is_decision)), 0) AS decisions_count
FROM run
JOIN event ON event_on <= stands_from
GROUP BY stands_from, stands_until, site_id, review;
