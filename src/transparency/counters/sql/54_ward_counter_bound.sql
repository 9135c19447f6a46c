-- Title: How near to each ward a counter can be whose place or day is not known exactly
-- Grain: one row for each ward set, ward whose centre is known, and front counter that is open while its place is not known
--   to the postcode, or of whose closing or opening only the month or year is known
-- Unit: metres in a straight line from the ward's centre
-- Caveats: a counter known to its postcode is there; one known to its street is within 1 km of the point given; one of
--   unknown place is within 1 km of the centre of the ward (of 2014) it is said to lie in, or of a ward of its borough
--   where none is said. 1 km is about half the width of a ward.
--   Kept as a table, since it is the same on every day
CREATE TABLE ward_counter_bound AS
WITH place AS (
    SELECT site_id, site_name, borough_code, within_m, unnest(on_sphere(lat, lon))
    FROM (
        SELECT site.*, CASE location_precision WHEN 'postcode' THEN 0 ELSE 1000 END AS within_m
        FROM site
        SEMI JOIN (FROM counter_standing WHERE NOT (is_placed AND is_open)) AS uncertain USING (site_id)
    )
),
said AS (
    SELECT site_id, list(ward_code_2014) AS ward_codes
    FROM current_site_wards
    WHERE relation = 'located_in'
    GROUP BY site_id
),
point AS (
    SELECT site_id, site_name, within_m, x, y, z FROM place WHERE x IS NOT NULL
    UNION ALL
    SELECT site_id, site_name, within_m, centre.x, centre.y, centre.z
    FROM place
    JOIN ward_centre AS centre USING (borough_code)
    LEFT JOIN said USING (site_id)
    WHERE place.x IS NULL AND in_force_from IS NULL
      AND (said.ward_codes IS NULL OR list_contains(said.ward_codes, ward_code))
)
SELECT
    in_force_from,
    ward_code,
    site_id,
    site_name,
    min(arc_m(chord_squared(ward.x, ward.y, ward.z, point.x, point.y, point.z)) - within_m) AS at_least_m
FROM ward_centre AS ward
CROSS JOIN point
GROUP BY in_force_from, ward_code, site_id, site_name;
