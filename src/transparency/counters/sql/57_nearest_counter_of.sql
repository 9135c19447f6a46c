-- Title: The nearest open front counters of several wards on a day
-- Grain: one row for each counter that is nearest to one of the wards
-- Unit: metres in a straight line from the wards' centres
-- Caveats: as ward_counter_distance; a ward without a known nearest counter has no row
CREATE MACRO nearest_counter_of(ward_codes, on_day) AS TABLE
SELECT
    site_name AS counter_site_name,
    count(*)::INTEGER AS wards_count,
    min(counter_distance_m) AS least_distance_m,
    max(counter_distance_m) AS greatest_distance_m
FROM ward_counter_distance_on(on_day)
JOIN site ON site_id = counter_site_id
WHERE list_contains(ward_codes, ward_code)
GROUP BY site_name;
