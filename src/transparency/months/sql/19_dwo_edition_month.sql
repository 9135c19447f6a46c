-- Title: Months of the edition of the monthly workbook that is shown
-- Grain: one row for each sheet (dwo_strength, dwo_activity) and month of the workbook imported last
-- Caveats: the publisher restates months, and drops the oldest, so that two editions are never one series. A month that
--   only an earlier edition had stays stored and is in no figure
CREATE VIEW dwo_edition_month AS
SELECT dataset, month_end AS as_at
FROM current_dwo_imports
WHERE snapshot_as_at = (SELECT max(snapshot_as_at) FROM current_dwo_imports);
