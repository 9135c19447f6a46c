-- Title: Points of progress: wards with each half of the promise, as published or declared
-- Grain: one row for each place (London or a borough), day, half of the promise and way of knowing it
-- Unit: wards of the set in force on the day; wards_met_pct from 0 to 100
-- Caveats: `known_as` is published (a count or share from a source), approximate (the source says about),
--   derived (our own sum), declared (said of every ward at once) or counted (ward rows that cover every ward
--   of the place on one day; left out where a source gives the same count) or restated (the model said again, not that
--   each ward has it: no count and no share). A share published without a count has none: it is never turned into
--   wards. A declaration repeated later names no count either; it is a point, and never displaces a count. `known_on`
--   is the day from which it is surely known, the last of a month or year. Kept as a table, since it
--   is the same on every day
CREATE TABLE progress_point AS
WITH place AS (
    SELECT borough_code AS geography_code, in_force_from, in_force_to, count(*) AS wards_count
    FROM ward_in_set
    GROUP BY ALL
    UNION ALL
    SELECT london_code(), in_force_from, in_force_to, count(*)
    FROM ward_in_set
    GROUP BY ALL
),
figure AS (
    SELECT
        geography_code, as_at, as_at_precision, metric, value, kind, note, source_id,
        declaring_source.source_id IS NOT NULL AS is_declared,
        CASE metric WHEN 'wards_with_two_pcs' THEN 'pcs' WHEN 'wards_with_two_pcs_percent' THEN 'pcs' ELSE 'pcsos' END
            AS half
    FROM current_published_figures
    LEFT JOIN declaring_source USING (source_id, as_at)
    WHERE is_said(kind)
      AND as_at >= promised_on()
      AND value IS NOT NULL
      AND (
          metric IN ('wards_with_two_pcs', 'wards_with_two_pcs_percent', 'wards_with_pcso_percent')
          OR (metric IN ('pcso_per_ward', 'pcso_per_ward_minimum') AND value >= 1 AND is_declared)
      )
    QUALIFY row_number() OVER (
        PARTITION BY geography_code, as_at, metric
        ORDER BY said_order(kind), figure_id
    ) = 1
),
stated AS (
    SELECT
        figure.geography_code, figure.as_at, as_at_precision, half,
        CASE
            WHEN metric = 'wards_with_two_pcs' THEN value
            WHEN metric IN ('pcso_per_ward', 'pcso_per_ward_minimum') THEN wards_count
        END AS wards_met_count,
        wards_count,
        CASE
            WHEN metric LIKE '%percent' THEN value
            WHEN metric = 'wards_with_two_pcs' THEN 100 * value / wards_count
            ELSE 100
        END AS wards_met_pct,
        CASE WHEN is_declared THEN 'declared' WHEN kind = 'reported' THEN 'published' ELSE kind END AS known_as,
        source_id, note
    FROM figure
    JOIN place
      ON place.geography_code = figure.geography_code
     AND (in_force_from IS NULL OR in_force_from <= figure.as_at)
     AND (in_force_to IS NULL OR in_force_to >= figure.as_at)
),
repeated AS (
    SELECT declaration.geography_code, as_at, as_at_precision, halves.half,
           NULL::DOUBLE AS wards_met_count, wards_count, CASE WHEN NOT is_restated THEN 100.0 END AS wards_met_pct,
           CASE WHEN is_restated THEN 'restated' ELSE 'declared' END AS known_as,
           declaration.source_id, note
    FROM declaration
    CROSS JOIN (VALUES ('pcs'), ('pcsos')) AS halves (half)
    JOIN place
      ON place.geography_code = declaration.geography_code
     AND (in_force_from IS NULL OR in_force_from <= as_at)
     AND (in_force_to IS NULL OR in_force_to >= as_at)
    WHERE (halves.half = 'pcs' OR dedicated_pcsos >= 1)
      AND (declaration.source_id, as_at) NOT IN (SELECT (source_id, as_at) FROM declaring_source)
),
ward_reading AS (
    SELECT half, as_at, as_at_precision, half_status, source_id, borough_code
    FROM half_reading
    JOIN ward_in_set
      ON ward_in_set.ward_code = half_reading.ward_code
     AND (in_force_from IS NULL OR in_force_from <= as_at)
     AND (in_force_to IS NULL OR in_force_to >= as_at)
    WHERE counts AND decides AND evidence <> 'declared'
),
told AS (
    -- A ward has at most one row a day.
    SELECT
        coalesce(borough_code, london_code()) AS geography_code,
        as_at,
        half,
        any_value(as_at_precision) AS as_at_precision,
        count(*) AS wards_told_count,
        count(*) FILTER (half_status = 'met') AS wards_met_count,
        min(source_id) AS source_id
    FROM ward_reading
    GROUP BY GROUPING SETS ((as_at, half), (as_at, half, borough_code))
),
counted AS (
    SELECT
        told.geography_code, as_at, as_at_precision, half,
        wards_met_count::DOUBLE AS wards_met_count,
        wards_count,
        100.0 * wards_met_count / wards_count AS wards_met_pct,
        'counted' AS known_as,
        source_id,
        NULL::VARCHAR AS note
    FROM told
    JOIN place
      ON place.geography_code = told.geography_code
     AND (in_force_from IS NULL OR in_force_from <= as_at)
     AND (in_force_to IS NULL OR in_force_to >= as_at)
    WHERE wards_told_count = wards_count
)
SELECT *, known_from(as_at, as_at_precision) AS known_on
FROM (
    FROM stated
    UNION ALL
    FROM repeated
    UNION ALL
    FROM counted ANTI JOIN stated USING (geography_code, as_at, half, wards_met_count)
);
