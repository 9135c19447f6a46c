-- Title: Ward teams that the Met names otherwise than their ward
-- Grain: ward of the 2022 set
-- Unit: names; as_at is the day of the edition that was read
-- Caveats: every name of the team is given where one of them differs. Case, full stops, apostrophes, and "&" for "and"
--   are no difference
CREATE VIEW team_named_otherwise AS
WITH plain AS (
    SELECT
        team.*,
        ward.ward_name,
        regexp_replace(replace(lower(team_name), '&', 'and'), '[.''’]', '', 'g') AS team_words,
        regexp_replace(replace(lower(ward_name), '&', 'and'), '[.''’]', '', 'g') AS ward_words
    FROM current_team_names AS team
    JOIN ward USING (ward_code)
)
SELECT
    ward_code,
    string_agg(team_name, ' or ' ORDER BY team_name) AS names,
    plain.snapshot_as_at AS as_at,
    publisher,
    title,
    url
FROM plain
JOIN current_sources USING (source_id)
GROUP BY ward_code, plain.snapshot_as_at, publisher, title, url
HAVING bool_or(team_words <> ward_words);
