-- Title: Recorded crime of each ward by a day, its changes and its quarter of London's wards
-- Grain: one row for each ward of the 2022 set with all twelve months
-- Unit: offences; per cent of change; offences per 1,000 residents of 2021
-- Caveats: in central wards most offences are against visitors, so a rate per resident misleads there. The year of the
--   promise is the twelve months to February 2017; a change is blank where the earlier year is not whole, had none, or
--   is not earlier. A change across the end of February 2024, when the recording system changed, is not fully
--   comparable. quarter_of_wards: 1 has the fewest recorded offences, 4 the most; wards with the same number are together
CREATE MACRO ward_crime_on(on_day) AS TABLE
WITH now AS (SELECT * FROM ward_crime_year_on(on_day)),
before AS (
    SELECT ward_code, year_ending, offences, crosses_systems
    FROM ward_crime_year_on((SELECT last_day(max(year_ending) - INTERVAL 1 YEAR) FROM now))
),
promised AS (SELECT ward_code, year_ending, offences FROM ward_crime_year_on(DATE '2017-02-28')),
quarters AS (
    SELECT
        quantile_cont(offences, 0.25) AS lower_quartile,
        median(offences) AS median,
        quantile_cont(offences, 0.75) AS upper_quartile
    FROM now
)
SELECT
    ward.borough_code,
    now.*,
    before.offences AS offences_year_before,
    round(100.0 * (now.offences - before.offences) / nullif(before.offences, 0), 1) AS change_on_year_before_percent,
    now.crosses_systems
        OR before.crosses_systems
        OR (now.year_ending > DATE '2024-02-29' AND before.year_ending <= DATE '2024-02-29')
        AS year_before_crosses_systems,
    promised.offences AS offences_year_of_promise,
    round(100.0 * (now.offences - promised.offences) / nullif(promised.offences, 0), 1)
        AS change_on_year_of_promise_percent,
    now.year_ending > DATE '2024-02-29' AS year_of_promise_crosses_systems,
    round(1000.0 * now.offences / ward.population_count, 1) AS offences_per_1000,
    CASE
        WHEN now.offences <= lower_quartile THEN 1
        WHEN now.offences <= quarters.median THEN 2
        WHEN now.offences <= upper_quartile THEN 3
        ELSE 4
    END AS quarter_of_wards
FROM now
JOIN ward_in_set AS ward ON ward.vintage = 2022 AND ward.ward_code = now.ward_code
CROSS JOIN quarters
LEFT JOIN before
    ON before.ward_code = now.ward_code AND before.year_ending = last_day(now.year_ending - INTERVAL 1 YEAR)
LEFT JOIN promised ON promised.ward_code = now.ward_code AND promised.year_ending < now.year_ending;
