-- Title: 71 months of recorded time by borough, May 2018 to March 2024
-- Worth: arithmetic
SELECT figure('2018-05-01-dwo-dataset-coverage-london') AS expected, count(DISTINCT month) AS got
FROM current_abstraction_borough;
