-- Title: Boroughs ranked by their share of wards
-- Grain: one row for each of the boroughs given that has a figure for every ward, best first by `place`
-- Unit: ranks, 1 for the best
-- Caveats: equal shares share a rank; so does a share less than one ward behind the first of its rank, since such a
--   gap is no real difference (`is_no_real_difference` compares with the row above). A ward is one of the borough
--   ahead, the smallest first where several have the same share. Gaps are worked out from counts, not from rounded
--   shares. `compared` is a list, so that a reader's choice of boroughs is ranked by itself
CREATE MACRO ranked_by_wards(compared) AS TABLE
WITH RECURSIVE ordered AS MATERIALIZED (
    SELECT
        given.*,
        row_number() OVER (ORDER BY wards_met_count / wards_count DESC, wards_count, borough_name) AS place
    FROM (SELECT unnest(compared, recursive := true)) AS given
    WHERE is_ranked
),
placed AS (
    SELECT place, place AS rank, wards_met_count AS first_met, wards_count AS first_wards FROM ordered WHERE place = 1
    UNION ALL
    SELECT
        ordered.place,
        CASE WHEN is_next THEN ordered.place ELSE placed.rank END,
        CASE WHEN is_next THEN ordered.wards_met_count ELSE placed.first_met END,
        CASE WHEN is_next THEN ordered.wards_count ELSE placed.first_wards END
    FROM placed
    JOIN ordered ON ordered.place = placed.place + 1
    CROSS JOIN LATERAL (
        SELECT placed.first_met * ordered.wards_count - ordered.wards_met_count * placed.first_wards
            >= ordered.wards_count AS is_next
    )
)
SELECT
    place,
    rank,
    count(*) OVER (PARTITION BY rank) > 1 AS is_tied,
    coalesce(
        lag(wards_met_count) OVER above * wards_count - wards_met_count * lag(wards_count) OVER above < wards_count,
        false
    ) AS is_no_real_difference,
    ordered.* EXCLUDE (place)
FROM ordered
JOIN placed USING (place)
WINDOW above AS (ORDER BY place);
