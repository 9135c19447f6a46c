"""The ring-fencing page as the script runs it: without the monthly series, and with a few months of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests import small_city
from tests.monthly_stores import city_with_months
from tests.pages.running import run_page
from tests.reading import without_terms, words
from transparency.core.days import read_day
from transparency.exhibits.files import exhibit_csv
from transparency.months.time import months_exhibit
from transparency.outlets.plain import document_at
from transparency.store.current import shared_store
from transparency.store.store import Store

DAY = read_day("2022-07-01")


run = partial(run_page, "ring_fencing.py")


def test_without_the_months_the_page_is_of_the_file_by_borough_with_the_promise_beside_it() -> None:
    page = run()
    shown = words(page)
    assert "Ward officers in London spent about one hour in five elsewhere, January to March 2024 (19.5%)." in shown
    assert "In 2019 it was about one hour in nine (11.3%)." in shown
    assert "London&#39;s share of time elsewhere was between 5.3% (April 2020) and 27.5% (November 2022)." in shown
    assert "Hollow: March 2020, which is incomplete, and months of fewer than 32 boroughs." in shown
    assert "Training took the largest part of London&#39;s time elsewhere: 13.1% of recorded hours" in shown
    assert "The Mayor named two exceptions: Notting Hill Carnival and New Year&#39;s Eve." in shown
    assert "In February 2014, 5.4% of neighbourhood shifts were worked elsewhere. On 19 July 2018, 5% was" in shown
    assert "Time elsewhere by borough ran from 12.2% in Merton to 28.7% in Havering, January to March 2024." in shown
    assert len(page.get("plotly_chart")) == 1
    assert "An older file" not in shown and "minutes abstracted" not in shown.lower()
    assert not page.warning


def test_the_boroughs_are_a_table_of_numbers_in_which_missing_is_a_dash_and_the_newest_fit_a_telephone() -> None:
    shown = words(run(place="E09000012"))
    assert "Ward officers in Hackney spent about one hour in four elsewhere" in shown
    heat = shown.split('<table class="heat">')[1].split("</table>")[0]
    assert heat.count("<tr") == 34 and heat.count('<th scope="col" class="early">') == 19
    london, hackney = heat.split("<tr")[2:4]
    assert ">London</th>" in london and 'class="chosen"' in hackney and ">Hackney</a>" in hackney
    # Two quarters before Hackney was in the file; then Q4 2018; the last is January to March 2024.
    assert hackney.count(">–</td>") == 2 and '<td class="h1 early">11</td>' in hackney
    assert hackney.rstrip().endswith('<td class="h4">26</td></tr>')
    # Of the first quarter of 2020 March is left out.
    assert '<td class="h0 early part">9</td>' in london


def test_the_question_of_need_tells_what_was_and_what_was_not_published() -> None:
    page = document_at(shared_store(), "/plain/extra_officers", read_day("2026-11-01"))
    shown = without_terms(page.content.decode())
    assert "No measure of need and no list of the wards with more officers was published." in shown
    assert (
        "Unmesh Desai AM asked on 18 January 2017: “What criteria pick the wards that get more than two officers and a "
        "PCSO?”"
    ) in shown
    assert "By local demand and need, with local stakeholders, tried first in Camden and Islington" in shown
    rows = shown.split("Published of wards that were to have more")[-1].split("</table>")[0]
    assert [word in rows for word in ("Havering", "ward officers added for demanding wards", "planned")] == [True] * 3
    assert "Not published: a measure of need, the wards that were to have more" in shown
    before = document_at(shared_store(), "/plain/extra_officers", read_day("2017-01-17")).content.decode()
    assert "Unmesh Desai" not in before


def test_invented_data_are_never_called_a_reading_of_what_was_published(months: Store) -> None:
    invented, real = (
        document_at(store, "/plain/ring_fencing", DAY).content.decode() for store in (months, shared_store())
    )
    assert "Not official statistics: the figures are invented to show how the site works." in invented
    assert "Not official statistics: an independent reading of what has been published, with a source for" in real
    assert "independent reading" not in invented


def test_the_link_promises_boroughs_only_where_the_months_are_loaded(months: Store) -> None:
    without = document_at(shared_store(), "/plain/ring_fencing", read_day("2026-11-28")).content.decode()
    assert 'href="/plain/extra_officers">Wards that were to have more officers</a>' in without
    assert "Which boroughs have more officers than promised" not in without
    loaded = document_at(months, "/plain/ring_fencing", DAY).content.decode()
    assert 'href="/plain/extra_officers">Which boroughs have more officers than promised</a>' in loaded


def test_a_day_before_the_series_was_published_says_nothing_of_it() -> None:
    shown = words(run(as_at="2017-01-18"))
    assert "No monthly record of each ward team&#39;s time had been published by 18 January 2017." in shown
    assert 'class="heat"' not in shown
    assert "9 May 2022" not in shown


def test_before_the_statements_nothing_is_shown_of_them() -> None:
    assert "19 July 2018" not in words(run(as_at="2018-07-01"))


def test_london_is_told_with_its_months_types_wards_and_boroughs(city: Store) -> None:
    page = run(as_at="2022-07-01")
    shown = words(page)
    # May 2022: 50 + 100 minutes of 950+50+880+500+750+90, of two boroughs; April of three.
    assert "Ward officers in London spent about one hour in 21 elsewhere, May 2022 (4.7%)." in shown
    assert "London&#39;s share of time elsewhere was 10.5% (April 2022)." in shown
    assert "Hollow: months of fewer than 3 boroughs." in shown
    assert len(page.get("plotly_chart")) == 1
    assert (
        "Aid took the largest part of London&#39;s time elsewhere: 6.2% of recorded hours, April to May 2022." in shown
    )
    assert "In half of wards, officers spent" in shown
    assert "No whole quarter is recorded yet." in shown and 'class="h0 part">8</td>' in shown
    assert "cannot be shown at the moment" not in shown


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("E09000091", "Ward officers in Northbank spent about one hour in 38 elsewhere, May 2022 (2.7%)."),
        ("NB", "Ward officers in North Bank spent about one hour in 38 elsewhere, May 2022 (2.7%)."),
        ("E05900011", "Ward officers in Abbey spent about one hour in 20 elsewhere, May 2022 (5.0%)."),
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
    assert "Ward officers in London spent" in shown


def test_a_month_that_had_not_ended_is_not_known_on_the_day(city: Store) -> None:
    shown = words(run(as_at="2022-05-15"))
    assert "Ward officers in London spent about one hour in ten elsewhere, April 2022 (10.5%)." in shown
    assert "May 2022" not in shown.replace("15 May 2022", "")


def test_the_rows_are_a_file_with_the_hours_of_the_workbook(months: Store) -> None:
    exhibit = months_exhibit(months, DAY)
    assert exhibit is not None and exhibit.csv_href == "/data/exhibits/ring-fencing.csv?as_at=2022-07-01"
    lines = exhibit_csv(months, "ring-fencing.csv", DAY, {}).content.decode().splitlines()
    assert lines[0] == "month,elsewhere_percent,elsewhere_hours,recorded_hours,boroughs_count,is_complete,evidence"
    assert lines[1:] == ["May 2022,4.7,2.5,53.7,2,true,demonstration", "April 2022,10.5,10.2,96.8,3,true,demonstration"]
    assert exhibit_csv(months, "ring-fencing.csv", DAY, {"place": "E05900011"}).content.decode().splitlines()[1] == (
        "May 2022,5,0.8,16.7,1,true,demonstration"
    )


@pytest.mark.parametrize("name", ["ring_fencing", "extra_officers"])
def test_the_plain_pages_hold_with_and_without_the_series(months: Store, name: str) -> None:
    page = document_at(months, f"/plain/{name}", DAY).content.decode()
    assert page.count("<h1") == 1
    assert "fetch dwo" not in page and "<script" not in page.replace('<script type="application/ld+json"', "")


def test_the_plain_page_has_the_months(months: Store) -> None:
    page = document_at(months, "/plain/ring_fencing", DAY).content.decode()
    assert "April 2022" in page and "96.8" in page and page.count("<svg") == 3


def test_the_plain_page_has_the_answer_with_the_lines_below_it() -> None:
    panel = document_at(shared_store(), "/plain/ring_fencing", read_day("2026-11-28")).content.decode()
    panel = panel.split('class="verdict"')[1].split("Copy link")[0]
    assert "one hour in five elsewhere, January to March 2024 (19.5%)." in panel
    assert (
        "In 2019 it was about one hour in nine (11.3%). We count training, court and custody as time elsewhere: that "
        "is our reading. Training alone took 13.1% of recorded time, January to March 2024." in without_terms(panel)
    )


def test_two_files_of_the_met_are_two_series_and_never_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    older = "borough_code,month,activity_type,minutes,is_complete,source_id\n" + "".join(
        f"E09000091,2019-0{month}-01,{kind},{minutes},true,police\n"
        for month in (1, 2, 3)
        for kind, minutes in (("not_abstracted", 4800), ("training", 1200))
    )
    monkeypatch.setitem(small_city.REGISTERS, "abstraction_borough", older)
    page = document_at(city_with_months(tmp_path), "/plain/ring_fencing", read_day("2022-07-01")).content.decode()
    newer, apart = page.split("<h2>An older file</h2>")
    assert "April 2022" in newer and "2019" not in newer.split("</head>")[1]
    assert "The Met restates its figures, so the two are never one line." in apart
    assert "January 2019" in apart and "2022" not in apart.split("Table, sources and method")[0]
