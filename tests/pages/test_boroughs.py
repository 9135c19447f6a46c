"""The boroughs page as the script runs it: side by side or one by one, from the address alone."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from demo.build import build_demonstration
from streamlit.testing.v1 import AppTest

from tests.pages.running import run_page
from tests.reading import words
from tests.small_city import build_small_city
from transparency.store.database import open_store

run = partial(run_page, "boroughs.py")


def table(page: AppTest, caption: str) -> list[str]:
    """The first cells of the rows of the table with this caption."""
    found = re.search(rf"<caption>{re.escape(caption)}</caption>.*?</table>", words(page), re.DOTALL)
    assert found, caption
    return re.findall(r'<th scope="row">(?:<a [^>]*>)?([^<]+)', found[0])


def test_where_nobody_can_be_ranked_the_headline_says_so_and_offers_what_can_be_compared() -> None:
    page = run(as_at="2017-01-04")
    shown = words(page)
    assert "On 4 January 2017 no borough can be ranked by wards with two constables and one PCSO" in shown
    assert "Without a figure for every ward: 32 boroughs, in which 1 of 629 wards are known." in shown
    assert len(table(page, "Without a figure for every ward")) == 32
    assert len(table(page, "What can be compared on 4 January 2017")) == 32
    assert "<caption>Boroughs by" not in shown


def test_what_can_be_compared_is_sorted_as_asked() -> None:
    page = run(as_at="2017-12-31", sort="population")
    assert table(page, "What can be compared on 31 December 2017")[:2] == ["Barnet", "Newham"]
    assert "Population per ward on 31 December 2017: from 18,086 people (Barnet) to 8,784 people" in words(page)


def test_an_own_set_lives_in_the_address() -> None:
    page = run(as_at="2017-12-31", boroughs="E09000007,E09000019")
    assert table(page, "Without a figure for every ward") == ["Camden", "Islington"]
    page.multiselect(key="pick-boroughs").select("E09000030").run()
    assert page.query_params["boroughs"] == "E09000007,E09000019,E09000030"
    assert table(page, "Without a figure for every ward") == ["Camden", "Islington", "Tower Hamlets"]


def test_filters_by_command_unit_and_pathfinder() -> None:
    assert table(run(bcu="CE", as_at="2017-12-31"), "Without a figure for every ward") == ["Hackney", "Tower Hamlets"]
    east = ["Barking and Dagenham", "Havering", "Redbridge"]
    assert table(run(pathfinder="east", as_at="2017-12-31"), "Without a figure for every ward") == east


def test_what_can_be_compared_has_no_rank_and_names_an_estimate_only_where_one_is() -> None:
    for day, said in (("2017-12-31", True), ("2026-11-01", False)):
        shown = words(run(as_at=day))
        context = shown.split("<caption>What can be compared on")[-1]
        assert ">Rank<" not in context.split("</table>")[0]
        assert ("in boroughs redrawn in 2014 it is an estimate" in context) is said
        assert ("Wards December 2022 and Census 2021" in context) is not said


def test_where_no_ward_is_known_none_is_counted_as_nought() -> None:
    shown = words(run(as_at="2026-11-01", compare_with="2018-01-01"))
    assert "Without a figure for every ward: 32 boroughs; of none of their 679 wards is one known." in shown
    rows = shown.split("<caption>Without a figure for every ward</caption>")[-1].split("</table>")[0]
    assert rows.count("none known") == 32
    side = shown.split("1 January 2018 and 1 November 2026 side by side</caption>")[-1].split("</table>")[0]
    camden = side.split(">Camden</a>")[-1].split("</tr>")[0]
    assert re.findall(r"<td[^>]*>(?:<span class=\"missing\">)?([^<]*)<", camden)[:3] == ["0", "not known", "not known"]


def test_a_ward_not_on_this_site_is_not_said_to_be_unpublished() -> None:
    shown = words(run(borough="E09000016", as_at="2026-11-01"))
    rows = shown.split("<caption>Wards of Havering</caption>")[-1].split("</table>")[0]
    assert rows.count("not on this site") == 20 and "not published" not in rows
    assert "no ward figure for this day is on this site" in shown and "no ward figure had been published" not in shown


def test_counters_of_one_day_stand_in_one_column() -> None:
    shown = words(run(borough="E09000016", as_at="2017-01-04"))
    assert "Havering had one open counter on 4 January 2017." in shown
    heads = shown.split("<caption>Counters before and after</caption>")[-1].split("</thead>")[0]
    assert heads.count("4 January 2017") == 1 and "Hours then" not in heads


def test_two_days_side_by_side_in_either_order() -> None:
    for first, second in (("2017-07-01", "2017-12-31"), ("2017-12-31", "2017-07-01")):
        page = run(as_at=first, compare_with=second)
        assert "73 counters were open on 1 July 2017 and 37 on 31 December 2017" in words(page)
        assert len(table(page, "1 July 2017 and 31 December 2017 side by side")) == 32
        assert page.selectbox(key="pick-compare_with").value == second


def test_one_borough_shows_wards_strip_counters_and_figures_apart_from_history() -> None:
    page = run(borough="E09000026", as_at="2018-01-01")
    shown = words(page)
    assert len(table(page, "Wards of Redbridge")) == 21
    assert shown.count("data:image/svg+xml;base64,") == 2  # the wards, and who knows their officer
    assert "people asked in Redbridge knew how to contact their ward officer in the quarter to December 2017" in shown
    assert "One mark for each of Redbridge&#39;s 21 wards" in shown
    assert "Redbridge had two open counters on 14 July 2017 and one on 1 January 2018." in shown
    assert "History: 2 figures of Redbridge from before the promise of 21 July 2016." in shown
    assert "Nearest in number of wards and people per ward alone:" in shown
    assert "leaves out crime, visitors and area" in shown
    assert "June 2017" in table(page, "Figures of the borough itself")


def test_the_series_of_a_borough_and_of_all_side_by_side() -> None:
    of_one = words(run(borough="E09000026"))
    for caption in ("Ward officers per ward, Redbridge and London", "Time elsewhere by year, Redbridge"):
        assert f"<caption>{caption}</caption>" in of_one
    page = run(boroughs="E09000007,E09000019")
    names = ["Camden", "Islington", "London"]
    assert table(page, "Ward officers a ward by borough, August 2025 to July 2026") == names
    assert table(page, "Recorded time spent elsewhere by borough, 2023") == names


def test_a_boroughs_own_figures_carry_their_dates() -> None:
    page = run(borough="E09000016", as_at="2018-01-01")
    assert "16 January 2017" in table(page, "Figures of the borough itself")
    assert "dedicated ward officers" in words(page)


def test_what_changed_in_a_borough() -> None:
    page = run(borough="E09000030", as_at="2018-01-01")
    assert "10 wards of Tower Hamlets had two or more figures since the promise by 1 January 2018." in words(page)
    assert len(table(page, "What changed")) == 10


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"boroughs": "E09000007,E09000099"}, "No borough of London has the code E09000099."),
        ({"boroughs": "Camden"}, "'CAMDEN' is not a borough code."),
        ({"borough": "E09000001"}, "City of London"),
        ({"bcu": "ZZ"}, "'ZZ' is not one of the choices for bcu"),
        ({"measure": "heads"}, "'heads' is not one of the choices for measure"),
        ({"compare_with": "2030-99-99"}, "'2030-99-99' is not a day."),
        ({"as_at": "2016-01-01"}, "1 January 2016 is before the promise was made."),
        ({"bcu": "CE", "pathfinder": "east"}, "No borough is in all the groups chosen."),
    ],
)
def test_a_bad_address_says_what_was_wrong_and_shows_the_rest(parameters: dict[str, str], said: str) -> None:
    page = run(**parameters)
    assert any(said in str(warning.value) for warning in page.warning), [str(w.value) for w in page.warning]
    assert "What can be compared" in words(page)


def test_with_a_figure_for_every_ward_the_boroughs_are_ranked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    build_demonstration(tmp_path / "store", first_month=date(2026, 6, 1))
    opened = open_store(tmp_path / "store")
    monkeypatch.setattr("transparency.outlets.dashboard.run.shared_store", lambda: opened)
    page = run(as_at="2017-01-04", measure="pcs")
    shown = words(page)
    assert "On 4 January 2017 all 32 boroughs can be ranked by wards with two constables." in shown
    assert len(table(page, "Boroughs by wards with two constables")) == 32
    assert "no real difference" in shown
    assert "Demonstration data: invented" in shown
    assert "<caption>Without a figure" not in shown
    met = [int(count) for count in re.findall(r'<td class="number">1=</td><td class="number">(\d+)</td>', shown)]
    assert met, "the first rank is shown with its counts"


def test_the_page_holds_for_another_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened = open_store(build_small_city(tmp_path / "store"))
    monkeypatch.setattr("transparency.outlets.dashboard.run.shared_store", lambda: opened)
    for parameters in (
        {"as_at": "2018-12-01"},
        {"as_at": "2020-08-01", "borough": "E09000093"},
        {"as_at": "2016-08-01"},
    ):
        assert "cannot be shown at the moment" not in words(run(**parameters)), parameters
