-- Title: The day from which a figure or plan was said
-- Grain: one value
-- Unit: day
-- Caveats: a target or plan is said when its source had spoken (source_said), before the day it is for; where that day
--   is not known, and for every other figure, the day the figure is of (known_from)
CREATE MACRO said_from(kind, as_at, as_at_precision, source_said_on) AS
    CASE
        WHEN kind IN ('target', 'planned') THEN least(known_from(as_at, as_at_precision), source_said_on)
        ELSE known_from(as_at, as_at_precision)
    END;
