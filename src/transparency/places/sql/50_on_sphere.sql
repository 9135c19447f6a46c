-- Title: Places as points on the unit sphere
-- Grain: x, y and z of a position in degrees; the squared length of the chord between two such points; metres along
--   the great circle over a chord
-- Unit: the sphere's radius; metres
-- Caveats: the distance is that of distance_m. The nearest of many places is the one at the shortest chord, so that
--   trigonometry is needed for that one alone; products, since the database takes powers four times as slowly
CREATE MACRO on_sphere(lat, lon) AS struct_pack(
    x := cos(radians(lat)) * cos(radians(lon)), y := cos(radians(lat)) * sin(radians(lon)), z := sin(radians(lat))
);
CREATE MACRO chord_squared(x_1, y_1, z_1, x_2, y_2, z_2) AS
    (x_1 - x_2) * (x_1 - x_2) + (y_1 - y_2) * (y_1 - y_2) + (z_1 - z_2) * (z_1 - z_2);
CREATE MACRO arc_m(chord_squared) AS 2 * 6371008.8 * asin(sqrt(chord_squared) / 2);
