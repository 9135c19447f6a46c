-- Title: Wards that a site lies in or serves
-- Grain: one row for each site and ward
-- Caveats: a ward of the 2014 set where a source or the site's postcode says so; a ward of the 2022 set by the site's postcode
--   alone, where that was in use in August 2014, and the ward across the line too where that is within 25 m. Nothing is said
--   of a site whose postcode is not known. Kept as a table, since it is the same on every day
CREATE TABLE site_ward AS
SELECT site_id, ward_code_2014 AS ward_code
FROM current_site_wards
UNION
SELECT site_id, ward_code
FROM (
    SELECT site_id, unnest([ward_code_2022, edge_ward_code_2022]) AS ward_code
    FROM site
    JOIN postcode_wards USING (postcode)
)
WHERE ward_code IS NOT NULL;
