-- Title: From each ward to the nearest open front counter, from day to day
-- Grain: one row for each ward set, ward whose centre is known, and run of days of counter_run with an open counter
-- Unit: metres in a straight line from the ward's centre
-- Caveats: only counters that are certainly open and whose position is known to the postcode;
--   `counters_possibly_nearer` names those that could be nearer: open ones known to their street or borough only (see
--   ward_counter_bound), and those that closed or opened in the month or year on a day not published. Open 24
--   hours means that such hours are known. Runs before the ward's set came into force are here,
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
    WHERE is_placed AND is_open
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
),
nearest AS (
    SELECT
        stands_from,
        stands_until,
        in_force_from,
        in_force_to,
        ward_code,
        ward_name,
        borough_code,
        borough_name,
        counters[list_position(chords, shortest)].site_id AS counter_site_id,
        arc_m(shortest) AS counter_distance_m,
        counters[list_position(chords, shortest_24_7)].site_id AS counter_24_7_site_id,
        arc_m(shortest_24_7) AS counter_24_7_distance_m
    FROM measured
),
uncertain AS (
    SELECT run.stands_from, site_id
    FROM counter_run AS run
    JOIN counter_standing AS counter
      ON counter.stands_from <= run.stands_from
     AND (counter.stands_until IS NULL OR counter.stands_until > run.stands_from)
    WHERE NOT (is_placed AND is_open)
),
nearer AS (
    SELECT nearest.stands_from, nearest.in_force_from, nearest.ward_code, list(site_name ORDER BY site_name) AS site_names
    FROM nearest
    JOIN uncertain USING (stands_from)
    JOIN ward_counter_bound AS bound
      ON bound.site_id = uncertain.site_id
     AND bound.ward_code = nearest.ward_code
     AND bound.in_force_from IS NOT DISTINCT FROM nearest.in_force_from
    WHERE at_least_m < counter_distance_m
    GROUP BY nearest.stands_from, nearest.in_force_from, nearest.ward_code
)
SELECT
    nearest.*,
    coalesce(site_names, []) AS counters_possibly_nearer,
    site_names IS NOT NULL AS is_another_possibly_nearer
FROM nearest
LEFT JOIN nearer
  ON nearer.stands_from = nearest.stands_from
 AND nearer.ward_code = nearest.ward_code
 AND nearer.in_force_from IS NOT DISTINCT FROM nearest.in_force_from;
