-- Title: Tower Hamlets: 7 wards with two posts + 10 + 3 planned = its 20 wards
-- Worth: independent
SELECT wards_2014 AS expected,
       (SELECT count(*) FROM current_staffing
        WHERE source_id = 'ourbow-2016-09' AND dedicated_pcs = 2)
       + (SELECT count(*) FROM current_ward_plans WHERE source_id = 'ourbow-2016-09') AS got
FROM boroughs WHERE borough_name = 'Tower Hamlets';
