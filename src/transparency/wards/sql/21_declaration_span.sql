-- Title: How long a declaration for all wards stands
-- Grain: one row for each declaration that is stored ward by ward; it stands from as_at to the day before stands_until
-- Caveats: it covers every ward in force, redrawn ones too, for twelve months from the day it was last said again.
--   A model restated renews nothing, nor does a statement more than twelve months after the one before
CREATE VIEW declaration_span AS
WITH declared AS (
    SELECT DISTINCT as_at FROM staffing_reading WHERE counts AND decides AND evidence = 'declared'
),
said AS (
    SELECT as_at FROM declared
    UNION
    SELECT as_at
    FROM declaration
    WHERE geography_code = london_code() AND dedicated_pcsos >= promised_pcsos() AND NOT is_restated
),
run AS (
    SELECT as_at, coalesce(as_at >= last_known_from(lag(as_at) OVER (ORDER BY as_at)), true)::INTEGER AS is_first
    FROM said
),
numbered AS (
    SELECT as_at, sum(is_first) OVER (ORDER BY as_at) AS run_number FROM run
)
SELECT declared.as_at, last_known_from(max(numbered.as_at) OVER (PARTITION BY run_number)) AS stands_until
FROM numbered
LEFT JOIN declared USING (as_at)
QUALIFY declared.as_at IS NOT NULL;
