-- Title: What was promised in July 2016, and the code of London
-- Grain: one value each
-- Unit: days; officers of one ward
-- Caveats: the same values are in core/vocabulary, for the sentences; a test compares them
CREATE MACRO promised_on() AS DATE '2016-07-21';
CREATE MACRO due_on() AS DATE '2017-12-31';
CREATE MACRO declared_on() AS DATE '2017-12-28';
CREATE MACRO promised_pcs() AS 2;
CREATE MACRO promised_pcsos() AS 1;
CREATE MACRO london_code() AS 'E12000007';
