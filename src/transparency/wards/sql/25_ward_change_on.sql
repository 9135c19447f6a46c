-- Title: Change between a ward's two latest rows on a day
-- Grain: one row for each ward with at least two staffing rows up to the day
-- Unit: counts in the unit named by each row's basis; a change is given only between equal bases
-- Caveats: the row of ward_change that is the ward's latest on the day
CREATE MACRO ward_change_on(on_day) AS TABLE
SELECT * EXCLUDE (stands_from, stands_until)
FROM ward_change
WHERE stands_from <= on_day AND (stands_until IS NULL OR stands_until > on_day);
