-- Title: Rows of a table
-- Grain: one row
-- Unit: rows
-- Caveats: of a fixed table by its name, of a published one by current_ and its name
CREATE MACRO table_rows_count(table_name) AS TABLE
SELECT count(*) AS rows_count FROM query_table(table_name);
