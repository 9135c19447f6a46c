-- Title: One published figure, by its identifier
-- Grain: one number, or none
-- Unit: that of the figure
-- Caveats: for sums that must come out, where it matters which source's figure is meant
CREATE MACRO figure(wanted_id) AS (
    SELECT value FROM current_published_figures WHERE figure_id = wanted_id
);
