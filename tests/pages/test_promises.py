"""The promises page as the script runs it."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest

from tests.pages.running import run_page
from tests.reading import without_terms, words
from tests.small_city import build_small_city
from transparency.outlets.plain import document_at
from transparency.store.current import shared_store
from transparency.store.database import open_store

run = partial(run_page, "promises.py")


def test_every_promise_is_counted_and_stands_on_a_card_by_its_verdict_the_first_large() -> None:
    shown = words(run(as_at="2026-03-04"))
    assert "No figures show any of 14 promises kept on 4 March 2026." in shown
    assert (
        "Five partly kept, two no longer kept, one not kept, two announced and not checked, one dropped, one not due "
        "yet and two we cannot tell."
    ) in without_terms(shown)
    squares = re.findall(r"</span>(\d+) ([^<]+)</li>", shown.split('<ul class="verdicts">')[1].split("</ul>")[0])
    assert squares == [
        ("5", "partly kept"),
        ("2", "no longer kept"),
        ("1", "not kept"),
        ("2", "announced, not checked"),
        ("1", "dropped"),
        ("1", "not due yet"),
        ("2", "cannot tell"),
    ]
    assert "a dot where it was found unchanged" in shown
    first, *others = shown.split('<section class="card')[1:]
    assert "Not when last counted" in first and 'id="two-constables-one-pcso"' in first
    assert len(others) == 13 and all("<img" in card and "What is missing" in card for card in others)
    assert "ledger.csv" not in shown and "/data/exhibits/promises.csv" in shown
    assert 'href="/plain/questions"' in shown and "Unmesh Desai AM, 18" not in shown


def test_a_promise_has_an_address_of_its_own_and_is_cited_there() -> None:
    page = run(promise="counter-in-every-borough", as_at="2026-03-04")
    shown = words(page)
    assert "<h1>One counter open 24 hours in every borough</h1>" in shown
    assert "Verdict: no longer kept, since 28 February 2026." in shown
    assert "2 of 32 boroughs had a counter open 24 hours." in shown
    assert "One counter open 24 hours in every borough: no longer kept. 2 of 32" in shown.split('aria-label="Cite"')[1]
    assert "<strong>What is missing</strong>" in shown and 'class="verdicts"' not in shown
    assert not page.warning


def test_a_finding_said_again_in_the_same_words_is_one_line() -> None:
    shown = words(run(promise="two-constables-one-pcso"))
    assert "17 July 2020 to February 2022, two times" in shown


@pytest.mark.rule("C2")
def test_on_an_earlier_day_the_ledger_is_that_of_the_day() -> None:
    shown = words(run(as_at="2017-01-10"))
    assert "No figures show any of 9 promises kept on 10 January 2017." in shown
    assert "no longer kept" not in shown.split('<ul class="verdicts">')[1].split("</ul>")[0]


def test_what_people_asked_is_a_page_of_its_own_with_the_answer_below_each_question() -> None:
    shown = document_at(shared_store(), "/plain/questions").content.decode()
    assert "Of 33 public questions we can answer eight" in shown
    assert shown.count("<li><p><strong>") == 33
    assert "Unmesh Desai AM, 18 January 2017. Answer of 18 January 2017." in shown
    assert 'href="/plain/promises/ring-fenced-officers"' in shown
    assert "No answer found: 2" in shown and "No answer was found." in shown


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
