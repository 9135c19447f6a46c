-- Title: Boroughs from day to day
-- Grain: one row for each borough and run of days on which the same is known of its wards; the run goes from
--   stands_from to the day before stands_until, blank where nothing newer is stored
-- Unit: wards, of the set in force on the days
-- Caveats: met and short are counted separately by evidence (this ward's own, or declared for all wards) and
--   never added into one; of wards that only posts are known of, those with two and with one of constables are counted.
--   Wards last known, not on this site and not published have a count each and are in no other, and a half last known
--   counts as not known; the rest are known (wards_known_count). Each run of days of a ward adds it to its borough's counts on its first day
--   and takes it away on the day after its last. Kept as a table, since it is the same on every day
CREATE TABLE borough_status_standing AS
WITH span AS (
    SELECT
        wards.borough_code,
        greatest(standing.stands_from, wards.in_force_from) AS first_day,
        least(standing.stands_until, wards.in_force_to + 1) AS end_day,
        0 AS wards_count,
        count(*) AS wards_told_count,
        count(*) FILTER (ward_status = 'met' AND evidence <> 'declared') AS wards_met_evidenced_count,
        count(*) FILTER (ward_status = 'met' AND evidence = 'declared') AS wards_met_declared_count,
        count(*) FILTER (ward_status IN ('pcs_short', 'pcso_short', 'both_short')) AS wards_short_count,
        count(*) FILTER (
            ward_status IN ('pcs_short', 'pcso_short', 'both_short') AND evidence <> 'declared'
        ) AS wards_short_evidenced_count,
        count(*) FILTER (is_lapsed) AS wards_lapsed_count,
        count(*) FILTER (ward_status = 'partly_known') AS wards_partly_known_count,
        count(*) FILTER (
            ward_status = 'partly_known' AND pcs_status IN ('not_known', 'last_known')
            AND pcso_status IN ('not_known', 'last_known')
        ) AS wards_unrated_count,
        count(*) FILTER (
            ward_status = 'partly_known' AND pcs_basis = 'posts' AND dedicated_pcs = 2 AND dedicated_pcsos IS NULL
        ) AS wards_two_posts_count,
        count(*) FILTER (
            ward_status = 'partly_known' AND pcs_basis = 'posts' AND dedicated_pcs = 1 AND dedicated_pcsos IS NULL
        ) AS wards_one_post_count,
        count(*) FILTER (ward_status = 'last_known') AS wards_last_known_count,
        0 AS not_loaded_count,
        count(*) FILTER (pcs_status = 'met' AND pcs_evidence <> 'declared') AS pcs_met_evidenced_count,
        count(*) FILTER (pcs_status = 'met' AND pcs_evidence = 'declared') AS pcs_met_declared_count,
        count(*) FILTER (pcs_status = 'short') AS pcs_short_count,
        count(*) FILTER (pcs_status IN ('not_known', 'last_known')) AS pcs_not_known_count,
        count(*) FILTER (pcso_status = 'met' AND pcso_evidence <> 'declared') AS pcso_met_evidenced_count,
        count(*) FILTER (pcso_status = 'met' AND pcso_evidence = 'declared') AS pcso_met_declared_count,
        count(*) FILTER (pcso_status = 'short') AS pcso_short_count,
        count(*) FILTER (pcso_status IN ('not_known', 'last_known')) AS pcso_not_known_count
    FROM ward_standing AS standing
    JOIN ward_in_set AS wards
      ON wards.ward_code = standing.ward_code
     AND (wards.in_force_to IS NULL OR wards.in_force_to >= standing.stands_from)
     AND (wards.in_force_from IS NULL OR standing.stands_until IS NULL OR standing.stands_until > wards.in_force_from)
    GROUP BY wards.borough_code, first_day, end_day
    UNION ALL BY NAME
    -- Every ward while its set is in force, whatever is known of it.
    SELECT
        borough_code,
        coalesce(in_force_from, DATE '0001-01-01') AS first_day,
        in_force_to + 1 AS end_day,
        count(*) AS wards_count
    FROM ward_in_set
    GROUP BY borough_code, in_force_from, in_force_to
    UNION ALL BY NAME
    SELECT borough_code, first_day, end_day, 1 AS not_loaded_count FROM workbook_not_loaded
),
step AS (
    SELECT borough_code, first_day AS turn_day, COLUMNS('_count$') FROM span
    UNION ALL
    SELECT borough_code, end_day, -COLUMNS('_count$') FROM span WHERE end_day IS NOT NULL
),
day_step AS (
    SELECT borough_code, turn_day, sum(COLUMNS('_count$')) AS '\0' FROM step GROUP BY borough_code, turn_day
),
running AS (
    SELECT
        borough_code,
        turn_day AS stands_from,
        lead(turn_day) OVER in_order AS stands_until,
        coalesce(sum(COLUMNS('_count$')) OVER in_order, 0)::BIGINT AS '\0'
    FROM day_step
    WINDOW in_order AS (PARTITION BY borough_code ORDER BY turn_day)
)
SELECT
    borough_code,
    borough_name,
    CASE WHEN not_loaded_count > 0 THEN wards_count - wards_told_count ELSE 0 END AS wards_not_on_site_count,
    CASE WHEN not_loaded_count > 0 THEN 0 ELSE wards_count - wards_told_count END AS wards_not_published_count,
    wards_told_count - wards_last_known_count AS wards_known_count,
    running.* EXCLUDE (borough_code, wards_told_count, not_loaded_count) REPLACE (
        wards_count - wards_told_count + pcs_not_known_count AS pcs_not_known_count,
        wards_count - wards_told_count + pcso_not_known_count AS pcso_not_known_count
    )
FROM running
JOIN boroughs USING (borough_code)
WHERE wards_count > 0;
