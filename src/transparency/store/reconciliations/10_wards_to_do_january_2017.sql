-- Title: January 2017: 629 - 395 = 234 wards still to do
-- Worth: arithmetic
SELECT figure('2017-01-04-wards-without-second-pc-london') AS expected,
       figure('2016-07-21-wards-total-london') - figure('2017-01-04-wards-with-two-pcs-london') AS got;
