-- Title: From each ward to the nearest open front counter, from day to day
-- Grain: one row for each ward set, ward whose centre is known, and run of days of counter_run with an open counter
-- Unit: metres in a straight line from the ward's centre
-- Caveats: only counters whose position is known to the postcode; `is_nearest_of_known_places` is true where an open
--   counter without such a position lies in the ward's own or an adjoining borough, so that the true nearest can be
--   another. Round the clock means that such hours are published. Runs before the ward's set came into force are here,
--   to tell what its wards would have had; later ones are not. Kept as a table, since it is the same on every day
CREATE TABLE ward_counter_standing AS
WITH counters AS (
    SELECT
        run.stands_from,
        run.stands_until,
        -- Those open round the clock come first, so that one list serves both questions.
        list(struct_pack(site_id, x, y, z) ORDER BY is_24_7 IS TRUE DESC, site_id) AS counters,
        count(*) FILTER (is_24_7) AS counters_24_7_count
    FROM counter_run AS run
    JOIN counter_standing AS counter
      ON counter.stands_from <= run.stands_from
     AND (counter.stands_until IS NULL OR counter.stands_until > run.stands_from)
    WHERE is_placed
    GROUP BY run.stands_from, run.stands_until
),
measured AS (
    SELECT
        ward.* EXCLUDE (x, y, z),
        counters.*,
        list_transform(counters, lambda c: chord_squared(ward.x, ward.y, ward.z, c.x, c.y, c.z)) AS chords,
        list_min(chords) AS shortest,
        list_min(chords[1:counters_24_7_count]) AS shortest_24_7
    FROM ward_centre AS ward
    JOIN counters ON ward.in_force_to IS NULL OR counters.stands_from <= ward.in_force_to
)
SELECT
    measured.stands_from,
    measured.stands_until,
    in_force_from,
    in_force_to,
    ward_code,
    ward_name,
    measured.borough_code,
    borough_name,
    counters[list_position(chords, shortest)].site_id AS counter_site_id,
    arc_m(shortest) AS counter_distance_m,
    counters[list_position(chords, shortest_24_7)].site_id AS counter_24_7_site_id,
    arc_m(shortest_24_7) AS counter_24_7_distance_m,
    placeless.borough_code IS NOT NULL AS is_nearest_of_known_places
FROM measured
LEFT JOIN placeless_standing AS placeless
    ON placeless.borough_code = measured.borough_code AND placeless.stands_from = measured.stands_from;
