"""Every exhibit that names a file names exactly its rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest

from transparency.boroughs import compared, one
from transparency.boroughs import months as by_month
from transparency.boroughs import wards as every_ward
from transparency.boroughs.measures import MEASURES
from transparency.core.errors import ParameterError, UnknownFileError, UnknownPlaceError
from transparency.core.vocabulary import LONDON_CODE
from transparency.counters import exhibits as counters
from transparency.counters import one as one_counter
from transparency.counters import overview
from transparency.crime import exhibits as crime
from transparency.exhibits.exhibit import Column, Exhibit, Link, Mark, Table, cell_text
from transparency.exhibits.files import EXHIBIT_FILES, table_csv
from transparency.months import elsewhere, of_ward, officers
from transparency.months import exhibits as monthly
from transparency.months import time as ring_fencing
from transparency.outlets.files import data_document
from transparency.pages import downloads, home, ward_file
from transparency.progress import exhibits as progress
from transparency.promises import exhibits as promises
from transparency.store.current import shared_store
from transparency.store.store import Store
from transparency.survey import exhibits as survey

DAY = date(2018, 3, 1)
SERIES_DAY = date(2026, 11, 28)  # by which every series by borough had ended
CAMDEN, KENTISH_TOWN_SOUTH = "E09000007", "E05013664"
# Exhibits of the monthly series, which the store of facts does not hold: tests/outlets/test_monthly.py.
MONTHLY = {
    key
    for key, file in EXHIBIT_FILES.items()
    if file.build.__module__ in (monthly.__name__, by_month.__name__, ring_fencing.__name__, of_ward.__name__)
}


def exhibits(store: Store) -> Iterator[Exhibit | None]:
    """Each kind of exhibit of the dashboard once or more, as its pages ask for them."""
    yield home.numbers_exhibit(store, SERIES_DAY)
    yield home.promise_exhibit(store, DAY)
    yield home.counters_exhibit(store, DAY)
    for code in (None, CAMDEN):
        yield progress.pace_exhibit(store, date(2017, 1, 4), code)
        yield progress.chart_exhibit(store, DAY, code)
        yield progress.figures_exhibit(store, DAY, code)
    chosen = ("E09000007", "E09000019")
    for measure in MEASURES:
        yield compared.compared_exhibit(store, SERIES_DAY, measure, chosen)
    yield compared.measures_exhibit(store, SERIES_DAY)
    yield compared.chosen_exhibit(store, SERIES_DAY, chosen)
    yield by_month.lines_exhibit(store, SERIES_DAY, "elsewhere", chosen)
    yield every_ward.wards_exhibit(store, SERIES_DAY, "night")
    yield one.wards_exhibit(store, CAMDEN, DAY)
    yield one.changes_exhibit(store, CAMDEN, DAY)
    yield one.counters_exhibit(store, CAMDEN, DAY)
    yield one.figures_exhibit(store, CAMDEN, DAY, False)
    yield one.figures_exhibit(store, CAMDEN, DAY, True)
    yield crime.borough_exhibit(store, CAMDEN, DAY)
    yield crime.years_exhibit(store, KENTISH_TOWN_SOUTH, DAY)
    yield crime.groups_exhibit(store, KENTISH_TOWN_SOUTH, DAY)
    yield ward_file.ward_file_exhibit(store, KENTISH_TOWN_SOUTH, SERIES_DAY)
    yield counters.bases_exhibit(store, DAY)
    yield counters.contacts_exhibit(store, DAY)
    yield counters.openings_exhibit(store, DAY)
    yield counters.ward_distances_exhibit(store, DAY)
    yield overview.then_exhibit(store, DAY)
    yield overview.open_exhibit(store, DAY)
    yield one_counter.nearest_wards_exhibit(store, "charing-cross", DAY)
    yield counters.site_exhibit(store, "charing-cross", DAY)
    yield counters.plans_exhibit(store, DAY)
    yield counters.closures_exhibit(store, DAY)
    yield counters.distances_exhibit(store, DAY)
    yield counters.growth_exhibit(store, DAY)
    yield counters.reconciliation_exhibit(store, DAY)
    yield counters.published_totals_exhibit(store, DAY)
    yield promises.ledger_exhibit(store, DAY)
    yield promises.questions_exhibit(store, DAY)
    yield promises.record_exhibit(store, DAY)
    yield elsewhere.quarters_exhibit(store, SERIES_DAY)
    yield elsewhere.years_exhibit(store, SERIES_DAY)
    yield elsewhere.months_exhibit(store, SERIES_DAY)
    yield elsewhere.types_exhibit(store, SERIES_DAY, CAMDEN)
    yield officers.officers_exhibit(store, CAMDEN, SERIES_DAY)
    yield officers.spread_exhibit(store, SERIES_DAY, CAMDEN)
    yield survey.known_exhibit(store, CAMDEN, SERIES_DAY)
    yield survey.known_exhibit(store, LONDON_CODE, SERIES_DAY)
    yield survey.measures_exhibit(store, CAMDEN, SERIES_DAY)
    yield downloads.datasets_exhibit(store)
    yield downloads.columns_exhibit(store)
    yield downloads.columns_exhibit(store, "distance")


@pytest.mark.rule("C7")
def test_each_file_holds_the_rows_of_its_exhibit() -> None:
    store = shared_store()
    seen = set()
    for exhibit in exhibits(store):
        if exhibit is None:
            continue
        assert exhibit.csv_href is not None, exhibit.key
        address = urlsplit(exhibit.csv_href)
        path = address.path.removeprefix("/data/")
        assert data_document(store, path, dict(parse_qsl(address.query))).content == table_csv(exhibit.table), path
        seen.add(path.removeprefix("exhibits/").removesuffix(".csv"))
    assert set(EXHIBIT_FILES) - seen - MONTHLY == set()


@pytest.mark.rule("D8")
def test_a_value_is_a_number_in_its_file_and_said_in_words_on_its_page() -> None:
    exhibit = compared.compared_exhibit(shared_store(), SERIES_DAY, "distance", ("E09000007",))
    assert exhibit is not None
    assert [cell_text(row[1]) for row in exhibit.table.rows] == ["1.6 km", "2.7 km"]
    written = [row["value"] for row in csv.DictReader(io.StringIO(table_csv(exhibit.table).decode()))]
    assert [round(float(value), 2) for value in written] == [1.63, 2.74]


def test_links_keep_their_address_and_marks_their_word() -> None:
    table = Table(
        "x",
        (Column("ward", "Ward"), Column("status", "Status"), Column("parts", "Parts")),
        (
            (Link("Abbey", "/?ward=E05"), Mark("●", "met", "met"), (Link("a", "/a"), Link("b", "/b"))),
            ("Village", None, "=1"),
        ),
    )
    rows = list(csv.reader(io.StringIO(table_csv(table).decode(), newline="")))
    assert rows == [
        ["ward", "ward_href", "status", "parts", "parts_href"],
        ["Abbey", "/?ward=E05", "met", "a; b", "/a"],
        ["Village", "", "", "'=1", ""],
    ]
    assert table_csv(table, is_demonstration=True).decode().splitlines()[1].endswith(",demonstration")


@pytest.mark.parametrize(
    ("path", "asked", "fault"),
    [
        ("exhibits/nothing.csv", {}, UnknownFileError),
        ("exhibits/progress-pace.json", {}, UnknownFileError),
        ("exhibits/borough-wards.csv", {}, ParameterError),
        ("exhibits/borough-wards.csv", {"borough": "E09000099"}, UnknownPlaceError),
        ("exhibits/boroughs-compared.csv", {"measure": "height"}, ParameterError),
        ("exhibits/counters-site.csv", {"site": "nowhere"}, UnknownPlaceError),
    ],
)
def test_what_cannot_be_answered_is_refused_by_name(path: str, asked: dict[str, str], fault: type[Exception]) -> None:
    with pytest.raises(fault):
        data_document(shared_store(), path, asked)
