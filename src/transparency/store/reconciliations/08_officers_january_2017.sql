-- Title: January 2017: 629 first officers + 100 second + 295 new = 1,024
-- Worth: independent
SELECT figure('2017-01-04-dwo-total-london') AS expected,
       figure('2016-07-21-wards-total-london') + figure('2016-07-21-wards-with-two-pcs-london')
       + figure('2017-01-04-new-dwo-london') AS got;
