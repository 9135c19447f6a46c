-- Title: 679 wards of the 2022 set, as in the set of December 2025
-- Worth: independent
SELECT figure('2025-12-01-wards-total-london') AS expected, count(*) AS got FROM wards_2022;
