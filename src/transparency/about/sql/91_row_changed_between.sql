-- Title: Rows that differ between two versions of a published table
-- Grain: one row for each row that one version has and the other has not, or has otherwise
-- Unit: none; `change` is added, changed or gone
-- Caveats: a row is known again by its key; with no version before (both empty) every row is added
CREATE MACRO row_changed_between(table_name, key_paths, old_as_at, old_revision, new_as_at, new_revision) AS TABLE
SELECT
    coalesce(fresh.row_key, former.row_key) AS row_key,
    coalesce(fresh.place_code, former.place_code) AS place_code,
    CASE WHEN former.row_key IS NULL THEN 'added' WHEN fresh.row_key IS NULL THEN 'gone' ELSE 'changed' END AS change
FROM version_row(table_name, key_paths, new_as_at, new_revision) AS fresh
FULL JOIN version_row(table_name, key_paths, old_as_at, old_revision) AS former ON former.row_key = fresh.row_key
WHERE fresh.fields IS DISTINCT FROM former.fields;
