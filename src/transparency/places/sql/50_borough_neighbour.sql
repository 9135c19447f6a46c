-- Title: Adjoining boroughs
-- Grain: one row for each ordered pair of boroughs that share a stretch of boundary
-- Caveats: read from the neighbouring wards of the 2014 set; boroughs facing each other across the Thames
--   count. Kept as a table, since it is the same on every day
CREATE TABLE borough_neighbour AS
WITH pairs AS (
    SELECT a.borough_code, b.borough_code AS neighbour_borough_code
    FROM ward_neighbours_2014
    JOIN wards_2014 AS a USING (ward_code)
    JOIN wards_2014 AS b ON b.ward_code = ward_neighbours_2014.neighbour_code
    WHERE a.borough_code <> b.borough_code
)
SELECT DISTINCT borough_code, neighbour_borough_code FROM pairs
UNION
SELECT DISTINCT neighbour_borough_code, borough_code FROM pairs;
