"""A table folds under words that say how much of it there is, and none is shown where nothing is known."""

from datetime import date

import pytest

from transparency.counters.exhibits import compiled
from transparency.exhibits.exhibit import Column, Exhibit, Table
from transparency.exhibits.html import exhibit_foot_html, render


def told(rows: int) -> Exhibit:
    table = Table("Wards", (Column("ward_name", "Ward"),), tuple((f"Ward {number}",) for number in range(rows)))
    return Exhibit("wards", "Wards", "On one day", table, compiled(date(2026, 1, 1)), note="A note.")


@pytest.mark.parametrize(("rows", "words"), [(1, "Show the table of this row"), (9, "Show the table of these 9 rows")])
def test_a_folded_table_says_how_many_rows_it_has(rows: int, words: str) -> None:
    assert f"<summary>{words}</summary>" in exhibit_foot_html(told(rows), is_table_open=False)


@pytest.mark.parametrize("is_table_open", [True, False])
def test_no_row_shows_no_table(is_table_open: bool) -> None:
    on_dashboard = exhibit_foot_html(told(0), is_table_open)
    on_plain_page = render("exhibit.html", exhibit=told(0), level=2)
    for html in (on_dashboard, on_plain_page):
        assert "<table" not in html and "<details" not in html
        assert "A note." in html
