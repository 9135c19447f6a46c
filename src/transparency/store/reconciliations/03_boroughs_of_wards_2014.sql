-- Title: 32 boroughs have wards in the 2014 set
-- Worth: arithmetic
SELECT 32 AS expected, count(DISTINCT borough_code) AS got
FROM wards_2014 JOIN boroughs USING (borough_code);
