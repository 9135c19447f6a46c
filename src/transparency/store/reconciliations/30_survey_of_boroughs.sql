-- Title: Survey: London's value is within 2 points of the mean of its boroughs, which counts each borough once
-- Worth: partly
SELECT count(*) AS expected, count(*) FILTER (abs(london_percent - mean_percent) <= 2) AS got
FROM (
    SELECT max(percent) FILTER (geography_code = london_code()) AS london_percent,
           avg(percent) FILTER (geography_code <> london_code()) AS mean_percent
    FROM current_public_attitude_borough
    GROUP BY quarter_end, measure
)
HAVING count(*) > 0;
