-- Title: Rows of the edition of the monthly workbook that is shown
-- Grain: one row for each row of its strengths (dwo_strength_edition) or of its activity (dwo_activity_edition)
-- Unit: full-time equivalents; minutes on duty
-- Caveats: as dwo_edition_month
CREATE VIEW dwo_strength_edition AS
SELECT strength.*
FROM current_dwo_strength AS strength
SEMI JOIN dwo_edition_month AS edition ON edition.dataset = 'dwo_strength' AND edition.as_at = strength.as_at;
CREATE VIEW dwo_activity_edition AS
SELECT activity.*
FROM current_dwo_activity AS activity
SEMI JOIN dwo_edition_month AS edition ON edition.dataset = 'dwo_activity' AND edition.as_at = activity.as_at;
