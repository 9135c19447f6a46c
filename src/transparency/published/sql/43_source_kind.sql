-- Title: The register of sources by kind
-- Grain: one row for each kind of source
-- Unit: sources; publishers
-- Caveats: a publisher with sources of several kinds is counted in each
CREATE VIEW source_kind AS
SELECT kind, count(*) AS sources_count, count(DISTINCT publisher) AS publishers_count
FROM current_sources
GROUP BY kind;
