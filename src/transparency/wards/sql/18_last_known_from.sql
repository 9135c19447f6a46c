-- Title: The day from which a figure is only the last one known
-- Grain: one value
-- Unit: day
-- Caveats: a figure stands for twelve months from its day; after them it says what was, not what is
CREATE MACRO last_known_from(as_at) AS (as_at + INTERVAL 1 YEAR)::DATE + 1;
