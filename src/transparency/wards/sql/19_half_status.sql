-- Title: Status of one half of the promise by its count
-- Grain: met, short or not_known; blank where there is no count
-- Unit: the counts in one unit
-- Caveats: "at least one" does not show that a second is missing; posts are not officers, so a count of posts is
--   neither met nor short
CREATE MACRO half_status(half_count, promised_count, is_minimum, basis) AS
    CASE
        WHEN half_count IS NULL THEN NULL
        WHEN basis = 'posts' THEN 'not_known'
        WHEN half_count >= promised_count THEN 'met'
        WHEN is_minimum THEN 'not_known'
        ELSE 'short'
    END;
