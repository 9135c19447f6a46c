-- Title: The day from which a date that is not exact has surely come
-- Grain: one value
-- Unit: day
-- Caveats: the last day of the month or of the year where only that is known; the date itself where it is exact
CREATE MACRO known_from(as_at, as_at_precision) AS
    CASE as_at_precision
        WHEN 'month' THEN last_day(as_at)
        WHEN 'year' THEN make_date(year(as_at), 12, 31)
        ELSE as_at
    END;
