-- Title: Recorded crime of London's wards in the twelve months ended by a day
-- Grain: one row, none where no twelve months are known
-- Unit: offences; wards; offences per 1,000 residents of 2021; % of offences
-- Caveats: sum of the wards with all twelve months, how many stands beside it; offences placed in no ward are left out.
--   offences_per_1000 is blank where a ward has a month missing; visitors raise it. most_100_wards_percent: the share of the 100 wards with most recorded offences
CREATE MACRO london_crime_on(on_day) AS TABLE
WITH placed AS (
    SELECT crime.*, ward.population_count, row_number() OVER (ORDER BY crime.offences DESC) AS place
    FROM ward_crime_on(on_day) AS crime
    JOIN ward_in_set AS ward ON ward.ward_code = crime.ward_code AND ward.vintage = 2022
)
SELECT
    year_ending,
    bool_or(crosses_systems) AS crosses_systems,
    count(*) AS wards_count,
    CAST(sum(offences) AS BIGINT) AS offences,
    CASE
        WHEN count(*) = (SELECT count(*) FROM ward_in_set WHERE vintage = 2022)
        THEN 1000.0 * sum(offences) / sum(population_count)
    END AS offences_per_1000,
    quantile_cont(offences_per_1000, 0.25) AS lower_quartile_per_1000,
    any_value(london_median_per_1000) AS median_per_1000,
    quantile_cont(offences_per_1000, 0.75) AS upper_quartile_per_1000,
    round(100.0 * sum(offences) FILTER (place <= 100) / sum(offences), 1) AS most_100_wards_percent
FROM placed
GROUP BY year_ending;
