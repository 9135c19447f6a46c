-- Title: Status of one half of the promise by its count
-- Grain: met, short or not_known; blank where there is no count
-- Unit: the counts in one unit
-- Caveats: "at least one" does not show that a second is missing
CREATE MACRO half_status(half_count, promised_count, is_minimum) AS
    CASE
        WHEN half_count IS NULL THEN NULL
        WHEN half_count >= promised_count THEN 'met'
        WHEN is_minimum THEN 'not_known'
        ELSE 'short'
    END;
