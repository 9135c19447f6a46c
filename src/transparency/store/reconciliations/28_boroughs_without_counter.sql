-- Title: Boroughs without a counter on 3 March 2026
-- Worth: independent
SELECT figure('2025-12-02-boroughs-without-counter-london') AS expected, count(*) AS got
FROM boroughs
ANTI JOIN (
    SELECT borough_code FROM site_status_on(DATE '2026-03-03')
    WHERE site_kind = 'front_counter' AND site_status = 'open'
) USING (borough_code);
