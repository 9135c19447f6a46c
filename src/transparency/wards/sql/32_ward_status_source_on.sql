-- Title: The sources of the ward rows that decide on a day
-- Grain: one row for each publication behind the wards' status on the day, of London or of one borough
-- Caveats: as_at is the newest day a deciding row of the publication speaks of
CREATE MACRO ward_status_source_on(on_day, asked_borough_code) AS TABLE
WITH used AS (
    SELECT pcs_source_id AS source_id, pcs_as_at AS as_at, pcs_as_at_precision AS as_at_precision, borough_code
    FROM ward_status_on(on_day)
    UNION ALL
    SELECT pcso_source_id, pcso_as_at, pcso_as_at_precision, borough_code FROM ward_status_on(on_day)
)
SELECT publisher, title, url, published_on, max(as_at) AS as_at, arg_max(as_at_precision, as_at) AS as_at_precision
FROM used
JOIN current_sources USING (source_id)
WHERE asked_borough_code IS NULL OR borough_code = asked_borough_code
GROUP BY publisher, title, url, published_on;
