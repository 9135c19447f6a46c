"""One fold below each exhibit, named after what is in it; a table is open where no picture shows the same."""

from dataclasses import replace
from datetime import date

import pytest

from transparency.counters.exhibits import compiled
from transparency.exhibits.exhibit import Column, Exhibit, Image, Table
from transparency.exhibits.html import exhibit_foot_html


def told(rows: int) -> Exhibit:
    table = Table("Wards", (Column("ward_name", "Ward"),), tuple((f"Ward {number}",) for number in range(rows)))
    return Exhibit("wards", "Wards", "On one day", table, compiled(date(2026, 1, 1)), note="A note.")


PICTURE = Image("<svg/>", "Two bars")


def test_a_table_without_a_picture_stands_open_above_the_fold() -> None:
    table, _, fold = exhibit_foot_html(told(2)).partition("<details")
    assert "Ward 1" in table
    assert "<summary>Sources and method<" in fold and "A note." in fold and "<table" not in fold


@pytest.mark.parametrize(
    ("exhibit", "is_table_open"), [(replace(told(2), picture=PICTURE), True), (told(30), False)], ids=["drawn", "long"]
)
def test_a_table_that_a_picture_shows_or_that_is_long_is_in_the_fold(exhibit: Exhibit, is_table_open: bool) -> None:
    before, _, fold = exhibit_foot_html(exhibit, is_table_open).partition("<details")
    assert "<table" not in before
    assert "<summary>Table, sources and method<" in fold and "Ward 1" in fold and "A note." in fold


@pytest.mark.parametrize("is_table_open", [True, False])
def test_no_row_shows_no_table(is_table_open: bool) -> None:
    html = exhibit_foot_html(told(0), is_table_open)
    assert "<table" not in html and "Table, sources" not in html
    assert "A note." in html


def test_a_wide_table_labels_each_cell_for_a_narrow_screen_and_stays_a_table() -> None:
    columns = tuple(Column(name, name.title()) for name in ("ward", "constables", "pcsos", "known"))
    html = exhibit_foot_html(replace(told(0), table=Table("Wards", columns, (("Abbey", 2, 1, "2019"),))))
    assert '<table class="cards" role="table">' in html
    assert '<td role="cell" data-label="Pcsos">1</td>' in html
