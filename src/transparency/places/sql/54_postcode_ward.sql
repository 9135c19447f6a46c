-- Title: Wards by the postcodes that begin alike
-- Grain: one row for each ward of the 2014 set with a postcode that begins with `beginning`
-- Unit: postcodes in use in August 2014; share from 0 to 1
-- Caveats: postcodes in the City of London are left out. With `is_before_letter` the next character is a letter, for
--   an outward code that exists only with one after it (W1, EC4)
CREATE MACRO postcode_ward(beginning, is_before_letter) AS TABLE
SELECT
    ward_code,
    ward_name,
    borough_name,
    sum(postcodes) / sum(sum(postcodes)) OVER () AS share,
    sum(postcodes)::INTEGER AS postcodes_count
FROM postcode_prefixes_2014
JOIN wards_2014 USING (ward_code)
JOIN boroughs USING (borough_code)
WHERE starts_with(postcode_prefix, beginning)
  AND (NOT is_before_letter OR substr(postcode_prefix, length(beginning) + 1, 1) BETWEEN 'A' AND 'Z')
GROUP BY ward_code, ward_name, borough_name;
