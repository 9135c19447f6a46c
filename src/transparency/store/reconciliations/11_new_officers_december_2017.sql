-- Title: December 2017: 529 new officers = 295 by January + 234 still to do
-- Worth: arithmetic
SELECT figure('2017-12-28-new-dwo-london') AS expected,
       figure('2017-01-04-new-dwo-london') + figure('2017-01-04-wards-without-second-pc-london') AS got;
