-- Title: 632 = 629 - 4 in Bexley + 4 in Croydon + 1 in Redbridge + 2 in Southwark
-- Worth: arithmetic
SELECT figure('2018-05-01-wards-total-london') AS expected,
       figure('2016-07-21-wards-total-london') + sum(wards_change) AS got
FROM (
    SELECT borough_name,
           count(*) FILTER (vintage = 2018) - count(*) FILTER (vintage = 2014) AS wards_change
    FROM ward_in_set GROUP BY borough_name
)
WHERE borough_name IN ('Bexley', 'Croydon', 'Redbridge', 'Southwark');
