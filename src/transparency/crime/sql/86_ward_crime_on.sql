-- Title: Recorded crime of each ward by a day, its changes and its quarter of London's wards
-- Grain: one row for each ward of the 2022 set with all twelve months
-- Unit: offences; % of change; offences per 1,000 residents of 2021
-- Caveats: in central wards most offences are against visitors, so a rate per resident misleads there. The year of the
--   promise is the twelve months to February 2017; a change is blank where the earlier year is not whole, had none, or
--   is not earlier. A change across the end of February 2024, when the recording system changed, is not fully
--   comparable. year_before_has_lockdowns: that year holds a month from April 2020 to March 2021. quarter_of_wards: 1 has the fewest recorded offences, 4 the most; wards with the same number are together.
--   borough_offences_per_1000 is blank where a ward of the borough has a month missing
CREATE MACRO ward_crime_on(on_day) AS TABLE
WITH newest AS MATERIALIZED (SELECT crime_month_on(on_day) AS month),
years AS MATERIALIZED (SELECT * FROM ward_crime_years_to((SELECT month FROM newest), 2)),
now AS (SELECT years.* FROM years JOIN newest ON year_ending = last_day(month)),
quarters AS (
    SELECT
        quantile_cont(offences, 0.25) AS lower_quartile,
        median(offences) AS median,
        quantile_cont(offences, 0.75) AS upper_quartile
    FROM now
)
SELECT
    now.ward_code,
    ward.borough_code,
    now.year_ending,
    now.offences,
    CASE
        WHEN now.offences <= lower_quartile THEN 1
        WHEN now.offences <= quarters.median THEN 2
        WHEN now.offences <= upper_quartile THEN 3
        ELSE 4
    END AS quarter_of_wards,
    -- Rates and changes are not rounded: to round 18.52 to 18.5, and that for a sentence, would give 18.
    1000.0 * now.offences / ward.population_count AS offences_per_1000,
    CASE
        WHEN count(*) OVER borough = count(now.offences) OVER borough
        THEN 1000.0 * sum(now.offences) OVER borough / sum(ward.population_count) OVER borough
    END AS borough_offences_per_1000,
    median(1000.0 * now.offences / ward.population_count) OVER () AS london_median_per_1000,
    before.offences AS offences_year_before,
    100.0 * (now.offences - before.offences) / nullif(before.offences, 0) AS change_on_year_before_percent,
    promised.offences AS offences_year_of_promise,
    100.0 * (now.offences - promised.offences) / nullif(promised.offences, 0) AS change_on_year_of_promise_percent,
    now.crosses_systems,
    now.crosses_systems
        OR before.crosses_systems
        OR (now.year_ending > DATE '2024-02-29' AND before.year_ending <= DATE '2024-02-29')
        AS year_before_crosses_systems,
    before.year_ending BETWEEN DATE '2020-04-30' AND DATE '2022-02-28' AS year_before_has_lockdowns,
    now.year_ending > DATE '2024-02-29' AS year_of_promise_crosses_systems
FROM ward_in_set AS ward
LEFT JOIN now ON now.ward_code = ward.ward_code
CROSS JOIN quarters
LEFT JOIN years AS before
    ON before.ward_code = now.ward_code AND before.year_ending = last_day(now.year_ending - INTERVAL 1 YEAR)
LEFT JOIN ward_crime_years_to(DATE '2017-02-01', 1) AS promised
    ON promised.ward_code = now.ward_code AND promised.year_ending < now.year_ending
WHERE ward.vintage = 2022
WINDOW borough AS (PARTITION BY ward.borough_code)
QUALIFY now.ward_code IS NOT NULL;
