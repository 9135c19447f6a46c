-- Title: How the distance to the nearest open front counter changed between two days
-- Grain: one row for each ward in force on the later day whose centre is known, when a counter was open on both days
-- Unit: metres in a straight line from the ward's centre; positive where it grew
-- Caveats: counters and distances as in ward_counter_distance, in one pass for both days. Both distances are measured
--   from the ward as it was on the later day. `is_comparable` is false where, on either day, an open counter of unknown
--   place in the ward's own or an adjoining borough could be nearer
CREATE MACRO ward_counter_distance_change(earlier_day, on_day) AS TABLE
WITH counters AS (
    SELECT
        site_id, x, y, z,
        stands_from <= earlier_day AND (stands_until IS NULL OR stands_until > earlier_day) AS is_earlier,
        stands_from <= on_day AND (stands_until IS NULL OR stands_until > on_day) AS is_later
    FROM counter_standing
    WHERE is_placed AND (is_earlier OR is_later)
),
wards AS (
    FROM ward_centre_on(on_day)
),
chords AS (
    SELECT
        wards.ward_code, counters.site_id, counters.is_earlier, counters.is_later,
        chord_squared(wards.x, wards.y, wards.z, counters.x, counters.y, counters.z) AS chord_squared
    FROM wards
    CROSS JOIN counters
),
nearest AS (
    SELECT
        ward_code,
        arg_min(site_id, chord_squared) FILTER (is_earlier) AS earlier_site_id,
        arc_m(min(chord_squared) FILTER (is_earlier)) AS earlier_distance_m,
        arg_min(site_id, chord_squared) FILTER (is_later) AS counter_site_id,
        arc_m(min(chord_squared) FILTER (is_later)) AS counter_distance_m
    FROM chords
    GROUP BY ward_code
),
placeless AS (
    SELECT DISTINCT borough_code
    FROM placeless_standing
    WHERE (stands_from <= earlier_day AND (stands_until IS NULL OR stands_until > earlier_day))
       OR (stands_from <= on_day AND (stands_until IS NULL OR stands_until > on_day))
)
SELECT
    wards.* EXCLUDE (x, y, z),
    nearest.* EXCLUDE (ward_code),
    counter_distance_m - earlier_distance_m AS counter_distance_change_m,
    placeless.borough_code IS NULL AS is_comparable
FROM nearest
JOIN wards USING (ward_code)
LEFT JOIN placeless ON placeless.borough_code = wards.borough_code
WHERE earlier_site_id IS NOT NULL AND counter_site_id IS NOT NULL;
