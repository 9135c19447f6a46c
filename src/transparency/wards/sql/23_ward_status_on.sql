-- Title: Ward status on a day
-- Grain: one row for each ward in force on the day
-- Unit: counts of constables and PCSOs, each in the unit named by its basis
-- Caveats: the row of ward_standing whose run of days holds the day. A ward without one is not on this site where the
--   Met's workbook covers the day and is not stored, else not published
CREATE MACRO ward_status_on(on_day) AS TABLE
SELECT
    wards.ward_code,
    wards.ward_name,
    wards.borough_code,
    missing.borough_code IS NOT NULL AS is_workbook_missing,
    coalesce(
        standing.ward_status, CASE WHEN is_workbook_missing THEN 'not_on_site' ELSE 'not_published' END
    ) AS ward_status,
    standing.evidence,
    coalesce(standing.is_lapsed, false) AS is_lapsed,
    standing.as_at,
    standing.* EXCLUDE (ward_code, stands_from, stands_until, ward_status, evidence, is_lapsed, as_at)
        REPLACE (
            coalesce(standing.pcs_status, 'not_known') AS pcs_status,
            coalesce(standing.is_pcs_lapsed, false) AS is_pcs_lapsed,
            coalesce(standing.pcso_status, 'not_known') AS pcso_status,
            coalesce(standing.is_pcso_lapsed, false) AS is_pcso_lapsed
        )
FROM ward_on(on_day) AS wards
LEFT JOIN workbook_not_loaded AS missing
    ON missing.borough_code = wards.borough_code AND missing.first_day <= on_day AND missing.end_day > on_day
LEFT JOIN ward_standing AS standing
    ON standing.ward_code = wards.ward_code
   AND standing.stands_from <= on_day
   AND (standing.stands_until IS NULL OR standing.stands_until > on_day);
