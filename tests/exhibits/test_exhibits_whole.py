"""Every exhibit is whole: headline, table on the page and file say the same, each with its source and its words."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import date
from functools import cache
from html.parser import HTMLParser

import pytest

from tests.exhibits.test_files import DAY, exhibits
from transparency.core.vocabulary import PROMISED_ON
from transparency.exhibits.exhibit import Chart, Exhibit, Image, Link, Rows, cell_text
from transparency.exhibits.files import table_csv
from transparency.exhibits.html import exhibit_foot_html
from transparency.store.current import shared_store

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
# What a headline counts besides the rows it stands over, by the exhibit's key, and why the rows do not hold it.
BESIDE_THE_ROWS = {
    "pace": ({"529"}, "the wards to go at the start, which the rows give as 629 less 100"),
    "counters": ({"2017"}, "the year before, which the rows give as its day"),
    "compared": ({"2017", "1,000"}, "when the counters before are of; the residents a rate is of"),
    "ward-distances": ({"34"}, "wards of which the rows give the distance"),
    "bases": ({"42"}, "all places listed"),
    "openings": ({"73", "37", "36", "38", "1"}, "what was open before, what closed and what that leaves"),
    "crime": ({"20"}, "the wards of the borough, whose rows one for all of them follows"),
    "distances": ({"2017"}, "the day before the closures, which the rows are not of"),
}


class TableRows(HTMLParser):
    """The words of each row of a table's body."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.is_body = self.is_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_body = tag == "tbody" or (self.is_body and tag != "thead")
        if self.is_body and tag == "tr":
            self.rows.append([])
        elif self.is_body and tag in ("td", "th"):
            self.rows[-1].append("")
            self.is_cell = True

    def handle_endtag(self, tag: str) -> None:
        self.is_body = self.is_body and tag != "tbody"
        self.is_cell = self.is_cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self.is_cell:
            self.rows[-1][-1] += data


@cache
def every() -> list[Exhibit]:
    return [exhibit for exhibit in exhibits(shared_store()) if exhibit is not None]


@pytest.mark.rule("A4", "C7")
def test_the_table_on_the_page_and_the_file_have_the_same_rows() -> None:
    assert len(every()) > 25
    for exhibit in every():
        shown = TableRows()
        shown.feed(exhibit_foot_html(exhibit))
        assert shown.rows == [[cell_text(cell, exhibit.table.missing) for cell in row] for row in exhibit.table.rows]

        header, *file = csv.reader(io.StringIO(table_csv(exhibit.table).decode(), newline=""))
        assert len(file) == len(shown.rows), exhibit.key
        assert [name for name in header if not name.endswith("_href")] == [col.name for col in exhibit.table.columns]
        assert exhibit.csv_href is not None
        assert f'href="{exhibit.csv_href.replace("&", "&amp;")}"' in exhibit_foot_html(exhibit)


@pytest.mark.rule("C2")
def test_each_number_of_a_headline_is_in_its_rows_or_counts_them() -> None:
    for exhibit in every():
        beside, _reason = BESIDE_THE_ROWS.get(exhibit.key, (set(), ""))
        assert set(NUMBER.findall(exhibit.headline)) - told_by(exhibit) - beside == set(), exhibit.headline


def told_by(exhibit: Exhibit) -> set[str]:
    """The numbers the rows hold, what counting or adding them gives, and the days the exhibit is of."""
    rows = exhibit.table.rows
    words = [[cell_text(cell) for cell in row] for row in rows]
    days = f"{_numbers(DAY)} {_numbers(PROMISED_ON)}"
    told = set(NUMBER.findall(" ".join([*(cell for row in words for cell in row), exhibit.subtitle, days])))
    told.add(f"{len(rows):,}")
    for column in zip(*words, strict=True):
        told |= {f"{count:,}" for count in Counter(column).values()}
    for cells in zip(*rows, strict=True):
        numbers = [cell for cell in cells if isinstance(cell, (int, float)) and not isinstance(cell, bool)]
        told |= {f"{sum(numbers):,.0f}", f"{sum(map(bool, numbers)):,}"}
    return told


def _numbers(day: date) -> str:
    return f"{day.day} {day.year}"


@pytest.mark.rule("C1")
def test_each_has_a_finding_and_says_measure_place_and_day() -> None:
    for exhibit in every():
        assert exhibit.headline.endswith("."), exhibit.headline
        assert len(exhibit.headline.split()) >= 5, exhibit.headline
        assert len(exhibit.subtitle.split()) >= 5, exhibit.subtitle


@pytest.mark.rule("A5")
def test_each_picture_has_its_words() -> None:
    pictures = [exhibit.picture for exhibit in every() if exhibit.picture is not None]
    assert any(isinstance(picture, Image) for picture in pictures)
    assert [picture for picture in pictures if len(picture.alt.split()) < 4] == []


@pytest.mark.rule("C3", "T1")
def test_each_names_its_source_under_the_table() -> None:
    assert [exhibit.key for exhibit in every() if not exhibit.sources] == []
    for exhibit in every():
        for source in exhibit.sources:
            foot = exhibit_foot_html(exhibit)
            assert source.publisher.replace("&", "&amp;").replace("'", "&#39;") in foot
            assert source.as_at_words in foot


@pytest.mark.rule("C6")
def test_each_chart_can_be_had_as_svg_or_has_its_table_instead() -> None:
    for exhibit in every():
        if isinstance(exhibit.picture, Chart) and exhibit.picture.still is not None:
            assert exhibit.picture.still().lstrip().startswith(("<svg", "<?xml")), exhibit.key
        elif isinstance(exhibit.picture, Rows):
            assert all(row.drawing is None or row.drawing.svg.startswith("<svg") for row in exhibit.picture.rows)
        elif isinstance(exhibit.picture, Image):
            assert exhibit.picture.svg.startswith("<svg"), exhibit.key


def test_a_row_is_named_by_its_first_cell() -> None:
    for exhibit in every():
        for row in exhibit.table.rows:
            name = row[0]
            assert (name.text if isinstance(name, Link) else name) not in (None, ""), exhibit.key
