"""The boroughs page as the script runs it: side by side or one by one, from the address alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from demo.build import build_demonstration
from streamlit.testing.v1 import AppTest

from tests.pages.running import run_page
from tests.reading import words
from tests.small_city import build_small_city
from transparency.exhibits.addresses import plain_address
from transparency.outlets.plain import document
from transparency.pages.boroughs import SHEETS
from transparency.store.current import shared_store
from transparency.store.database import open_store
from transparency.store.store import Store

run = partial(run_page, "boroughs.py")
CAMDEN, ISLINGTON = "E09000007", "E09000019"


def rows(shown: str) -> list[str]:
    """The places of the picture's rows, in their order."""
    return re.findall(r'<span class="rows-place">(?:<a [^>]*>)?([^<]+)', shown)


def plain(store: Store, path: str, day: date | None = None, **given: str) -> str:
    """The plain page at a path for what its address chooses."""
    sheet = next(each for each in SHEETS if each.path == path)
    return document(store, sheet, sheet.asked_for(store, "", day, given)).content.decode()


def test_all_boroughs_stand_in_the_order_of_a_measure_each_with_its_link() -> None:
    shown = words(run(as_at="2026-11-01"))
    assert "Richmond upon Thames and Westminster have each lost three counters since July 2017" in shown
    assert rows(shown)[:2] == ["Richmond upon Thames", "Westminster"] and len(rows(shown)) == 32
    assert '<a href="/boroughs?borough=E09000027&amp;as_at=2026-11-01">Richmond upon Thames</a>' in shown


def test_measure_and_boroughs_live_in_the_address_and_decide_the_headline() -> None:
    page = run(as_at="2026-11-01", boroughs=f"{CAMDEN},{ISLINGTON}")
    assert rows(words(page)) == ["Camden", "Islington"]
    page.multiselect(key="pick-boroughs").select("E09000030").run()
    assert page.query_params["boroughs"] == f"{CAMDEN},{ISLINGTON},E09000030"
    assert rows(words(page)) == ["Tower Hamlets", "Camden", "Islington"]
    page.segmented_control(key="pick-measure").set_value("people").run()
    assert page.query_params["measure"] == "people"
    assert "In Tower Hamlets a ward has 15,515 people on average, in Camden 10,505." in words(page)


def test_a_few_boroughs_stand_beside_each_other_on_every_measure_and_by_month() -> None:
    page = run(as_at="2026-11-01", boroughs=f"{CAMDEN},{ISLINGTON}", measure="elsewhere")
    assert "Camden and Islington on every measure." in words(page)
    assert "Camden, Islington and London, month by month." in words(page)
    assert len(page.get("plotly_chart")) == 1


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"boroughs": "E09000007,E09000099"}, "No borough of London has the code E09000099."),
        ({"boroughs": "Camden"}, "'CAMDEN' is not a borough code."),
        ({"borough": "E09000001"}, "City of London"),
        ({"measure": "heads"}, "'heads' is not one of the choices for measure"),
        ({"as_at": "2016-01-01"}, "1 January 2016 is before the promise was made."),
    ],
)
def test_a_bad_address_says_what_was_wrong_and_shows_the_rest(parameters: dict[str, str], said: str) -> None:
    page = run(**parameters)
    assert any(said in str(warning.value) for warning in page.warning), [str(w.value) for w in page.warning]
    assert rows(words(page))


def test_a_measure_not_known_on_the_day_is_said_to_be_so() -> None:
    shown = words(run(as_at="2016-09-01", measure="counters"))
    assert "We have no list of counters for 1 September 2016. The earliest is January 2017." in shown


def test_one_borough_shows_its_answer_map_measures_wards_and_folded_figures() -> None:
    shown = words(run(borough="E09000026", as_at="2018-01-01"))
    assert "Redbridge has one police counter, Ilford. It is open 24 hours. In 2017 it had two." in shown
    assert "Map of Redbridge with its 21 wards. Open counters: Ilford." in shown
    assert len(re.findall(r'<li><span class="note">\d+</span>', shown)) == 21
    assert "Know their officer" in shown and "Compare Redbridge: know their officer" in shown
    folded = shown.split("<summary>Redbridge&#39;s published figures, and recorded crime by ward</summary>")[1]
    assert "History: 2 figures of Redbridge from before the promise of July 2016." in folded
    assert "/borough/E09000026/handouts.pdf?as_at=2018-01-01" in shown


def test_a_ward_not_on_this_site_has_no_mark_and_is_not_said_to_be_unpublished() -> None:
    shown = words(run(borough="E09000016", as_at="2026-11-01"))
    assert "We have no figures for single wards in Havering." in shown
    listed = shown.split('<ul class="plain names wards">')[1].split("</ul>")[0]
    assert "mark" not in listed and "not published" not in shown.split("<caption>")[0]


def test_a_counter_that_a_boroughs_map_leaves_out_is_named_under_it() -> None:
    assert "Brick Lane is known only to the street, and not drawn." in words(run(borough="E09000030"))
    assert "not drawn" not in words(run(borough=CAMDEN))


def test_what_changed_in_a_borough_is_in_its_fold() -> None:
    assert "10 wards of Tower Hamlets had two or more figures since the promise." in words(
        run(borough="E09000030", as_at="2018-01-01")
    )


# ---------------------------------------------------------------- the plain pages


def test_the_plain_page_answers_the_measure_and_boroughs_of_its_address() -> None:
    shown = plain(shared_store(), "/plain/boroughs", date(2026, 11, 1), measure="night", boroughs=CAMDEN)
    assert "In Camden the middle ward is 4.8 km from a counter open at night. In December 2017 it was 1.6 km." in shown
    assert rows(shown) == ["Camden", "London"]
    assert '<strong aria-current="true">At night</strong>' in shown
    assert f'href="/plain/boroughs?measure=crime&amp;boroughs={CAMDEN}&amp;as_at=2026-11-01"' in shown
    assert f'value="{CAMDEN}" checked' in shown
    assert f"/boroughs?measure=night&amp;boroughs={CAMDEN}&amp;as_at=2026-11-01" in shown  # the way to the dashboard


def test_the_dashboard_s_address_leads_to_the_same_on_the_plain_page() -> None:
    assert plain_address(f"/boroughs?measure=night&boroughs={CAMDEN},{ISLINGTON}") == (
        f"/plain/boroughs?measure=night&boroughs={CAMDEN},{ISLINGTON}"
    )
    assert plain_address(f"/boroughs?borough={CAMDEN}&measure=night") == f"/borough/{CAMDEN}"


def test_all_boroughs_and_all_wards_are_sorted_on_plain_pages() -> None:
    first = r"<tbody>\s*<tr[^>]*><th[^>]*><a [^>]*>([^<]+)"
    for path, measure, name in (
        ("/plain/compared", "crime", "Westminster"),
        ("/plain/wards_compared", "crime", "West End"),
        ("/plain/wards_compared", "night", "Harefield Village"),
    ):
        found = re.search(first, plain(shared_store(), path, date(2026, 11, 1), measure=measure))
        assert found is not None and found[1] == name


# ---------------------------------------------------------------- other stores


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("demonstration") / "store"
    build_demonstration(folder, first_month=date(2026, 5, 1))
    return open_store(folder, run_checks=False)


@pytest.fixture
def shown_store(demonstration: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr("transparency.outlets.dashboard.run.shared_store", lambda: demonstration)
    yield demonstration


def _row_of(shown: str, name: str) -> str:
    return shown.split(f">{name}</a></span>")[1].split("</li>")[0]


def test_with_months_the_boroughs_lie_in_ranges_and_one_missing_has_no_zero(shown_store: Store) -> None:
    page: AppTest = run(as_at="2026-11-01")
    shown = words(page)
    assert page.segmented_control(key="pick-measure").value == "wards"
    assert len(rows(shown)) == 32 and rows(shown)[-1] == "Camden"
    assert '<span class="rows-why">not published</span>' in _row_of(shown, "Camden")
    assert "had their officers in July 2026" in shown
    camden = words(run(borough=CAMDEN, as_at="2026-11-01"))
    assert "No ward figure was published for Camden in July 2026." in camden
    assert "0 of " not in camden and "<caption>Wards of Camden by month</caption>" not in camden
    islington = words(run(borough=ISLINGTON, as_at="2026-11-01"))
    assert "<caption>Wards of Islington by month</caption>" in islington


def test_the_page_holds_for_another_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened = open_store(build_small_city(tmp_path / "store"))
    monkeypatch.setattr("transparency.outlets.dashboard.run.shared_store", lambda: opened)
    for parameters in (
        {"as_at": "2018-12-01"},
        {"as_at": "2020-08-01", "borough": "E09000093"},
        {"as_at": "2016-08-01"},
    ):
        assert "cannot be shown at the moment" not in words(run(**parameters)), parameters
