-- Title: London's or a borough's figure for a measure on a day
-- Grain: one row for each geography and metric with a figure up to the day
-- Unit: named in the column unit
-- Caveats: the row of published_figure_standing whose run of days holds the day
CREATE MACRO published_figure_on(on_day) AS TABLE
SELECT * EXCLUDE (stands_from, stands_until)
FROM published_figure_standing
WHERE stands_from <= on_day AND (stands_until IS NULL OR stands_until > on_day);
