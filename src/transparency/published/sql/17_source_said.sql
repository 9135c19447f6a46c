-- Title: The day by which a source had spoken
-- Grain: one row for each source of a published figure
-- Unit: day
-- Caveats: the day it was published; where that is not known, the last day of which it says how things then were,
--   blank where it says so of none
CREATE VIEW source_said AS
SELECT
    source_id,
    coalesce(
        any_value(published_on),
        max(known_from(as_at, as_at_precision)) FILTER (is_said(figures.kind))
    ) AS said_on
FROM current_published_figures AS figures
JOIN current_sources USING (source_id)
GROUP BY source_id;
