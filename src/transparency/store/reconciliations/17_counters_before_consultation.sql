-- Title: Counters open when the consultation of 14 July 2017 began
-- Worth: partly
SELECT figure('2017-07-14-front-counters-open-london') AS expected, count(*) AS got
FROM site_status_on(DATE '2017-07-14')
WHERE site_kind = 'front_counter' AND site_status = 'open';
