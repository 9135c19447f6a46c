-- Title: Counters on the new hours on 3 March 2026
-- Worth: by_difference
SELECT figure('2026-03-03-front-counters-new-hours-london') AS expected, count(*) AS got
FROM site_status_on(DATE '2026-03-03')
WHERE site_kind = 'front_counter' AND site_status = 'open' AND is_24_7 IS NOT TRUE;
