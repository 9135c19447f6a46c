-- Title: Days on which something was published of a ward, a borough or London
-- Grain: published_day_of_ward: one row for each day of which the ward or London has a figure; published_day_of: one
--   row for each day of which the borough, or one of its wards, has one (London: any ward)
-- Caveats: `is_of_ward` and `is_of_place` are true where the ward or place itself has a figure of the day, beside any
--   of another; targets, plans and claims are no such figure
CREATE MACRO published_day_of_ward(asked_ward_code) AS TABLE
SELECT as_at AS day, bool_or(is_of_ward) AS is_of_ward
FROM (
    SELECT known_from(as_at, as_at_precision) AS as_at, true AS is_of_ward
    FROM current_staffing
    WHERE ward_code = asked_ward_code
    UNION ALL
    SELECT known_from(as_at, as_at_precision), false
    FROM current_published_figures
    WHERE geography_code = london_code() AND is_said(kind)
)
GROUP BY as_at;
CREATE MACRO published_day_of(asked_geography_code) AS TABLE
SELECT as_at AS day, bool_or(is_of_place) AS is_of_place
FROM (
    SELECT known_from(as_at, as_at_precision) AS as_at, true AS is_of_place
    FROM current_published_figures
    WHERE geography_code = asked_geography_code AND is_said(kind)
    UNION ALL
    SELECT known_from(as_at, as_at_precision), false
    FROM current_staffing
    JOIN ward USING (ward_code)
    WHERE asked_geography_code = london_code() OR borough_code = asked_geography_code
)
GROUP BY as_at;
