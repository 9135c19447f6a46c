-- Title: Recorded crime: wards by month and wards by group add up to the same in the year to February 2026
-- Worth: arithmetic
SELECT (SELECT sum(offences) FROM current_ward_crime_group WHERE year_ending = DATE '2026-02-28') AS expected,
       (SELECT sum(offences) FROM current_ward_crime_month WHERE month BETWEEN DATE '2025-03-01' AND DATE '2026-02-01')
       AS got;
