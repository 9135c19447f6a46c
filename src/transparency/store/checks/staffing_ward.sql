-- Title: Staffing speaks of wards of the set in force on its day
-- Guards: counts and roll-ups use one ward set; the City of London is policed by another force
-- Remedy: use the code of the ward set in force on the as-at date
SELECT
    'staffing' AS dataset,
    staffing.snapshot_as_at,
    staffing.revision,
    staffing.source_row,
    'ward_code' AS column_name,
    staffing.ward_code AS value,
    CASE
        WHEN staffing.ward_code BETWEEN 'E05000001' AND 'E05000025'
          OR staffing.ward_code BETWEEN 'E05009288' AND 'E05009312'
            THEN 'a ward of the City of London, which the Metropolitan Police does not police'
        WHEN ward.ward_code IS NULL
            THEN 'no ward has this code'
        ELSE format(
            'the ward {} is not in the {} set, which is in force on {}',
            ward.ward_name, ward_sets.vintage, strftime(staffing.as_at, '%-d %B %Y')
        )
    END AS rule,
    format('Use a code of data/reference/wards_{}.csv.', ward_sets.vintage) AS remedy,
    false AS is_warning
FROM current_staffing AS staffing
JOIN ward_sets
    ON (ward_sets.in_force_from IS NULL OR ward_sets.in_force_from <= staffing.as_at)
   AND (ward_sets.in_force_to IS NULL OR ward_sets.in_force_to >= staffing.as_at)
LEFT JOIN ward ON ward.ward_code = staffing.ward_code
ANTI JOIN ward_in_set
    ON ward_in_set.vintage = ward_sets.vintage AND ward_in_set.ward_code = staffing.ward_code
WHERE staffing.ward_code IS NOT NULL
ORDER BY ALL;
