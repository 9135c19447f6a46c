"""The ring-fencing page as the script runs it: without the monthly series, and with a few months of it."""

from __future__ import annotations

from functools import partial

import pytest

from tests.pages.running import run_page
from tests.reading import words
from transparency.core.days import read_day
from transparency.exhibits.files import exhibit_csv
from transparency.months.time import months_exhibit
from transparency.outlets.plain import document_at
from transparency.store.current import shared_store
from transparency.store.store import Store

DAY = read_day("2022-07-01")


run = partial(run_page, "ring_fencing.py")


def test_without_the_months_the_page_says_so_and_shows_the_series_by_borough_and_the_statements() -> None:
    page = run()
    shown = words(page)
    assert (
        "London&#39;s ward officers spent about one hour in five of their recorded time elsewhere in January to March "
        "2024 (19.5%); in 2019 it was about one hour in nine (11.3%)."
    ) in shown
    assert "from 9.4% in Southwark to 24.3% in Hackney" in shown
    assert "This site has not loaded the monthly record of each ward team&#39;s time." in shown
    assert "transparency fetch" not in shown and "make demo" not in shown
    assert "in February 2014 5.4% of neighbourhood shifts were worked elsewhere" in shown
    assert "on 19 July 2018 5% was said to be the routine rate" in shown
    assert page.get("plotly_chart") == []
    assert shown.count("<table") == 6
    assert not page.warning


def test_a_borough_of_the_series_can_be_chosen_and_has_london_beside_it() -> None:
    shown = words(run(place="E09000012"))
    assert "Hackney&#39;s ward officers spent about one hour in four" in shown
    assert "Time elsewhere by month, Hackney" in shown


def test_the_question_of_need_tells_what_was_and_what_was_not_published() -> None:
    shown = words(run())
    assert (
        "Unmesh Desai AM asked on 18 January 2017: “What criteria pick the wards that get more than two officers and a "
        "PCSO?” By local demand and need, with local stakeholders, tried first in Camden and Islington and in Barking "
        "and Dagenham, Havering and Redbridge; no measure or list. Two statements about extra officers gave a number."
    ) in shown
    rows = shown.split("Published of wards that were to have more")[-1].split("</table>")[0]
    assert [word in rows for word in ("Havering", "ward officers added for demanding wards", "planned")] == [True] * 3
    assert "Not published: a measure of need, the wards that were to have more" in shown
    assert "Unmesh Desai" not in words(run(as_at="2017-01-17"))
    page = document_at(shared_store(), "/plain/extra_officers", read_day("2026-11-01")).content.decode()
    assert "Unmesh Desai AM asked" in page and "fetch dwo" not in page


def test_a_day_before_the_series_was_published_says_nothing_of_it() -> None:
    shown = words(run(as_at="2017-01-18"))
    assert "No monthly record of each ward team&#39;s time had been published by 18 January 2017." in shown
    assert "9 May 2022" not in shown


def test_before_the_statements_nothing_is_shown_of_them() -> None:
    assert "19 July 2018" not in words(run(as_at="2018-07-01"))


def test_london_is_told_with_its_months_types_wards_and_boroughs(city: Store) -> None:
    page = run(as_at="2022-07-01")
    shown = words(page)
    # May 2022: 50 + 100 minutes of 950+50+880+500+750+90.
    assert "In May 2022 2 of 54 hours (5%) of London&#39;s recorded ward officer time" in shown
    # April 2022: 100+100+200+150+60 = 610 of 5,810 minutes.
    assert "London: between 5% (May 2022) and 10% (April 2022) of recorded time spent elsewhere in a month." in shown
    assert len(page.get("plotly_chart")) == 1
    assert "The largest part of the time elsewhere went to Aid" in shown
    assert "In May 2022 boroughs lay between" in shown
    assert "wards the least affected" in shown
    assert "cannot be shown at the moment" not in shown
    assert "fetch dwo" not in shown


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("E09000091", "In May 2022 1 of 31 hours (3%) of Northbank&#39;s recorded"),
        ("NB", "In May 2022 1 of 31 hours (3%) of North Bank&#39;s recorded"),
        ("E05900011", "In May 2022 1 of 17 hours (5%) of Abbey&#39;s recorded"),
        ("E05900037", "No recorded time that is its own alone is published for New Dock."),
    ],
)
def test_a_place_by_its_address(city: Store, place: str, sentence: str) -> None:
    shown = words(run(place=place, as_at="2022-07-01"))
    assert sentence in shown
    assert "cannot be shown at the moment" not in shown


def test_a_bad_place_is_explained(city: Store) -> None:
    shown = words(run(place="E09000099", as_at="2022-07-01"))
    assert "No ward, borough or command unit of London has the code" in shown
    assert "London: between" in shown


def test_a_month_that_had_not_ended_is_not_known_on_the_day(city: Store) -> None:
    shown = words(run(as_at="2022-05-15"))
    assert "London: 10% of recorded time spent elsewhere in April 2022." in shown
    assert "May 2022" not in shown.replace("15 May 2022", "")


def test_the_rows_are_a_file_whose_minutes_are_those_of_the_workbook(months: Store) -> None:
    exhibit = months_exhibit(months, DAY)
    assert exhibit is not None and exhibit.csv_href == "/data/exhibits/ring-fencing.csv?as_at=2022-07-01"
    lines = exhibit_csv(months, "ring-fencing.csv", DAY, {}).content.decode().splitlines()
    assert lines[0] == "month,abstraction_pct,minutes_abstracted,minutes,event,evidence"
    assert lines[1:] == ["May 2022,4.7,150,3220,,demonstration", "April 2022,10.5,610,5810,,demonstration"]
    assert exhibit_csv(months, "ring-fencing.csv", DAY, {"place": "E05900011"}).content.decode().splitlines()[1] == (
        "May 2022,5,50,1000,,demonstration"
    )


@pytest.mark.parametrize("name", ["ring_fencing", "ring_fencing_places", "extra_officers"])
def test_the_plain_pages_hold_with_and_without_the_series(months: Store, name: str) -> None:
    page = document_at(months, f"/plain/{name}", DAY).content.decode()
    assert page.count("<h1") == 1
    assert "fetch dwo" not in page and "<script" not in page.replace('<script type="application/ld+json"', "")


def test_the_plain_page_has_the_months(months: Store) -> None:
    page = document_at(months, "/plain/ring_fencing", DAY).content.decode()
    assert "<td" in page and "610" in page and "5,810" in page and "<svg" in page
    assert "April 2022" in page


def test_the_downloads_page_shows_the_report_of_the_import(city: Store) -> None:
    shown = words(run_page("downloads.py"))
    assert "cannot be shown at the moment" not in shown
    assert "are of teams matched to one ward." in shown
    assert "Night Hub" in shown and "Table, sources and method" in shown


def test_the_plain_list_of_data_shows_the_report_of_the_import_too(months: Store) -> None:
    page = document_at(months, "/data/").content.decode()
    assert "are of teams matched to one ward." in page
    assert "/data/exhibits/import-matches.csv" in page and "/data/exhibits/import-teams.csv" in page
    assert "Night Hub" not in page  # hundreds of rows, which the page names as files
    assert "teams matched to one ward" not in document_at(shared_store(), "/data/").content.decode()
