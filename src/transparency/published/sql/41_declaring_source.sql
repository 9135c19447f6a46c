-- Title: Sources that declared the promise kept, ward by ward
-- Grain: one row for each source and day with staffing rows that are declared
-- Caveats: kept as a table, since it is the same on every day
CREATE TABLE declaring_source AS
SELECT DISTINCT source_id, as_at FROM current_staffing WHERE evidence = 'declared';
