-- Title: Number of rows that differ between two versions of a published table
-- Grain: one row for the whole table (`is_total`), and one for each place and for no place
-- Unit: rows
-- Caveats: `place_code` is empty for the whole table and for rows about no one place
CREATE MACRO rows_changed_between(table_name, key_paths, old_as_at, old_revision, new_as_at, new_revision) AS TABLE
SELECT
    place_code,
    grouping(place_code) = 1 AS is_total,
    count(*) FILTER (change = 'added') AS rows_added,
    count(*) FILTER (change = 'changed') AS rows_changed,
    count(*) FILTER (change = 'gone') AS rows_gone
FROM row_changed_between(table_name, key_paths, old_as_at, old_revision, new_as_at, new_revision)
GROUP BY GROUPING SETS ((), (place_code));
