-- Title: December 2017: the declaration is stored for each of the 629 wards
-- Worth: arithmetic
SELECT figure('2017-12-28-wards-with-two-pcs-london') AS expected, count(*) AS got
FROM current_staffing
WHERE as_at = DATE '2017-12-28' AND evidence = 'declared' AND dedicated_pcs >= 2;
