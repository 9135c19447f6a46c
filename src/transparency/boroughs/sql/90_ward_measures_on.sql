-- Title: What can be compared of every ward of London on a day
-- Grain: one row for each ward in force on the day
-- Unit: metres in a straight line from the ward's centre; offences; offences per 1,000 residents of 2021; persons
-- Caveats: distances as in ward_counter_distance_on, missing where the ward's centre is not known; recorded crime as in
--   ward_crime_on, missing for wards of other sets than that of 2022; persons as in ward_on
CREATE MACRO ward_measures_on(on_day) AS TABLE
SELECT
    ward.ward_code,
    ward.ward_name,
    ward.borough_code,
    ward.borough_name,
    distances.counter_distance_m,
    distances.counter_24_7_distance_m,
    crime.year_ending,
    crime.offences,
    crime.offences_per_1000,
    ward.population_count
FROM ward_on(on_day) AS ward
LEFT JOIN ward_counter_distance_on(on_day) AS distances USING (ward_code)
LEFT JOIN ward_crime_on(on_day) AS crime USING (ward_code);
