-- Title: Counters open on 3 March 2026
-- Worth: partly
SELECT figure('2026-03-03-front-counters-open-london') AS expected, count(*) AS got
FROM site_status_on(DATE '2026-03-03')
WHERE site_kind = 'front_counter' AND site_status = 'open';
