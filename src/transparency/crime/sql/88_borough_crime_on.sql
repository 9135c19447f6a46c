-- Title: Recorded crime of each borough in the twelve months ended by a day
-- Grain: one row for each borough
-- Unit: offences; offences per 1,000 residents of 2021; wards
-- Caveats: sum of its wards of the 2022 set; blank where a ward has a month missing. In central boroughs most offences
--   are against visitors, so a rate per resident misleads there
CREATE MACRO borough_crime_on(on_day) AS TABLE
SELECT
    ward.borough_code,
    ward.borough_name,
    max(crime.year_ending) AS year_ending,
    CASE WHEN count(*) = count(crime.offences) THEN CAST(sum(crime.offences) AS BIGINT) END AS offences,
    any_value(crime.borough_offences_per_1000) AS offences_per_1000,
    count(*) AS wards_count,
    count(*) FILTER (crime.quarter_of_wards = 4) AS wards_in_highest_quarter_count
FROM ward_in_set AS ward
LEFT JOIN ward_crime_on(on_day) AS crime ON crime.ward_code = ward.ward_code
WHERE ward.vintage = 2022
GROUP BY ward.borough_code, ward.borough_name;
