-- Title: London on a day
-- Grain: one row
-- Unit: wards, of the set in force on the day
-- Caveats: sums of the boroughs' counts; these are counts of what is known ward by ward, not London's own
--   published figures, which are in published_figure_on
CREATE MACRO london_status_on(on_day) AS TABLE
SELECT sum(COLUMNS('_count$'))::BIGINT
FROM borough_status_on(on_day);
