-- Title: January 2017: 100 wards + 295 = 395 wards with two officers
-- Worth: arithmetic
SELECT figure('2017-01-04-wards-with-two-pcs-london') AS expected,
       figure('2016-07-21-wards-with-two-pcs-london') + figure('2017-01-04-new-dwo-london') AS got;
