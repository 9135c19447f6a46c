-- Title: 629 wards of the 2014 set, as promised for on 21 July 2016
-- Worth: independent
SELECT figure('2016-07-21-wards-total-london') AS expected, count(*) AS got FROM wards_2014;
