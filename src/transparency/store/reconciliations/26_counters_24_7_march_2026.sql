-- Title: Counters open 24 hours on 3 March 2026
-- Worth: independent
SELECT figure('2026-03-03-front-counters-24-7-london') AS expected, count(*) AS got
FROM site_status_on(DATE '2026-03-03')
WHERE site_kind = 'front_counter' AND site_status = 'open' AND is_24_7;
