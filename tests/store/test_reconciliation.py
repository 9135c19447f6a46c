"""A reconciliation whose two sides are both of one table, on a few rows made up for it."""

from __future__ import annotations

import duckdb
import pytest

from transparency.store.reconciliation import reconciliations


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("('North', 45), ('South', 51), ('E12000007', 50)", [(1, 1)]),
        ("('North', 46), ('South', 57), ('E12000007', 50)", [(1, 1)]),
        ("('North', 44), ('South', 51), ('E12000007', 50)", [(1, 0)]),
        ("('North', NULL), ('South', NULL), ('E12000007', 50)", [(1, 0)]),
        ("('North', 45)", [(1, 0)]),
        ("", []),
    ],
)
def test_the_survey_of_london_is_held_against_the_mean_of_its_boroughs(rows: str, found: list[tuple[int, int]]) -> None:
    [survey] = [item.sql for item in reconciliations() if item.name.startswith("Survey: London's value")]
    with duckdb.connect() as connection:
        connection.execute("CREATE MACRO london_code() AS 'E12000007'")
        connection.execute(
            "CREATE TABLE current_public_attitude_borough "
            "(geography_code VARCHAR, percent DOUBLE, quarter_end DATE DEFAULT DATE '2016-09-30', "
            "measure VARCHAR DEFAULT 'trust')"
        )
        if rows:
            connection.execute(f"INSERT INTO current_public_attitude_borough (geography_code, percent) VALUES {rows}")
        assert connection.execute(survey).fetchall() == found
