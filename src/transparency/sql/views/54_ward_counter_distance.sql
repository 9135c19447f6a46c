-- Title: From each ward to the nearest front counter open on a day, for the wards of any day
-- Grain: one row for each ward in force on `wards_day` whose centre is known, when a counter was open on `on_day`
-- Unit: metres in a straight line from the ward's centre
-- Caveats: only counters whose position is known to the postcode; `is_nearest_of_known_places` is true where
--   an open counter without such a position lies in the ward's own or an adjoining borough, so that the
--   true nearest can be another. Round the clock means that such hours are published
CREATE MACRO ward_counter_distance(on_day, wards_day) AS TABLE
WITH counters AS (
    SELECT site_id, is_24_7, x, y, z
    FROM counter_standing
    WHERE is_placed AND stands_from <= on_day AND (stands_until IS NULL OR stands_until > on_day)
),
wards AS (
    SELECT ward_code, ward_name, borough_code, borough_name, x, y, z
    FROM ward_centre
    WHERE (in_force_from IS NULL OR in_force_from <= wards_day)
      AND (in_force_to IS NULL OR in_force_to >= wards_day)
),
chords AS (
    SELECT
        wards.ward_code, counters.site_id, counters.is_24_7,
        chord_squared(wards.x, wards.y, wards.z, counters.x, counters.y, counters.z) AS chord_squared
    FROM wards
    CROSS JOIN counters
),
nearest AS (
    SELECT
        ward_code,
        arg_min(site_id, chord_squared) AS counter_site_id,
        arc_m(min(chord_squared)) AS counter_distance_m,
        arg_min(site_id, chord_squared) FILTER (is_24_7) AS counter_24_7_site_id,
        arc_m(min(chord_squared) FILTER (is_24_7)) AS counter_24_7_distance_m
    FROM chords
    GROUP BY ward_code
),
placeless AS (
    SELECT borough_code, list(site_name ORDER BY site_name) AS site_names
    FROM placeless_standing
    WHERE stands_from <= on_day AND (stands_until IS NULL OR stands_until > on_day)
    GROUP BY borough_code
)
SELECT
    wards.* EXCLUDE (x, y, z),
    nearest.* EXCLUDE (ward_code),
    placeless.borough_code IS NOT NULL AS is_nearest_of_known_places,
    placeless.site_names AS counters_without_known_place
FROM nearest
JOIN wards USING (ward_code)
LEFT JOIN placeless ON placeless.borough_code = wards.borough_code;
