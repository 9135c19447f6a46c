-- Title: What is known of each half of the promise on a day
-- Grain: one row for each ward in force on the day and half
-- Unit: half_count in the unit named by basis
-- Caveats: the latest row that decides is shown with its own date and evidence, however old;
--   a half is lapsed when an earlier row had it met and the latest has it short
CREATE MACRO half_status_on(on_day) AS TABLE
WITH known AS (
    SELECT * FROM half_reading WHERE counts AND decides AND as_at <= on_day
),
latest AS (
    SELECT * FROM known
    QUALIFY as_at = max(as_at) OVER (PARTITION BY ward_code, half)
),
met_before AS (
    SELECT ward_code, half, max(as_at) AS last_met_on, arg_max(evidence, as_at) AS last_met_evidence
    FROM known
    WHERE half_status = 'met'
    GROUP BY ward_code, half
)
SELECT
    wards.ward_code,
    wards.ward_name,
    wards.borough_code,
    halves.half,
    coalesce(latest.half_status, 'not_known') AS half_status,
    latest.half_count,
    latest.is_minimum,
    latest.basis,
    latest.evidence,
    latest.as_at,
    latest.as_at_precision,
    latest.source_id,
    met_before.last_met_on,
    met_before.last_met_evidence,
    coalesce(latest.half_status = 'short' AND met_before.last_met_on < latest.as_at, false) AS is_lapsed
FROM ward_on(on_day) AS wards
CROSS JOIN (VALUES ('pcs'), ('pcsos')) AS halves (half)
LEFT JOIN latest ON latest.ward_code = wards.ward_code AND latest.half = halves.half
LEFT JOIN met_before ON met_before.ward_code = wards.ward_code AND met_before.half = halves.half;
