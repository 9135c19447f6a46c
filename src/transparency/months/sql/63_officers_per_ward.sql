-- Title: Ward officers per ward, by borough
-- Grain: one row for each borough, and one for London
-- Unit: full-time equivalents of constables and PCSOs together; wards of the 2022 set
-- Caveats: a mean over the months named and over the borough's wards: no single ward is known to have its two
--   constables and PCSO by it. Blank with its reason where nothing is published or the value is not credible
--   (set_aside_fte). London is of the boroughs with a value, and of their wards alone. fte_per_ward is rounded
CREATE VIEW officers_per_ward AS
WITH boroughs_known AS (
    SELECT borough_code, month_from, month_to, fte_mean, value_set_aside, note, count(*) AS wards_count
    FROM current_dwo_fte_borough
    JOIN ward_in_set USING (borough_code)
    WHERE vintage = 2022
    GROUP BY ALL
)
SELECT
    borough_code AS geography_code,
    month_from,
    month_to,
    1 AS boroughs_count,
    wards_count,
    fte_mean,
    round(fte_mean / wards_count, 1) AS fte_per_ward,
    value_set_aside AS set_aside_fte,
    note AS blank_because
FROM boroughs_known
UNION ALL
SELECT
    london_code(),
    month_from,
    month_to,
    count(*),
    CAST(sum(wards_count) AS BIGINT),
    round(sum(fte_mean), 2),
    round(sum(fte_mean) / sum(wards_count), 1),
    NULL,
    NULL
FROM boroughs_known
WHERE fte_mean IS NOT NULL
GROUP BY month_from, month_to;
