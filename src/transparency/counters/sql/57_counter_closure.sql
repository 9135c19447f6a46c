-- Title: Closures of front counters
-- Grain: one row for each closing since 1 January 2017; a counter closed twice has two
-- Caveats: a closing known only to the month or year has certainly taken effect by its last day; `reopened_on` is the
--   next opening after it, the first day of a month where no more is known. Kept as a table, since it is the same on every day
CREATE TABLE counter_closure AS
SELECT
    closing.site_id, closing.site_name, closing.borough_code, closing.borough_name,
    closing.event_on AS closed_on,
    closing.date_precision AS closed_precision,
    closing.effective_on AS closed_effective_on,
    closing.evidence, closing.note, closing.source_id,
    min(opening.event_on) AS reopened_on,
    arg_min(opening.date_precision, opening.event_on) AS reopened_precision
FROM site_event_dated AS closing
LEFT JOIN site_event_dated AS opening
    ON opening.site_id = closing.site_id
   AND opening.event IN ('opened', 'reopened')
   AND opening.effective_on > closing.effective_on
WHERE closing.site_kind = 'front_counter'
  AND closing.event = 'closed'
  AND closing.effective_on >= DATE '2017-01-01'
GROUP BY ALL;
