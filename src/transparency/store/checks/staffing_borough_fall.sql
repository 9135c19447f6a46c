-- Title: No borough loses more than half its officers between two snapshots of every ward
-- Guards: a column shifted or a borough half filled in
-- Remedy: a warning only; compare the file with its source
WITH counted AS (
    SELECT
        staffing.snapshot_as_at,
        staffing.revision,
        ward_in_set.borough_name,
        sum(staffing.dedicated_pcs) AS dedicated_pcs,
        sum(staffing.dedicated_pcsos) AS dedicated_pcsos
    FROM current_staffing AS staffing
    JOIN ward_in_set
        ON ward_in_set.ward_code = staffing.ward_code
       AND (ward_in_set.in_force_from IS NULL OR ward_in_set.in_force_from <= staffing.as_at)
       AND (ward_in_set.in_force_to IS NULL OR ward_in_set.in_force_to >= staffing.as_at)
    WHERE staffing.coverage = 'all_wards'
    GROUP BY ALL
),
compared AS (
    SELECT
        *,
        lag(total) OVER earlier AS earlier_total,
        lag(snapshot_as_at) OVER earlier AS earlier_as_at
    FROM (UNPIVOT counted ON dedicated_pcs, dedicated_pcsos INTO NAME column_name VALUE total)
    WINDOW earlier AS (PARTITION BY borough_name, column_name ORDER BY snapshot_as_at)
)
SELECT
    'staffing' AS dataset,
    snapshot_as_at,
    revision,
    NULL AS source_row,
    column_name,
    format('{:g}', total) AS value,
    format(
        '{} falls by more than half, from {:g} on {}',
        borough_name, earlier_total, strftime(earlier_as_at, '%-d %B %Y')
    ) AS rule,
    'Compare the file with its source; if the fall is real, nothing need be done.' AS remedy,
    true AS is_warning
FROM compared
WHERE total < earlier_total / 2
ORDER BY ALL;
