-- Title: Each borough and those around it
-- Grain: one row for each borough and itself, and for each borough and one that adjoins it
-- Caveats: as borough_neighbour. Kept as a table, since it is the same on every day
CREATE TABLE borough_around AS
SELECT borough_code, borough_code AS around_borough_code FROM boroughs
UNION ALL
SELECT borough_code, neighbour_borough_code FROM borough_neighbour;
