-- Title: Counters open on 31 December 2017: the 36 left and one more
-- Worth: partly
SELECT figure('2017-11-01-front-counters-remaining-london') + 1 AS expected, count(*) AS got
FROM site_status_on(DATE '2017-12-31')
WHERE site_kind = 'front_counter' AND site_status = 'open';
