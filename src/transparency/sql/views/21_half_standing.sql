-- Title: What is known of each half of the promise, from day to day
-- Grain: one row for each ward, half and run of days on which its newest row that decides is the same
-- Unit: half_count in the unit named by basis; the run goes from as_at to the day before stands_until, blank
--   where nothing newer is held
-- Caveats: the latest row that decides stands with its own date and evidence, however old; a half is lapsed
--   when an earlier row had it met and the latest has it short
CREATE TABLE half_standing AS
SELECT
    * EXCLUDE (revision, promised_count, counts, decides),
    coalesce(half_status = 'short' AND last_met_on < as_at, false) AS is_lapsed
FROM (
    SELECT
        *,
        lead(as_at) OVER (PARTITION BY ward_code, half ORDER BY as_at) AS stands_until,
        last_value(CASE WHEN half_status = 'met' THEN as_at END IGNORE NULLS) OVER so_far AS last_met_on,
        last_value(CASE WHEN half_status = 'met' THEN evidence END IGNORE NULLS) OVER so_far AS last_met_evidence
    FROM half_reading
    WHERE counts AND decides
    WINDOW so_far AS (
        PARTITION BY ward_code, half ORDER BY as_at ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    )
);
