-- Title: Counters closed on 28 February 2026
-- Worth: independent
SELECT figure('2026-02-28-front-counters-closing-london') AS expected, count(*) AS got
FROM current_site_events JOIN current_sites USING (site_id)
WHERE site_kind = 'front_counter' AND event = 'closed' AND event_on = DATE '2026-02-28';
