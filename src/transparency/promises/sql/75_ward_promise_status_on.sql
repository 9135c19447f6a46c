-- Title: The promise of two constables and one PCSO in every ward, rated on a day
-- Grain: one row for each place (London or a borough) of which something was published or declared
-- Unit: shares of wards from 0 to 100
-- Caveats: for each half the newest point up to the day decides; a declaration without a count, or the model
--   restated, never displaces a count or a published share. met: both halves at 100 by published or counted figures. lapsed: a half below 100
--   after both had been met or declared. declared_but_not_evidenced: both at 100, at least one of them only
--   declared. not_due: none of these, up to 31 December 2017. partly_met, not_met: a half known below 100, some
--   or no wards meeting it. cannot_be_rated: a half of which nothing was published. The months of ward
--   teams are newer than all of these: in the newest month that shows either, with a ward short it is lapsed,
--   partly_met or not_met, with every ward meeting it met
CREATE MACRO ward_promise_status_on(on_day) AS TABLE
WITH point AS (
    SELECT
        *,
        known_as IN ('declared', 'restated') AND wards_met_count IS NULL AS is_bare_statement,
        list_position(['published', 'approximate', 'counted', 'derived', 'declared', 'restated'], known_as) AS preference
    FROM progress_point
    WHERE known_on <= on_day
),
latest AS (
    SELECT *
    FROM point
    QUALIFY row_number() OVER (
        PARTITION BY geography_code, half ORDER BY is_bare_statement, as_at DESC, preference
    ) = 1
),
reached AS (
    SELECT geography_code, half, min(as_at) AS first_reached_on
    FROM point
    WHERE wards_met_pct >= 100
    GROUP BY geography_code, half
),
place AS (
    SELECT
        latest.geography_code,
        max(wards_met_pct) FILTER (half = 'pcs') AS pcs_pct,
        max(known_as) FILTER (half = 'pcs') AS pcs_known_as,
        max(latest.as_at) FILTER (half = 'pcs') AS pcs_as_at,
        max(source_id) FILTER (half = 'pcs') AS pcs_source_id,
        max(wards_met_pct) FILTER (half = 'pcsos') AS pcsos_pct,
        max(known_as) FILTER (half = 'pcsos') AS pcsos_known_as,
        max(latest.as_at) FILTER (half = 'pcsos') AS pcsos_as_at,
        max(source_id) FILTER (half = 'pcsos') AS pcsos_source_id,
        CASE WHEN count(first_reached_on) = 2 THEN max(first_reached_on) END AS first_reached_on
    FROM latest
    LEFT JOIN reached USING (geography_code, half)
    GROUP BY latest.geography_code
),
month AS (
    SELECT place_code AS geography_code, wards_count, wards_met_count, wards_short_count
    FROM dwo_place_month
    WHERE place_kind IN ('london', 'borough')
      AND as_at <= on_day
      AND (wards_short_count > 0 OR wards_met_count = wards_count)
    QUALIFY row_number() OVER (PARTITION BY place_code ORDER BY as_at DESC) = 1
)
SELECT
    place.* REPLACE (coalesce(place.geography_code, month.geography_code) AS geography_code),
    CASE
        WHEN wards_short_count > 0 AND first_reached_on IS NOT NULL THEN 'lapsed'
        WHEN wards_short_count > 0 AND wards_met_count > 0 THEN 'partly_met'
        WHEN wards_short_count > 0 THEN 'not_met'
        WHEN wards_met_count = wards_count THEN 'met'
        WHEN pcs_pct >= 100 AND pcsos_pct >= 100
            THEN CASE WHEN 'declared' IN (pcs_known_as, pcsos_known_as) THEN 'declared_but_not_evidenced' ELSE 'met' END
        WHEN pcs_pct < 100 AND pcs_as_at > first_reached_on THEN 'lapsed'
        WHEN pcsos_pct < 100 AND pcsos_as_at > first_reached_on THEN 'lapsed'
        WHEN on_day <= due_on() THEN 'not_due'
        WHEN pcs_pct IS NULL OR pcsos_pct IS NULL THEN 'cannot_be_rated'
        WHEN pcs_pct = 0 AND pcsos_pct = 0 THEN 'not_met'
        ELSE 'partly_met'
    END AS promise_status
FROM place
FULL JOIN month ON month.geography_code = place.geography_code;
