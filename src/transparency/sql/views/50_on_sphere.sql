-- Title: A place as a point on the unit sphere
-- Grain: one struct x, y, z for a position in degrees
-- Caveats: as distance_m; kept beside many places, so that all distances between them cost no trigonometry
CREATE MACRO on_sphere(lat, lon) AS struct_pack(
    x := cos(radians(lat)) * cos(radians(lon)), y := cos(radians(lat)) * sin(radians(lon)), z := sin(radians(lat))
);
CREATE MACRO chord(a, b) AS sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2 + (a.z - b.z) ** 2);
CREATE MACRO arc_m(chord) AS 2 * 6371008.8 * asin(chord / 2);
