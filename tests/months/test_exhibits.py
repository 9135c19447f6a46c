"""The second programme of the small city: counts by the monthly rule, totals, ranks, gaps, and what it never does."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.reading import without_terms
from transparency.boroughs.compared import compared_exhibit
from transparency.boroughs.months import heat_exhibit
from transparency.exhibits.exhibit import Exhibit, Image, Rows, cell_text
from transparency.exhibits.files import table_csv
from transparency.months import time as ring_fencing
from transparency.months.charts import StatusCount, status_months_still
from transparency.months.exhibits import months_exhibit, programme, strength_exhibit, wards_exhibit
from transparency.outlets.files import data_document
from transparency.outlets.plain import document_at
from transparency.store.current import shared_store
from transparency.store.store import Store

DAY = date(2022, 7, 1)


@pytest.fixture(scope="module")
def store(months: Store) -> Store:
    return months


def rows(exhibit: Exhibit | None) -> list[list[str]]:
    assert exhibit is not None
    return [[cell_text(cell, exhibit.table.missing) for cell in row] for row in exhibit.table.rows]


def test_london_s_wards_month_by_month_each_half_apart(store: Store) -> None:
    exhibit = months_exhibit(store, DAY)
    assert exhibit is not None
    assert exhibit.headline == (
        "London: between 25% of wards in April 2022 and 33% of wards in May 2022 had their officers."
    )
    # month, wards; met, short, partly, not published; constables met, short, not known; PCSO met, short, not known
    assert rows(exhibit) == [
        ["May 2022", "9", "3", "0", "0", "6", "3", "0", "6", "3", "0", "6"],
        ["April 2022", "8", "2", "3", "1", "2", "4", "2", "2", "3", "2", "3"],
    ]
    assert "Eastmarsh: no strength" not in exhibit.note
    assert "Southbank: no strength published for May 2022. Missing is not zero." in exhibit.note
    assert "The promise is met in a month when constables are at least 2.0 FTE" in exhibit.note
    assert "Figures count working time, not people" in exhibit.note
    assert [source.title for source in exhibit.sources] == ["An invented monthly workbook"]


def test_totals_have_one_decimal_and_say_of_how_many_boroughs_they_are(store: Store) -> None:
    exhibit = strength_exhibit(store, DAY)
    assert exhibit is not None
    assert exhibit.headline == (
        "London's ward teams had 10.2 FTE constables and 3.0 FTE PCSOs in May 2022, without one of 3 boroughs."
    )
    assert rows(exhibit) == [
        ["May 2022", "10.2", "3.0", "not published", "2 of 3"],
        ["April 2022", "19.1", "5.5", "not published", "3 of 3"],
    ]


def test_a_month_that_is_not_held_leaves_its_room_empty() -> None:
    def row(month: int) -> StatusCount:
        return StatusCount(f"{month}", date(2024, month, 1), 1, 0, 0, 0)

    whole, broken = status_months_still([row(1), row(2), row(3)]), status_months_still([row(1), row(3)])
    assert whole.count("M52,240V54") == broken.count("M52,240V54") == 1
    assert (whole.count("Z"), broken.count("Z")) == (1, 2)


def test_boroughs_lie_in_ranges_and_missing_ones_stay_missing(store: Store) -> None:
    april = compared_exhibit(store, date(2022, 5, 15), "wards")
    assert april is not None and isinstance(april.picture, Rows)
    assert april.headline == (
        "In Eastmarsh at least 33% of wards had their officers in April 2022, in Southbank at most 0%."
    )
    assert [(cell_text(row.place), row.words, row.drawing is None) for row in april.picture.rows] == [
        ("Eastmarsh", "1 of 3", False),
        ("Northbank", "1 of 3", False),
        ("Southbank", "0 of 2", False),
        ("London", "2 of 8", False),
    ]
    may = compared_exhibit(store, DAY, "wards")
    assert may is not None
    assert may.headline == (
        "In May 2022 the ranges of all boroughs meet, so none can be said to have more of its officers."
    )
    assert ["Southbank", "not published"] in [row[:2] for row in rows(may)]


def test_a_borough_s_wards_by_month_have_their_numbers_in_the_cells(store: Store) -> None:
    heat = heat_exhibit(store, "E09000091", date(2022, 5, 15))
    assert heat is not None
    assert heat.headline == "In April 2022, 1 of Northbank's 3 wards had their officers."
    assert rows(heat) == [
        ["Abbey", "● 2.0 + 1.0"],
        ["Castle & Quay", "▽ 1.5 + 1.0"],
        ["Village", "◐ 2.6 + ?"],
    ]
    without = heat_exhibit(store, "E09000092", DAY)
    assert without is not None and rows(without)[0] == ["Abbey & Mill", "–", "▽ 3.0 + 0.5"]
    assert without.headline == "No ward figure was published for Southbank in May 2022."


def test_a_borough_missing_from_a_month_is_blank_in_every_count_and_nowhere_zero(store: Store) -> None:
    may = wards_exhibit(store, "E09000092", DAY)
    assert may is not None and may.headline == "No strength of Southbank's ward teams is published for May 2022."
    blank = ["not known"] * 3
    assert rows(months_exhibit(store, DAY, "E09000092")) == [
        ["May 2022", "2", *blank, "2", *blank[:2], "2", *blank[:2], "2"],
        ["April 2022", "2", "0", "2", "0", "0", "1", "1", "0", "0", "2", "0"],
    ]
    extra = {row[0]: row[2:7] for row in rows(ring_fencing.extra_exhibit(store, DAY))}
    assert extra["Southbank"] == ["not published"] * 5


def test_a_borough_s_wards_in_the_month(store: Store) -> None:
    exhibit = wards_exhibit(store, "E09000091", date(2022, 5, 15))
    assert exhibit is not None
    assert exhibit.headline == "In April 2022, 2 of Northbank's 3 wards had 2.0 FTE constables and 2 had 1.0 FTE PCSOs."
    assert rows(exhibit) == [
        ["Abbey", "● has its officers", "2.0", "1.0", "10"],
        ["Castle & Quay", "▽ short of constables", "1.5", "1.0", "20"],
        ["Village", "◐ partly known", "2.6", "not published", "0"],
    ]
    may = wards_exhibit(store, "E09000093", DAY)
    assert may is not None and "2 of the wards share a team with others" in may.note


def test_the_day_leads_with_a_month_at_most_twelve_months_old(store: Store) -> None:
    told = programme(store, DAY)
    assert told is not None and told.is_leading
    assert told.sentence == (
        "In May 2022 3 of London's 9 wards (33%) met the promise by the rule for the monthly series; 6 not published."
    )
    later = programme(store, date(2024, 1, 1))
    assert later is not None and not later.is_leading and later.sentence == told.sentence
    assert programme(store, date(2022, 4, 29)) is None
    camden_like = programme(store, DAY, "E09000092")
    assert camden_like is not None
    assert camden_like.sentence == "In May 2022 no strength of its own was published for any of Southbank's 2 wards."


def test_without_the_series_a_short_pointer_and_before_it_nothing() -> None:
    told = programme(shared_store(), date(2026, 11, 1))
    assert told is not None and told.month is None and not told.is_leading
    assert told.sentence == (
        "This site has not loaded the monthly strength of each ward team. The Metropolitan Police first published "
        "these months on the London Datastore on 9 May 2022. The file of spring 2024 began in May 2018, that of "
        "September 2026, when it was last seen, in August 2021."
    )
    assert programme(shared_store(), date(2018, 1, 1)) is None
    early = document_at(shared_store(), "/plain/months", date(2018, 1, 1)).content.decode()
    assert "No monthly strength of each ward team had been published by 1 January 2018." in early
    assert months_exhibit(shared_store(), date(2026, 11, 1)) is None


def test_no_exhibit_joins_posts_to_full_time_equivalents(store: Store) -> None:
    for exhibit in (months_exhibit(store, DAY), strength_exhibit(store, DAY)):
        assert exhibit is not None and isinstance(exhibit.picture, Image)
        assert re.findall(r"\b[A-Z][a-z]{2} (20\d\d)<", exhibit.picture.svg) == ["2022", "2022"]


def test_each_file_holds_the_rows_of_its_exhibit(store: Store) -> None:
    found = [
        months_exhibit(store, DAY),
        months_exhibit(store, DAY, "E09000091"),
        strength_exhibit(store, DAY),
        compared_exhibit(store, DAY, "wards", ("E09000091", "E09000093")),
        heat_exhibit(store, "E09000091", DAY),
        wards_exhibit(store, "E09000091", DAY),
        ring_fencing.types_exhibit(store, DAY),
        ring_fencing.wards_exhibit(store, DAY),
        ring_fencing.quarters_exhibit(store, DAY),
        ring_fencing.extra_exhibit(store, DAY),
    ]
    for exhibit in found:
        assert exhibit is not None and exhibit.csv_href is not None
        address = urlsplit(exhibit.csv_href)
        file = data_document(store, address.path.removeprefix("/data/"), dict(parse_qsl(address.query)))
        assert file.content == table_csv(exhibit.table, store.is_demonstration), exhibit.key
    assert found[1] is not None
    assert found[1].csv_href == "/data/exhibits/monthly-wards.csv?as_at=2022-07-01&borough=E09000091"


def test_a_plain_page_leads_with_the_programme_and_leads_on_to_it(store: Store) -> None:
    london = document_at(store, "/plain/london", DAY).content.decode()
    assert london.index("Not known of every ward in May 2022") < london.index("Before the monthly figures")
    assert "The promise is met in a month when constables are at least 2.0 FTE" in without_terms(london)
    assert "/plain/months" in london


def test_the_plain_pages_of_the_programme(store: Store) -> None:
    assert "10.2" in document_at(store, "/plain/months", DAY).content.decode()
    assert "Southbank" in document_at(store, "/plain/months_boroughs", DAY).content.decode()
    page = document_at(store, "/borough/E09000091/months", date(2022, 5, 15)).content.decode()
    assert "short of constables" in page and page.count("<svg") == 3
    assert "/borough/E09000091/months" in document_at(store, "/borough/E09000091", DAY).content.decode()


def test_the_plain_pages_say_what_is_not_loaded() -> None:
    for document in (
        document_at(shared_store(), "/plain/months"),
        document_at(shared_store(), "/borough/E09000007/months"),
    ):
        page = document.content.decode()
        assert "The file of spring 2024 began in May 2018, that of September 2026" in page and page.count("<h1") == 1
        assert "Camden has no strengths since August 2024 and Islington next to none" in page
        assert "transparency fetch" not in page


def test_the_table_by_borough_has_a_row_for_each_rank_and_one_for_the_minutes(store: Store) -> None:
    lines = data_document(store, "dwo_by_borough/latest.csv", {}).content.decode().splitlines()
    assert lines[0] == "month,borough_code,borough_name,rank,fte,minutes,minutes_abstracted,evidence"
    assert lines[1:4] == [
        "2022-04-01,E09000091,Northbank,constable,6.1,,,demonstration",
        "2022-04-01,E09000091,Northbank,pcso,2,,,demonstration",
        "2022-04-01,E09000091,Northbank,,,2500,200,demonstration",
    ]
