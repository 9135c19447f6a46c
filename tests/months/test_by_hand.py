"""Views of the months on a few rows made up for them, with what follows worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

import transparency.months

SQL = Path(transparency.months.__file__).parent / "sql"
APRIL, MAY, JULY = date(2022, 4, 1), date(2022, 5, 1), date(2022, 7, 1)


@pytest.fixture
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("CREATE MACRO london_code() AS 'E12000007'")
        yield connection


def create(connection: duckdb.DuckDBPyConnection, view: str) -> None:
    """Create one view from its own file."""
    connection.execute(next(SQL.glob(f"*_{view}.sql")).read_text(encoding="utf-8"))


def test_a_ward_turns_from_any_shortfall_to_met_and_back(empty: duckdb.DuckDBPyConnection) -> None:
    empty.execute("""
        CREATE TABLE dwo_ward_month AS
        SELECT (DATE '2022-04-01' + to_months(place))::DATE AS month, name AS ward_code, name AS ward_name,
               'B1' AS borough_code, 2022 AS vintage, status AS ward_status
        FROM (VALUES
            ('Ash', 0, 'pcs_short'), ('Ash', 1, 'met'), ('Bow', 0, 'pcso_short'), ('Bow', 1, 'met'),
            ('Cay', 0, 'both_short'), ('Cay', 1, 'met'), ('Dell', 0, 'met'), ('Dell', 1, 'pcs_short'),
            ('Elm', 0, 'met'), ('Elm', 1, 'pcso_short'), ('Fir', 0, 'met'), ('Fir', 1, 'both_short'),
            ('Gate', 0, 'met'), ('Gate', 1, 'not_published'), ('Hill', 0, 'partly_known'), ('Hill', 1, 'met')
        ) AS made(name, place, status)
    """)
    create(empty, "dwo_turn_month")
    turned = (["Ash", "Bow", "Cay"], ["Dell", "Elm", "Fir"], ["Gate"])
    assert empty.execute("FROM dwo_turn_month ORDER BY place_code").fetchall() == [
        (MAY, "B1", *turned),
        (MAY, "E12000007", *turned),
    ]


def test_time_is_of_months_with_any_and_quarters_of_london_and_boroughs(empty: duckdb.DuckDBPyConnection) -> None:
    columns = "(place_kind, place_code, month, as_at, boroughs_with_activity_count, minutes, minutes_abstracted)"
    empty.execute(f"""
        CREATE TABLE dwo_place_month AS
        SELECT *, 100 * minutes_abstracted / nullif(minutes, 0) AS abstraction_pct
        FROM (VALUES
            ('london', 'E12000007', DATE '2022-04-01', DATE '2022-04-30', 2, 300, 30),
            ('london', 'E12000007', DATE '2022-05-01', DATE '2022-05-31', 1, 100, 20),
            ('borough', 'B1', DATE '2022-04-01', DATE '2022-04-30', 1, 0, 0),
            ('borough', 'B1', DATE '2022-07-01', DATE '2022-07-31', 1, 200, 50),
            ('bcu', 'C1', DATE '2022-04-01', DATE '2022-04-30', 1, 100, 10)
        ) AS made{columns}
    """)
    empty.execute("""
        CREATE TABLE dwo_ward_month AS
        SELECT 'E1' AS ward_code, DATE '2022-04-01' AS month, DATE '2022-04-30' AS as_at, minutes,
               1 AS minutes_abstracted, 2 AS abstraction_pct
        FROM (VALUES (50), (0)) AS made(minutes)
    """)
    create(empty, "dwo_time_month")
    create(empty, "dwo_time_quarter")
    months = empty.execute("SELECT place_code, month, minutes FROM dwo_time_month ORDER BY ALL").fetchall()
    assert months == [
        ("B1", JULY, 200),
        ("C1", APRIL, 100),
        ("E1", APRIL, 50),
        ("E12000007", APRIL, 300),
        ("E12000007", MAY, 100),
    ]
    assert empty.execute("FROM dwo_time_quarter ORDER BY geography_code").fetchall() == [
        ("B1", JULY, JULY, 1, 1, 25.0),
        ("E12000007", APRIL, MAY, 2, 1, 12.5),
    ]


def test_officers_above_the_promise_are_those_over_two_constables_and_one_pcso_in_a_ward(
    empty: duckdb.DuckDBPyConnection,
) -> None:
    empty.execute("""
        CREATE TABLE boroughs AS
        SELECT 'B1' AS borough_code, 'North' AS borough_name, 'C1' AS bcu_code, 'Unit' AS bcu_name;
        CREATE TABLE dwo_month AS SELECT DATE '2022-04-01' AS month, DATE '2022-04-30' AS as_at;
        CREATE TABLE dwo_strength_edition (
            as_at DATE, borough_code VARCHAR, rank VARCHAR, fte DOUBLE, ward_code VARCHAR, is_shared BOOLEAN,
            match_method VARCHAR
        );
        CREATE TABLE dwo_activity_edition (
            as_at DATE, borough_code VARCHAR, minutes DOUBLE, is_abstracted BOOLEAN, ward_code VARCHAR,
            is_shared BOOLEAN, match_method VARCHAR
        );
        CREATE TABLE dwo_ward_month AS
        SELECT DATE '2022-04-30' AS as_at, 'B1' AS borough_code, 'met' AS ward_status, 'met' AS constable_status,
               'met' AS pcso_status, true AS is_above_minimum, constable_fte, pcso_fte, 1000 AS population_count,
               2021 AS population_year
        FROM (VALUES (2.5, 1.25), (4, 1), (1, 0), (NULL, NULL)) AS made(constable_fte, pcso_fte)
    """)
    create(empty, "dwo_place_month")
    above = "SELECT place_kind, constable_above_minimum_fte, pcso_above_minimum_fte FROM dwo_place_month ORDER BY ALL"
    assert empty.execute(above).fetchall() == [("bcu", 2.5, 0.25), ("borough", 2.5, 0.25), ("london", 2.5, 0.25)]
