-- Title: December 2017: 629 + 100 + 529 = 1,258 officers
-- Worth: independent
SELECT figure('2017-12-28-dwo-total-london') AS expected,
       figure('2016-07-21-wards-total-london') + figure('2016-07-21-wards-with-two-pcs-london')
       + figure('2017-12-28-new-dwo-london') AS got;
