-- Title: Recorded crime is of whole months and years, each of the system it was recorded in
-- Guards: no month is of the other system, no period begins in the middle of a month, no count is below nought
-- Remedy: correct the day, the system or the count in the file and hand it in again
SELECT
    dataset,
    snapshot_as_at,
    revision,
    source_row,
    column_name,
    value,
    CASE column_name
        WHEN 'month' THEN 'the day is not the first of a month'
        WHEN 'year_ending' THEN 'the day is not the last of a February'
        WHEN 'recording_system' THEN 'the system is not that of the month'
        ELSE 'the count is below nought'
    END AS rule,
    'Correct it in the file and hand it in again.' AS remedy,
    false AS is_warning
FROM (
    SELECT
        'ward_crime_month' AS dataset,
        snapshot_as_at,
        revision,
        source_row,
        CASE
            WHEN day(month) <> 1 THEN 'month'
            WHEN (month <= DATE '2024-02-01') <> (recording_system = 'until_february_2024') THEN 'recording_system'
            WHEN offences < 0 THEN 'offences'
        END AS column_name,
        strftime(month, '%Y-%m-%d') || ' ' || recording_system || ' ' || offences AS value
    FROM current_ward_crime_month
    WHERE column_name IS NOT NULL
    UNION ALL
    SELECT
        'ward_crime_group',
        snapshot_as_at,
        revision,
        source_row,
        CASE
            WHEN month(year_ending) <> 2 OR year_ending <> last_day(year_ending) THEN 'year_ending'
            WHEN offences < 0 THEN 'offences'
        END AS column_name,
        strftime(year_ending, '%Y-%m-%d') || ' ' || offences AS value
    FROM current_ward_crime_group
    WHERE column_name IS NOT NULL
)
ORDER BY ALL;
