-- Title: The newest month of each ward between two days
-- Grain: one row for each ward with a strength of its own in a month that ended between the days
-- Unit: as dwo_ward_month
-- Caveats: as dwo_ward_month; a month with nothing published of the ward is never the newest
CREATE MACRO dwo_ward_leading_month(first_day, last_day) AS TABLE
SELECT *
FROM dwo_ward_month
WHERE as_at BETWEEN first_day AND last_day AND ward_status <> 'not_published'
QUALIFY row_number() OVER (PARTITION BY ward_code ORDER BY month DESC) = 1;
