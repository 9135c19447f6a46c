-- Title: Places a figure can be about
-- Grain: one row for London, each borough and each ward of any set
-- Unit: codes
-- Caveats: a ward of any set, in force or not; the City of London is not among the boroughs
CREATE VIEW place AS
SELECT london_code() AS place_code
UNION ALL
SELECT borough_code FROM boroughs
UNION ALL
SELECT ward_code FROM ward;
