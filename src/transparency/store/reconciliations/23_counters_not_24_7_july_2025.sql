-- Title: Counters open on 1 July 2025 but not 24 hours
-- Worth: fitted
SELECT figure('2025-08-06-front-counters-reduced-hours-london') AS expected, count(*) AS got
FROM site_status_on(DATE '2025-07-01')
WHERE site_kind = 'front_counter' AND site_status = 'open' AND is_24_7 IS NOT TRUE;
