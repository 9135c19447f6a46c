-- Title: Havering, January 2017: 2 x 18 wards + 9 extra = 45 officers
-- Worth: independent
SELECT figure('2017-01-16-dwo-total-havering') AS expected,
       2 * wards_2014 + figure('2017-01-16-new-dwo-high-demand-havering') AS got
FROM boroughs WHERE borough_name = 'Havering';
