-- Title: 679 wards: the boroughs' counts of 2022 wards add up to the same
-- Worth: independent
SELECT figure('2025-12-01-wards-total-london') AS expected, sum(wards_2022) AS got FROM boroughs;
