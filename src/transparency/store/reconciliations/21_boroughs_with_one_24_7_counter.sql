-- Title: Boroughs with exactly one counter open 24 hours on 31 December 2017
-- Worth: partly
SELECT (SELECT count(*) FROM boroughs) AS expected, count(*) AS got
FROM (
    SELECT borough_code FROM site_status_on(DATE '2017-12-31')
    WHERE site_kind = 'front_counter' AND site_status = 'open' AND is_24_7
    GROUP BY borough_code HAVING count(*) = 1
);
