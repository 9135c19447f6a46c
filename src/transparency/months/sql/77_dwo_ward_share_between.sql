-- Title: Each ward's share of time abstracted, several months together
-- Grain: one row for each ward of the set in force in the last month that has recorded time of its own
-- Unit: minutes on duty; abstraction_pct from 0 to 100; months with recorded time
-- Caveats: the share of several months is that of their minutes together; both months are included
CREATE MACRO dwo_ward_share_between(first_month, last_month) AS TABLE
SELECT
    ward_code,
    arg_max(ward_name, month) AS ward_name,
    borough_code,
    borough_name,
    count(*) AS months_count,
    sum(minutes) AS minutes,
    sum(minutes_abstracted) AS minutes_abstracted,
    100 * sum(minutes_abstracted) / sum(minutes) AS abstraction_pct
FROM dwo_ward_month
JOIN boroughs USING (borough_code)
WHERE month BETWEEN first_month AND last_month AND minutes > 0
  AND ward_code IN (
      SELECT ward_code FROM ward_in_set
      WHERE vintage = (SELECT max(vintage) FROM dwo_month WHERE month BETWEEN first_month AND last_month)
  )
GROUP BY ward_code, borough_code, borough_name;
