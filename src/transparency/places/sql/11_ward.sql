-- Title: Wards, one row for each code
-- Grain: one row for each ward code of any set, under its newest name
-- Unit: in_force_from and in_force_to are days; blank means from the start, or still in force
-- Caveats: a code that lives in several sets is one ward; its name can have changed
CREATE TABLE ward AS
SELECT
    ward_code,
    arg_max(ward_name, vintage) AS ward_name,
    arg_max(borough_code, vintage) AS borough_code,
    arg_max(borough_name, vintage) AS borough_name,
    arg_max(lat, vintage) AS lat,
    arg_max(lon, vintage) AS lon,
    min(vintage) AS first_vintage,
    max(vintage) AS last_vintage,
    CASE WHEN count(*) = count(in_force_from) THEN min(in_force_from) END AS in_force_from,
    CASE WHEN count(*) = count(in_force_to) THEN max(in_force_to) END AS in_force_to
FROM ward_in_set
GROUP BY ward_code;
