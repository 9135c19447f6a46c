-- Title: December 2017: 1,258 officers = 2 x 629 wards
-- Worth: independent
SELECT figure('2017-12-28-dwo-total-london') AS expected,
       2 * figure('2016-07-21-wards-total-london') AS got;
