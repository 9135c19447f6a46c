-- Title: 629 wards: the boroughs' counts of 2014 wards add up to the same
-- Worth: independent
SELECT figure('2016-07-21-wards-total-london') AS expected, sum(wards_2014) AS got FROM boroughs;
