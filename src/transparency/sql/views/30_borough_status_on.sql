-- Title: Boroughs on a day
-- Grain: one row for each borough
-- Unit: wards, of the set in force on the day
-- Caveats: met and short are counted apart by evidence (this ward's own, or declared for all wards) and
--   never added into one; wards not published have a count of their own
CREATE MACRO borough_status_on(on_day) AS TABLE
SELECT
    borough_code,
    borough_name,
    count(*) AS wards_count,
    count(*) FILTER (ward_status = 'met' AND evidence <> 'declared') AS wards_met_evidenced_count,
    count(*) FILTER (ward_status = 'met' AND evidence = 'declared') AS wards_met_declared_count,
    count(*) FILTER (ward_status IN ('pcs_short', 'pcso_short', 'both_short')) AS wards_short_count,
    count(*) FILTER (is_lapsed) AS wards_lapsed_count,
    count(*) FILTER (ward_status = 'partly_known') AS wards_partly_known_count,
    count(*) FILTER (ward_status = 'not_published') AS wards_not_published_count,
    count(*) FILTER (pcs_status = 'met' AND pcs_evidence <> 'declared') AS pcs_met_evidenced_count,
    count(*) FILTER (pcs_status = 'met' AND pcs_evidence = 'declared') AS pcs_met_declared_count,
    count(*) FILTER (pcs_status = 'short') AS pcs_short_count,
    count(*) FILTER (pcs_status = 'not_known') AS pcs_not_known_count,
    count(*) FILTER (pcso_status = 'met' AND pcso_evidence <> 'declared') AS pcso_met_evidenced_count,
    count(*) FILTER (pcso_status = 'met' AND pcso_evidence = 'declared') AS pcso_met_declared_count,
    count(*) FILTER (pcso_status = 'short') AS pcso_short_count,
    count(*) FILTER (pcso_status = 'not_known') AS pcso_not_known_count
FROM ward_status_on(on_day)
JOIN boroughs USING (borough_code)
GROUP BY borough_code, borough_name;
