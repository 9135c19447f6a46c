"""The promise ledger: its files, its sources, and the statuses worked out from data."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from transparency.core.errors import CatalogueError, UnknownPlaceError
from transparency.core.project import EMBEDDED_DATA
from transparency.core.vocabulary import PromiseStatus
from transparency.promises.exhibits import ledger_html, questions_exhibit
from transparency.promises.ledger import PROMISES_FOLDER, promises, read_promise
from transparency.promises.queries import LedgerEntry, ledger, ledger_entry
from transparency.published.answers import ANSWERS, HowFar, answer_to
from transparency.published.queries import user_questions
from transparency.store.database import open_store
from transparency.store.store import Store

TODAY = date(2026, 11, 22)
EXPECTED = {
    "two-constables-one-pcso": PromiseStatus.LAPSED,
    "260-by-christmas-2016": PromiseStatus.DECLARED_BUT_NOT_EVIDENCED,
    "ring-fenced-officers": PromiseStatus.PARTLY_MET,
    "32000-officers": PromiseStatus.WITHDRAWN,
    "counter-in-every-borough": PromiseStatus.LAPSED,
    "hub-before-closure": PromiseStatus.PARTLY_MET,
    "webpage-for-every-ward": PromiseStatus.CANNOT_BE_RATED,
    "more-for-high-demand-wards": PromiseStatus.PARTLY_MET,
    "94-contact-points": PromiseStatus.CANNOT_BE_RATED,
    "base-within-20-minutes": PromiseStatus.PARTLY_MET,
    "1300-neighbourhood-officers": PromiseStatus.PARTLY_MET,
}


@pytest.fixture(scope="module")
def store() -> Store:
    return open_store(EMBEDDED_DATA)


@pytest.fixture(scope="module")
def entries(store: Store) -> dict[str, LedgerEntry]:
    return {entry.promise.promise_id: entry for entry in ledger(store, TODAY)}


def test_status_of_every_promise(entries: dict[str, LedgerEntry]) -> None:
    assert {promise_id: entry.status for promise_id, entry in entries.items()} == EXPECTED


def test_every_status_is_ruled_before_it_is_used(entries: dict[str, LedgerEntry]) -> None:
    for entry in entries.values():
        ruled = {status for status, _ in entry.promise.rules}
        assert {line.status for line in entry.history} <= ruled, entry.promise.promise_id


def test_rules_stand_before_the_figures_in_each_file() -> None:
    for path in PROMISES_FOLDER.glob("*.json"):
        keys = list(json.loads(path.read_text(encoding="utf-8")))
        assert keys.index("rules") < keys.index("history"), path.name


def test_every_claim_cites_a_source_and_its_figures_are_of_that_source(store: Store) -> None:
    sources = {row["source_id"] for row in store.rows("SELECT source_id FROM current_sources")}
    figures = {
        row["figure_id"]: row["source_id"]
        for row in store.rows("SELECT figure_id, source_id FROM current_published_figures")
    }
    for promise in promises():
        assert promise.source_id in sources, promise.promise_id
        for change in promise.history:
            assert change.source_id in sources, change
            for figure_id in change.figure_ids:
                assert figure_id in figures, figure_id
            answered = {figures[figure_id] for figure_id in change.figure_ids}
            assert not answered or change.source_id in answered, change


def test_the_promise_lapsed_in_june_2019_and_words_alone_do_not_lift_it(entries: dict[str, LedgerEntry]) -> None:
    lines = [(line.on, line.status, line.is_change) for line in entries["two-constables-one-pcso"].history]
    assert lines == [
        (date(2016, 7, 21), PromiseStatus.NOT_DUE, True),
        (date(2017, 1, 4), PromiseStatus.NOT_DUE, False),
        (date(2017, 12, 28), PromiseStatus.DECLARED_BUT_NOT_EVIDENCED, True),
        (date(2018, 11, 1), PromiseStatus.DECLARED_BUT_NOT_EVIDENCED, False),
        (date(2019, 1, 17), PromiseStatus.DECLARED_BUT_NOT_EVIDENCED, False),
        (date(2019, 6, 1), PromiseStatus.LAPSED, True),
        (date(2022, 2, 1), PromiseStatus.LAPSED, False),
    ]
    assert entries["two-constables-one-pcso"].since.on == date(2019, 6, 1)


def test_the_round_the_clock_counters_follow_from_the_sites(entries: dict[str, LedgerEntry]) -> None:
    lines = [(line.on, line.status) for line in entries["counter-in-every-borough"].history]
    assert lines == [
        (date(2017, 11, 1), PromiseStatus.NOT_DUE),
        (date(2017, 12, 31), PromiseStatus.DECLARED_BUT_NOT_EVIDENCED),
        (date(2024, 3, 6), PromiseStatus.LAPSED),
        (date(2024, 3, 7), PromiseStatus.DECLARED_BUT_NOT_EVIDENCED),
        (date(2026, 2, 28), PromiseStatus.LAPSED),
        (date(2026, 3, 3), PromiseStatus.LAPSED),
    ]
    assert "none in Newham" in entries["counter-in-every-borough"].history[2].finding


def test_on_an_earlier_day_only_what_was_known_then_is_told(store: Store) -> None:
    known = {entry.promise.promise_id: entry for entry in ledger(store, date(2017, 1, 10))}
    assert set(known) == {
        "two-constables-one-pcso",
        "260-by-christmas-2016",
        "32000-officers",
        "more-for-high-demand-wards",
        "94-contact-points",
    }
    assert all(line.on <= date(2017, 1, 10) for entry in known.values() for line in entry.history)
    assert known["32000-officers"].status is PromiseStatus.CANNOT_BE_RATED


def test_one_promise_by_its_identifier(store: Store) -> None:
    assert ledger_entry(store, "32000-officers", date(2018, 1, 1)).status is PromiseStatus.WITHDRAWN
    with pytest.raises(UnknownPlaceError, match="No promise is followed here under 'free-beer'"):
        ledger_entry(store, "free-beer", TODAY)
    with pytest.raises(UnknownPlaceError, match="had not been made by then"):
        ledger_entry(store, "1300-neighbourhood-officers", date(2018, 1, 1))


def test_each_promise_opens_to_its_history_and_what_is_missing(store: Store) -> None:
    html = ledger_html(store, TODAY, opened="32000-officers")
    assert '<details id="32000-officers" open>' in html
    assert html.count("<details") == len(EXPECTED)
    assert html.count("Missing evidence") == len(EXPECTED)


WRITTEN: dict[str, Any] = {
    "promise_id": "p",
    "title": "T",
    "made_by": "M",
    "made_on": "2017-01-01",
    "made_on_precision": "day",
    "source_id": "s",
    "paraphrase": "P",
    "scope": "S",
    "due_on": None,
    "rules": {"met": "R"},
    "computed_from": None,
    "history": [
        {
            "on": "2017-01-01",
            "precision": "day",
            "status": "met",
            "finding": "F",
            "source_id": "s",
            "figure_ids": [],
        }
    ],
    "missing_evidence": ["E"],
}
LINE = WRITTEN["history"][0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"history": []}, "needs at least one dated status"),
        ({"computed_from": "ward_promise_status_on"}, "states no history"),
        ({"computed_from": "guesswork", "history": []}, "names one of"),
        ({"history": [LINE | {"on": "2017-02-01"}]}, "must begin on the day it was made"),
        ({"history": [LINE, LINE | {"on": "2016-02-01"}]}, "in the order of its days"),
        ({"history": [LINE | {"status": "lapsed"}]}, "uses lapsed without a rule"),
        ({"history": [LINE | {"status": "stalled"}]}, "cannot be read"),
        ({"missing_evidence": []}, "which evidence is missing"),
        ({"made_on": "soon"}, "cannot be read"),
    ],
)
def test_a_faulty_promise_is_refused_by_name(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    path = tmp_path / "faulty.json"
    path.write_text(json.dumps(WRITTEN | change), encoding="utf-8")
    with pytest.raises(CatalogueError, match=f"faulty.json.*{message}"):
        read_promise(path)


def test_a_sound_promise_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sound.json"
    path.write_text(json.dumps(WRITTEN), encoding="utf-8")
    assert read_promise(path).rules == ((PromiseStatus.MET, "R"),)


def test_every_public_question_has_its_answer(store: Store) -> None:
    asked = {row["question_id"] for row in user_questions(store)}
    assert len(asked) == 33
    assert asked == set(ANSWERS)
    assert answer_to("q99").how_far is HowFar.NOT_PUBLISHED


def test_answers_lead_to_promises_boroughs_and_sites_that_exist(store: Store) -> None:
    known = {f"/promises?promise={promise.promise_id}" for promise in promises()}
    known |= {f"/counters?site={row['site_id']}" for row in store.rows("SELECT site_id FROM current_sites")}
    boroughs = [row["borough_code"] for row in store.rows("SELECT borough_code FROM boroughs")]
    for answer in ANSWERS.values():
        href = answer.href
        if href is None:
            assert answer.how_far is HowFar.NOT_PUBLISHED
        elif "borough=" in href:
            assert any(f"borough={code}" in href for code in boroughs), href
        else:
            assert href in known or href in ("/counters", "/boroughs") or href.startswith("/progress"), href


def test_questions_are_shown_with_who_asked_and_when(store: Store) -> None:
    exhibit = questions_exhibit(store)
    assert len(exhibit.table.rows) == 33
    assert exhibit.headline.startswith("Of 33 questions asked in public")
