-- Title: The newest month that had ended by a day
-- Grain: one value
-- Unit: the first day of the month
-- Caveats: the last day of a month counts as its end
CREATE MACRO month_ended_by(on_day) AS
CAST(date_trunc('month', CAST(on_day AS DATE) + INTERVAL 1 DAY) - INTERVAL 1 MONTH AS DATE);
