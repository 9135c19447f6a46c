"""The progress page as the script runs it: London or a borough, on any day, whatever the address asks for."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest

from tests.pages.running import run_page
from tests.reading import words
from tests.small_city import build_small_city
from transparency.store.database import open_store

run = partial(run_page, "progress.py")


def test_4_january_2017_is_told_with_its_arithmetic() -> None:
    page = run(as_at="2017-01-04")
    shown = words(page)
    assert "On 4 January 2017 about 395 of London&#39;s 629 wards (63%) had two dedicated constables" in shown
    assert "How many had a PCSO had not been published, so the full promise is not rated." in shown
    assert "234 wards to go and 361 days left: 19.7 wards a month needed, 53.8 a month achieved" in shown
    assert "At that pace the last ward would be reached in mid-May 2017, before the due date." in shown
    assert "234 ÷ 361 days × 30.4375 days" in shown
    assert "295 were reported ten days later, on 4 January 2017: announced as kept." in shown
    assert "1,024 dedicated ward officers in all" in shown
    assert "What followed" not in shown and "1,258" not in shown
    assert not page.warning


def test_after_the_due_date_declaration_and_vacancies_stand_side_by_side() -> None:
    shown = words(run(as_at="2019-07-01"))
    assert "an answer counting 1,258 posts, 21 of them vacant" in shown
    assert "89% of wards with two constables and 92% with a PCSO" in shown
    assert "The promise, announced as kept on 28 December 2017, was no longer kept." in shown


@pytest.mark.rule("A4", "A5")
def test_each_chart_has_a_table_of_its_points_and_an_alternative_text() -> None:
    page = run(as_at="2019-07-01")
    shown = words(page)
    assert page.get("plotly_chart") == []
    table = shown.split("Every point of the chart")[2].split("</table>")[0]
    assert table.count("<tr>") == 1 + 10
    assert "June 2019, one PCSO: 92% of wards, published" in shown
    assert "17 January 2019, one PCSO: restated as the model" in shown and "restated as the model" in table


def test_today_leads_with_what_is_known_and_no_pace_or_nought_of_nothing() -> None:
    shown = words(run(as_at="2026-11-01"))
    assert "wards a month" not in shown and "wards in the 525 days" not in shown
    assert "nothing that still stands is known of any ward in any of the 32 boroughs" in shown
    camden = re.search(r">Camden</a></th>(.*?)</tr>", shown, re.DOTALL)
    assert camden
    cells = re.findall(r"<td[^>]*>(.*?)</td>", camden[1])
    rows = shown.split("<caption>Wards by status and evidence</caption>")[-1].split("</table>")[0]
    both, constables = (
        re.findall(r"<td[^>]*>(.*?)</td>", rows.split(f">{half}</th>")[1].split("</tr>")[0])
        for half in ("Both: the whole promise", "Two constables")
    )
    assert both == ["none known", "0", "none known", "0", "–", "16", "626", "37", "679"]
    assert constables == ["none known", "0", "none known", "–", "679", "–", "–", "–", "679"]
    assert cells == ["20", "0", *["none known"] * 4, "0", "0", "20", *["none known"] * 2]


def test_a_source_gives_the_day_of_its_release_and_that_of_its_figure() -> None:
    shown = words(run(as_at="2017-01-04"))
    assert "released 21 July 2016, figure for 25 December 2016" in shown


def test_every_borough_stands_in_the_table_as_a_link() -> None:
    shown = words(run(as_at="2017-01-04"))
    links = re.findall(r'href="/boroughs\?borough=(E09\d{6})&amp;as_at=2017-01-04"', shown)
    assert len(links) == len(set(links)) == 32


def test_a_borough_by_its_address() -> None:
    shown = words(run(borough="E09000030", as_at="2017-01-04"))
    assert "In September 2016 7 of Tower Hamlets&#39; 20 wards (35%) had two dedicated constables." in shown
    assert "with one count only, no pace achieved can be worked out" in shown
    assert "Christmas 2016" not in shown


def test_a_borough_of_which_nothing_was_published_says_so() -> None:
    page = run(borough="E09000003", as_at="2017-01-04")
    assert "had not been published by 4 January 2017" in words(page)
    assert "Every point of the chart" not in words(page)


def test_choosing_a_borough_changes_the_address() -> None:
    page = run(as_at="2017-01-04")
    page.selectbox(key="pick-borough").select("E09000030").run()
    assert page.query_params["borough"] == "E09000030"
    assert page.query_params["as_at"] == "2017-01-04"
    assert "Tower Hamlets" in words(page)
    page.selectbox(key="pick-borough").select("").run()
    assert "borough" not in page.query_params


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"as_at": "soon"}, "'soon' is not a day."),
        ({"as_at": "2016-07-20"}, "20 July 2016 is before the promise was made."),
        ({"as_at": "2099-01-01"}, "1 January 2099 is in the future."),
        ({"borough": "E09000099"}, "No borough of London has the code E09000099."),
        ({"borough": "<b>"}, "'\\<B>' is not a borough code."),
    ],
)
def test_a_bad_address_says_what_was_wrong_and_shows_the_rest(parameters: dict[str, str], said: str) -> None:
    page = run(**parameters)
    assert any(said in str(warning.value) for warning in page.warning)
    assert "The promise, announced as kept on 28 December 2017, was no longer kept." in words(page)


def test_the_page_holds_for_another_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened = open_store(build_small_city(tmp_path / "store"))
    monkeypatch.setattr("transparency.outlets.dashboard.run.shared_store", lambda: opened)
    for day in ("2016-08-01", "2017-06-01", "2018-12-01", "2024-01-01"):
        assert "cannot be shown at the moment" not in words(run(as_at=day)), day
