-- Title: Required and achieved pace on a day
-- Grain: one row for each place (London or a borough) with a count of wards with two constables since the promise
-- Unit: wards; wards a month, a month being 365.25/12 days; days
-- Caveats: arithmetic, not a forecast. To go = wards of the place less the latest count up to the day. Required =
--   to go / months from the day to the due date of 31 December 2017, blank once less than a month is left; achieved =
--   wards gained between two counts / months between their dates, since the first count and since the previous one,
--   blank where the latest is a declaration, which is no achievement. The pace day is the day in
--   which the last ward would be reached, going on from the latest count at the pace achieved since the first
CREATE MACRO required_pace_on(on_day) AS TABLE
WITH counted AS (
    SELECT *
    FROM progress_point
    WHERE half = 'pcs' AND wards_met_count IS NOT NULL AND known_on <= on_day
    QUALIFY row_number() OVER (
        PARTITION BY geography_code, as_at
        ORDER BY list_position(['published', 'approximate', 'counted', 'derived', 'declared'], known_as), source_id
    ) = 1
),
dated AS (
    SELECT
        *,
        first_value(as_at) OVER oldest AS start_on,
        first_value(wards_met_count) OVER oldest AS start_count,
        first_value(known_as) OVER oldest AS start_known_as,
        lag(as_at) OVER oldest AS previous_on,
        lag(wards_met_count) OVER oldest AS previous_count
    FROM counted
    WINDOW oldest AS (PARTITION BY geography_code ORDER BY as_at)
    QUALIFY row_number() OVER (PARTITION BY geography_code ORDER BY as_at DESC) = 1
)
SELECT
    geography_code,
    wards_count,
    as_at AS latest_on,
    as_at_precision AS latest_precision,
    wards_met_count AS latest_count,
    known_as AS latest_known_as,
    source_id,
    start_on, start_count, start_known_as,
    previous_on, previous_count,
    wards_count - wards_met_count AS wards_to_go_count,
    due_on() AS due_on,
    CASE WHEN on_day <= due_on THEN due_on - on_day END AS days_left,
    CASE WHEN on_day + 30 < due_on THEN wards_to_go_count / (due_on - on_day) * 365.25 / 12 END AS required_wards_per_month,
    CASE WHEN as_at > start_on AND known_as <> 'declared'
        THEN (wards_met_count - start_count) / (as_at - start_on) * 365.25 / 12
    END AS achieved_wards_per_month,
    CASE WHEN as_at > previous_on AND known_as <> 'declared'
        THEN (wards_met_count - previous_count) / (as_at - previous_on) * 365.25 / 12
    END AS achieved_since_previous_wards_per_month,
    CASE WHEN wards_to_go_count > 0 AND wards_met_count > start_count
        THEN as_at + floor(wards_to_go_count * (as_at - start_on) / (wards_met_count - start_count))::INTEGER
    END AS reached_at_that_pace_on
FROM dated;
