-- Title: Counters on the closure list of 1 November 2017
-- Worth: independent
SELECT figure('2017-11-01-front-counters-closing-london-2') AS expected,
       count(DISTINCT site_id) AS got
FROM current_site_events JOIN current_sites USING (site_id)
WHERE site_kind = 'front_counter' AND event = 'decided_close' AND event_on = DATE '2017-11-01';
