-- Title: 632 wards of the 2018 set
-- Worth: arithmetic
SELECT figure('2018-05-01-wards-total-london') AS expected, count(*) AS got FROM wards_2018;
