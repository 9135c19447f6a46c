-- Title: Wards of today by the postcodes that begin alike
-- Grain: one row for each ward of the 2022 set with a postcode that begins with `beginning`
-- Unit: postcodes in use in August 2014; share from 0 to 1
-- Caveats: as postcode_ward, with the ward of 2022 that each postcode of August 2014 lies in
CREATE MACRO postcode_ward_today(beginning, is_before_letter) AS TABLE
SELECT
    ward_code,
    ward_name,
    borough_name,
    count(*) / sum(count(*)) OVER () AS share,
    count(*)::INTEGER AS postcodes_count
FROM postcode_wards
JOIN wards_2022 ON ward_code = ward_code_2022
JOIN boroughs USING (borough_code)
WHERE starts_with(postcode, beginning)
  AND (NOT is_before_letter OR substr(postcode, length(beginning) + 1, 1) BETWEEN 'A' AND 'Z')
GROUP BY ward_code, ward_name, borough_name;
