"""The promises page as the script runs it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.pages.running import run_page
from tests.reading import words
from tests.small_city import build_small_city
from transparency.store.database import open_store

run = partial(run_page, "promises.py")


def test_every_promise_stands_with_status_as_word_and_mark_and_opens_to_its_history() -> None:
    shown = words(run(as_at="2026-03-04"))
    assert "No figures show any of 14 promises kept on 4 March 2026. Five partly kept, two no longer kept." in shown
    assert '<span class="mark lapsed"><span aria-hidden="true">◌</span> no longer kept</span>' in shown
    assert shown.count("<details id=") == 14
    assert " open>" not in shown
    assert "<strong>What is missing</strong>" in shown


def test_one_promise_is_opened_by_its_address() -> None:
    page = run(promise="counter-in-every-borough", as_at="2026-03-04")
    assert '<details id="counter-in-every-borough" open>' in words(page)
    assert not page.warning


@pytest.mark.rule("C2")
def test_on_an_earlier_day_the_ledger_is_that_of_the_day() -> None:
    shown = words(run(as_at="2017-01-10"))
    assert "No figures show any of 9 promises kept on 10 January 2017." in shown
    assert "Nine promises stood. None is known to be no longer kept." in shown


def test_what_people_asked_is_answered_by_a_link_or_said_to_have_none() -> None:
    shown = words(run())
    assert "Of 33 public questions we can answer eight" in shown
    assert "Unmesh Desai AM" in shown
    assert 'href="/promises?promise=ring-fenced-officers"' in shown
    assert "No answer was found." in shown


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"promise": "world-peace"}, "No promise is followed here under 'world-peace'."),
        ({"promise": "1300-neighbourhood-officers", "as_at": "2017-01-10"}, "had not been made by that day"),
        ({"as_at": "2015-01-01"}, "1 January 2015 is before the promise was made."),
    ],
)
def test_a_bad_address_says_what_was_wrong_and_shows_the_rest(parameters: dict[str, str], said: str) -> None:
    page = run(**parameters)
    assert any(said in str(warning.value) for warning in page.warning)
    assert "No figures show any of" in words(page)


def test_the_page_holds_for_another_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened = open_store(build_small_city(tmp_path / "store"))
    monkeypatch.setattr("transparency.outlets.dashboard.run.shared_store", lambda: opened)
    assert "cannot be shown at the moment" not in words(run(as_at="2018-12-01"))
