"""The page on the promise as the script runs it: London or a borough, on any day, whatever the address asks for."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.pages.running import run_page
from tests.reading import words
from tests.small_city import build_small_city
from transparency.store.database import open_store

run = partial(run_page, "progress.py")
TOWER_HAMLETS, HAVERING, BARNET = "E09000030", "E09000016", "E09000003"


def test_today_it_says_that_it_was_not_kept_when_last_counted() -> None:
    page = run(as_at="2026-11-01")
    shown = words(page)
    assert "Not when last counted. In June 2019, 89% of wards had two constables and 92% a PCSO." in shown
    assert "Every ward was said to have its officers in December 2017. We know of no later figure." in shown
    assert "89 of every 100 wards had two constables in June 2019. 92 had a PCSO." in shown
    assert (
        "In December 2017, when the promise was announced as kept, 21 of 1,258 ward officer posts were vacant." in shown
    )
    assert "No London figure found since June 2019." in shown
    assert "Monthly figures by ward exist, not on this site." in shown
    assert "13% of people asked in London knew how to contact their ward officer in December 2023" in shown
    assert (
        "A ward in London had 4.1 officers on average, August 2025 to July 2026, constables and PCSOs together. Three "
        "were promised." in shown
    )
    assert "wards a month" not in shown
    assert page.get("plotly_chart") == [] and page.get("deck_gl_json_chart") == []


def test_4_january_2017_is_told_with_its_arithmetic() -> None:
    page = run(as_at="2017-01-04")
    shown = words(page)
    assert "It was not yet due. On 4 January 2017, about 395 of 629 wards had two constables." in shown
    assert "This is our sum: about 100 before and 295 since." in shown
    assert "We found no figure for PCSOs, so that part of the promise is not known." in shown
    assert "234 wards were still to go, with 361 days left. That needed 19.7 wards a month." in shown
    assert "At that pace the last ward would be reached in mid-May 2017, before the due date." in shown
    assert "234 ÷ 361 days × 30.4375 days" in shown
    assert "About 260 new ward officers were promised by Christmas 2016. There were said to be 295" in shown
    assert "released 21 July 2016, figure for 25 December 2016" in shown
    assert "What followed" not in shown and "1,258" not in shown
    assert not page.warning


@pytest.mark.rule("A4", "A5")
def test_the_chart_has_a_table_of_its_points_and_an_alternative_text() -> None:
    shown = words(run(as_at="2019-07-01"))
    table = shown.split("Every point of the chart")[2].split("</table>")[0]
    assert table.count("<tr>") == 1 + 10
    assert "June 2019: 89% of wards had two constables, 92% of wards had a PCSO." in shown
    assert "January 2019: The model was restated, not that each ward had its officers." in shown
    assert "restated as the model" in table


def test_a_borough_has_its_count_its_pace_and_its_plans() -> None:
    shown = words(run(borough=TOWER_HAMLETS, as_at="2016-12-25"))
    assert "Was the promise kept in Tower Hamlets?" in shown
    assert "It was not yet due. In September 2016, 7 of 20 wards had two constables." in shown
    assert "13 wards were still to go, with 371 days left. That needed 1.1 wards a month." in shown
    assert (
        "Ward by ward we know a little: of 20 wards, 7 had two constable posts and 3 had one constable post." in shown
    )
    assert "In London on 21 July 2016, about 100 of 629 wards (16%) had two constables." in shown
    assert "Planned: 17 wards with two constables. Source: Tower Hamlets police." in shown
    assert "Christmas 2016" not in shown


def test_the_officers_of_a_borough_stand_beside_what_two_in_each_ward_would_be() -> None:
    shown = words(run(borough=HAVERING, as_at="2017-01-20"))
    assert "It was not yet due. We found no count of wards with two constables in Havering." in shown
    assert "On 16 January 2017, Havering had 45 ward officers. Two in each of 18 wards would be 36." in shown
    assert "Every point of the chart" not in shown


def test_a_borough_of_which_nothing_was_published_says_so() -> None:
    shown = words(run(borough=BARNET, as_at="2017-01-04"))
    assert "We found no count of wards with two constables in Barnet." in shown
    assert "We have no figure for any single ward in Barnet." in shown
    later = words(run(borough=BARNET, as_at="2018-01-04"))
    assert "It was announced London-wide in December 2017, with no figure for Barnet." in later


def test_choosing_a_borough_changes_the_address() -> None:
    page = run(as_at="2017-01-04")
    page.selectbox(key="pick-borough").select(TOWER_HAMLETS).run()
    assert page.query_params["borough"] == TOWER_HAMLETS
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
    assert "Not when last counted." in words(page)


def test_the_page_holds_for_another_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened = open_store(build_small_city(tmp_path / "store"))
    monkeypatch.setattr("transparency.outlets.dashboard.run.shared_store", lambda: opened)
    for day in ("2016-08-01", "2017-06-01", "2018-12-01", "2024-01-01"):
        assert "cannot be shown at the moment" not in words(run(as_at=day)), day
