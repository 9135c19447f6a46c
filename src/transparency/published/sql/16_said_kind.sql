-- Title: Figures that say what was, not what is to be
-- Grain: one value each
-- Caveats: reported comes before approximate, that before a model restated, that before our own sum (derived); a target or
--   a plan is never one
CREATE MACRO is_said(kind) AS kind IN ('reported', 'approximate', 'restated', 'derived');
CREATE MACRO said_order(kind) AS list_position(['reported', 'approximate', 'restated', 'derived'], kind);
