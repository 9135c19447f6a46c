-- Title: Counters open on 1 July 2025
-- Worth: fitted
SELECT figure('2025-07-01-front-counters-open-london') AS expected, count(*) AS got
FROM site_status_on(DATE '2025-07-01')
WHERE site_kind = 'front_counter' AND site_status = 'open';
