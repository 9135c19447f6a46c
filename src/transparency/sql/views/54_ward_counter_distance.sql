-- Title: From each ward to the nearest front counter open on a day, for the wards of any day
-- Grain: one row for each ward in force on `wards_day` whose centre is known, when a counter was open on `on_day`
-- Unit: metres in a straight line from the ward's centre
-- Caveats: only counters whose position is known to the postcode; `is_nearest_of_known_places` is true where
--   an open counter without such a position lies in the ward's own or an adjoining borough, so that the
--   true nearest can be another. Round the clock means that such hours are published
CREATE MACRO ward_counter_distance(on_day, wards_day) AS TABLE
WITH counters AS (
    SELECT *
    FROM site_status_on(on_day)
    WHERE site_kind = 'front_counter' AND site_status = 'open'
),
distances AS (
    SELECT
        wards.ward_code, counters.site_id, counters.is_24_7,
        distance_m(wards.lat, wards.lon, counters.lat, counters.lon) AS distance_m
    FROM ward_on(wards_day) AS wards
    CROSS JOIN counters
    WHERE wards.lat IS NOT NULL AND counters.location_precision = 'postcode'
),
nearest AS (
    SELECT
        ward_code,
        arg_min(site_id, distance_m) AS counter_site_id,
        min(distance_m) AS counter_distance_m,
        arg_min(site_id, distance_m) FILTER (is_24_7) AS counter_24_7_site_id,
        min(distance_m) FILTER (is_24_7) AS counter_24_7_distance_m
    FROM distances
    GROUP BY ward_code
),
placeless AS (
    SELECT borough_code, list(site_name ORDER BY site_name) AS site_names
    FROM counters
    WHERE location_precision <> 'postcode'
    GROUP BY borough_code
),
near_placeless AS (
    SELECT ward_code, list_sort(flatten(list(site_names))) AS site_names
    FROM (
        SELECT wards.ward_code, placeless.site_names
        FROM ward_on(wards_day) AS wards
        JOIN placeless ON placeless.borough_code = wards.borough_code
        UNION ALL
        SELECT wards.ward_code, placeless.site_names
        FROM ward_on(wards_day) AS wards
        JOIN borough_neighbour ON borough_neighbour.borough_code = wards.borough_code
        JOIN placeless ON placeless.borough_code = borough_neighbour.neighbour_borough_code
    )
    GROUP BY ward_code
)
SELECT
    nearest.*,
    near_placeless.ward_code IS NOT NULL AS is_nearest_of_known_places,
    near_placeless.site_names AS counters_without_known_place
FROM nearest
LEFT JOIN near_placeless USING (ward_code);
