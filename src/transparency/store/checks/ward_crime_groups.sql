-- Title: The groups of a ward's year add up to its twelve months
-- Guards: a group that is missing or counted twice is noticed
-- Remedy: read both from the same files again, or explain the difference
WITH groups AS (
    SELECT
        ward_code,
        year_ending,
        min(source_row) AS source_row,
        any_value(snapshot_as_at) AS snapshot_as_at,
        any_value(revision) AS revision,
        sum(offences) AS offences
    FROM current_ward_crime_group
    GROUP BY ward_code, year_ending
)
SELECT
    'ward_crime_group' AS dataset,
    snapshot_as_at,
    revision,
    source_row,
    'offences' AS column_name,
    CAST(groups.offences AS VARCHAR) AS value,
    format('the groups of {} in the year to {} do not add up to its months, {}',
        ward_code, strftime(year_ending, '%B %Y'), months.offences) AS rule,
    'Read both from the same files again, or explain the difference.' AS remedy,
    true AS is_warning
FROM groups
JOIN ward_crime_years_to((SELECT date_trunc('month', max(year_ending)) FROM groups), 100) AS months
    USING (ward_code, year_ending)
WHERE groups.offences <> months.offences
ORDER BY ALL;
