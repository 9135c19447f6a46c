-- Title: Rows of one version of a published table
-- Grain: one row for each row of the version
-- Unit: none; `fields` is the row as JSON, `row_key` the values of the columns named by `key_paths`
-- Caveats: `place_code` is the ward, else the borough or London, else the ward of 2014, else the borough of the site it is
-- about; empty where a row is about no one place. Each row as it was published, without where and when it was stored.
CREATE MACRO version_row(table_name, key_paths, published_as_at, published_revision) AS TABLE
WITH published AS (
    SELECT to_json(own) AS fields
    FROM (
        SELECT * EXCLUDE (snapshot_as_at, revision, snapshot_published_on, coverage, is_newest_revision, source_row)
        FROM query_table(table_name)
        WHERE snapshot_as_at = published_as_at AND revision = published_revision
    ) AS own
)
SELECT
    json_extract_string(fields, key_paths) AS row_key,
    coalesce(
        fields ->> '$.ward_code', fields ->> '$.geography_code', fields ->> '$.borough_code',
        fields ->> '$.ward_code_2014', current_sites.borough_code
    ) AS place_code,
    fields
FROM published
LEFT JOIN current_sites ON current_sites.site_id = fields ->> '$.site_id';
