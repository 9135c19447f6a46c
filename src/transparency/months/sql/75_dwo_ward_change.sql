-- Title: What changed in a ward from one month to the next
-- Grain: one row for each ward and month in which its strength or its status is not that of the month before
-- Unit: full-time equivalents; abstraction_pct from 0 to 100
-- Caveats: the month before is blank throughout where it is not stored, as for a ward's first month; a first month
--   with nothing published is no change
CREATE VIEW dwo_ward_change AS
SELECT
    now.ward_code,
    now.month,
    now.as_at,
    now.ward_name,
    now.ward_status AS status,
    before.ward_status AS status_before,
    now.constable_fte,
    before.constable_fte AS constable_fte_before,
    now.pcso_fte,
    before.pcso_fte AS pcso_fte_before,
    now.abstraction_pct
FROM dwo_ward_month AS now
LEFT JOIN dwo_ward_month AS before
    ON before.ward_code = now.ward_code AND before.month = now.month - INTERVAL 1 MONTH
WHERE now.ward_status IS DISTINCT FROM coalesce(before.ward_status, 'not_published')
   OR now.constable_fte IS DISTINCT FROM before.constable_fte
   OR now.pcso_fte IS DISTINCT FROM before.pcso_fte;
