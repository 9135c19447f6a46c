"""The promise ledger: its files, its sources, and the statuses worked out from data."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from transparency.core.errors import CatalogueError, UnknownPlaceError
from transparency.core.text import precise_date
from transparency.core.vocabulary import PromiseStatus
from transparency.exhibits.content import content_rows
from transparency.exhibits.exhibit import Link
from transparency.promises.exhibits import entry_html, ledger_html, questions_exhibit, record_exhibit
from transparency.promises.ledger import PROMISES_FOLDER, promises, read_promise
from transparency.promises.queries import LedgerEntry, ledger, ledger_entry
from transparency.published.answers import ANSWERS, HowFar, answer_to
from transparency.published.queries import user_questions
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
    "known-by-the-community": PromiseStatus.NOT_MET,
    "40-hubs-in-three-years": PromiseStatus.NOT_DUE,
    "more-than-half-by-end-of-2016": PromiseStatus.DECLARED_BUT_NOT_EVIDENCED,
}


@pytest.fixture(scope="module")
def store(store_of_facts: Store) -> Store:
    return store_of_facts


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
        assert {again.source_id for again in promise.repeated} <= sources, promise.promise_id
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
        (date(2017, 12, 1), PromiseStatus.NOT_DUE, False),
        (date(2017, 12, 28), PromiseStatus.DECLARED_BUT_NOT_EVIDENCED, True),
        (date(2018, 11, 1), PromiseStatus.DECLARED_BUT_NOT_EVIDENCED, False),
        (date(2019, 1, 17), PromiseStatus.DECLARED_BUT_NOT_EVIDENCED, False),
        (date(2019, 6, 1), PromiseStatus.LAPSED, True),
        (date(2020, 7, 17), PromiseStatus.LAPSED, False),
        (date(2022, 2, 1), PromiseStatus.LAPSED, False),
    ]
    assert entries["two-constables-one-pcso"].since.on == date(2019, 6, 1)


def test_the_round_the_clock_counters_follow_from_the_sites(entries: dict[str, LedgerEntry]) -> None:
    lines = [(line.on, line.status) for line in entries["counter-in-every-borough"].history]
    assert lines == [
        (date(2013, 5, 20), PromiseStatus.NOT_DUE),
        (date(2017, 12, 31), PromiseStatus.DECLARED_BUT_NOT_EVIDENCED),
        (date(2024, 3, 6), PromiseStatus.LAPSED),
        (date(2024, 3, 7), PromiseStatus.DECLARED_BUT_NOT_EVIDENCED),
        (date(2025, 8, 6), PromiseStatus.DECLARED_BUT_NOT_EVIDENCED),
        (date(2025, 11, 28), PromiseStatus.DECLARED_BUT_NOT_EVIDENCED),
        (date(2026, 2, 28), PromiseStatus.LAPSED),
        (date(2026, 3, 3), PromiseStatus.LAPSED),
    ]
    assert "none in Newham" in entries["counter-in-every-borough"].history[2].finding
    previewed = [
        line.on for line in entries["counter-in-every-borough"].history if "come from previews" in line.finding
    ]
    assert previewed == [date(2026, 3, 3)]


def test_on_an_earlier_day_only_what_was_known_then_is_told(store: Store) -> None:
    known = {entry.promise.promise_id: entry for entry in ledger(store, date(2017, 1, 10))}
    assert set(known) == {
        "two-constables-one-pcso",
        "260-by-christmas-2016",
        "ring-fenced-officers",
        "32000-officers",
        "counter-in-every-borough",
        "more-for-high-demand-wards",
        "94-contact-points",
        "known-by-the-community",
        "more-than-half-by-end-of-2016",
    }
    assert all(line.on <= date(2017, 1, 10) for entry in known.values() for line in entry.history)
    assert known["32000-officers"].status is PromiseStatus.NOT_MET


def test_one_promise_by_its_identifier(store: Store) -> None:
    assert ledger_entry(store, "32000-officers", date(2018, 1, 1)).status is PromiseStatus.WITHDRAWN
    with pytest.raises(UnknownPlaceError, match="No promise is followed here under 'free-beer'"):
        ledger_entry(store, "free-beer", TODAY)
    with pytest.raises(UnknownPlaceError, match="had not been made by then"):
        ledger_entry(store, "1300-neighbourhood-officers", date(2018, 1, 1))


def test_each_promise_opens_to_its_history_and_what_is_missing(store: Store) -> None:
    html = ledger_html(store, TODAY)
    assert html.count('<section class="card') == len(EXPECTED)
    assert html.count("<strong>What is missing</strong>") == len(EXPECTED)


def test_evidence_is_missing_from_the_first_day_on_which_it_could_be_missed(store: Store) -> None:
    def missing(promise_id: str, day: date) -> tuple[str, ...]:
        return ledger_entry(store, promise_id, day).missing_evidence

    first, *later = missing("two-constables-one-pcso", TODAY)
    assert first == "Ward by ward figures for constables and for PCSOs, from the day of the promise on."
    assert "Which wards were short in June 2019: the shares were published without the wards." in later
    assert len(missing("two-constables-one-pcso", date(2017, 1, 3))) == 2
    assert missing("260-by-christmas-2016", date(2016, 12, 24)) == ()
    christmas = ledger_html(store, date(2016, 7, 21)).split('id="260-by-christmas-2016"')[1].split("</details>")[0]
    assert "Evidence missing" not in christmas


def test_a_past_day_has_nothing_of_the_counters_promise_that_came_after_it(store: Store) -> None:
    html = entry_html(store, ledger_entry(store, "counter-in-every-borough", date(2016, 12, 1)))
    assert "one counter open 24 hours in each borough; no day was named." in html
    assert "2017" not in re.sub(r'(href|src)="[^"]*"', "", html)


def test_no_missing_evidence_speaks_of_a_year_after_its_first_day() -> None:
    for promise in promises():
        for line in promise.missing_evidence:
            years = [int(year) for year in re.findall(r"20\d\d", line.what)]
            assert max(years, default=0) <= line.since.year, line


def test_a_due_day_is_shown_from_the_day_it_was_named(store: Store) -> None:
    def due(day: date) -> date | None:
        return ledger_entry(store, "counter-in-every-borough", day).due_on

    assert due(date(2017, 10, 31)) is None
    assert due(date(2017, 11, 1)) == date(2017, 12, 31)
    assert ledger_entry(store, "two-constables-one-pcso", date(2016, 7, 21)).due_on == date(2017, 12, 31)


WRITTEN: dict[str, Any] = {
    "promise_id": "p",
    "title": "T",
    "made_by": "M",
    "made_on": "2017-01-01",
    "made_on_precision": "day",
    "source_id": "s",
    "repeated": [],
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
    "missing_evidence": [{"since": "2017-01-01", "what": "E"}],
}
LINE = WRITTEN["history"][0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"history": []}, "needs at least one dated status"),
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
    assert asked == {question_id for question_id, _ in ANSWERS}
    assert answer_to("q99", TODAY).how_far is HowFar.NOT_FOUND


def test_answers_lead_to_promises_boroughs_and_sites_that_exist(store: Store) -> None:
    known = {f"/promises?promise={promise.promise_id}" for promise in promises()}
    known |= {f"/counters?site={row['site_id']}" for row in store.rows("SELECT site_id FROM current_sites")}
    boroughs = [row["borough_code"] for row in store.rows("SELECT borough_code FROM boroughs")]
    for _, answer in ANSWERS:
        href = answer.href
        if href is None:
            continue
        if "borough=" in href:
            assert any(f"borough={code}" in href for code in boroughs), href
        else:
            assert href in known or href in ("/counters", "/boroughs") or href.startswith("/progress"), href


def test_questions_are_shown_with_who_asked_and_when(store: Store) -> None:
    exhibit = questions_exhibit(store, TODAY)
    assert exhibit is not None
    assert len(exhibit.table.rows) == 33
    assert exhibit.headline == "Of 33 public questions we can answer eight, 23 in part. For two we found no answer."


def answered(store: Store, question: str, day: date = TODAY) -> tuple[str, str]:
    """How far a question is answered on a day, and the answer."""
    exhibit = questions_exhibit(store, day)
    assert exhibit is not None
    row = next(row for row in exhibit.table.rows if str(row[0]).startswith(question))
    return str(row[3]), row[4].text if isinstance(row[4], Link) else str(row[4])


@pytest.mark.parametrize(
    ("question", "how_far", "words"),
    [
        ("What is the future of Safer Neighbourhood Boards", "answered", "ward panels stay important"),
        ("Will contact points offer a private place", "answered", "confidentiality and privacy would be met"),
        ("What publicity was there before each closure?", "answered", "a leaflet to households"),
        ("How many different commanders", "partly answered", "A table of commanders by command unit"),
        ("Will response times hold up", "partly answered", "36 minutes in Redbridge and 35 in Barking"),
        ("Will the BCU pathfinders be judged", "partly answered", "oversight boards"),
        ("Where do a ward's extra officers come from?", "partly answered", "non-dedicated neighbourhood roles"),
        ("What criteria pick the wards", "partly answered", "Camden and Islington and in Barking and Dagenham"),
        ("Where is every planned DWO hub", "partly answered", "lists the bases kept (annex 5); we have not read it"),
        ("How many sergeants, PCs and PCSOs", "partly answered", "One sergeant for three Isle of Dogs wards"),
        ("How much is saved by each counter closure?", "partly answered", "£59 million by 2015/16"),
        ("What is the closure timetable", "answered", "first 16 boroughs by 24 June 2013"),
        ("How are people helped who report in a different", "no answer found", "No answer was found."),
    ],
)
def test_an_answer_that_was_published_is_given(store: Store, question: str, how_far: str, words: str) -> None:
    said = answered(store, question)
    assert said[0] == how_far
    assert words in said[1]


def test_every_answer_has_a_day_and_a_source_of_the_register(store: Store) -> None:
    sources = {row["source_id"] for row in store.rows("SELECT source_id FROM current_sources")}
    for question_id, answer in ANSWERS:
        assert (answer.as_at is None) == (answer.how_far is HowFar.NOT_FOUND), question_id
        assert bool(answer.source_ids) == (answer.as_at is not None), question_id
        assert set(answer.source_ids) <= sources, question_id


def test_a_past_day_has_only_questions_asked_and_answers_published_by_it(store: Store) -> None:
    exhibit = questions_exhibit(store, date(2016, 9, 15))
    assert exhibit is not None
    asked = [str(row[0]) for row in exhibit.table.rows]
    assert "Where do a ward's extra officers come from?" not in asked
    assert "Which wards get the second officer, and when?" not in asked, "known to the month: shown when it has ended"
    question = "What is the future of Safer Neighbourhood Boards"
    assert answered(store, question, date(2017, 1, 22)) == (
        "no answer found",
        "No answer was found that had been published by this day.",
    )
    january = "City Hall would go on supporting the Boards; ward panels stay important."
    assert answered(store, question, date(2017, 1, 23)) == ("answered", january)
    assert answered(store, question)[1] == f"{january} In July 2017 it said that both continue and improve."
    hubs = "Where is every planned DWO hub"
    assert "Kidbrooke" not in answered(store, hubs, date(2017, 12, 28))[1]
    assert "Kidbrooke" in answered(store, hubs)[1]
    times = "Will response times hold up"
    assert "Kingston" not in answered(store, times, date(2018, 11, 25))[1]
    assert "82% of urgent calls in Kingston" in answered(store, times, date(2018, 11, 26))[1]


def test_a_notice_is_not_called_a_question(store: Store) -> None:
    asked_by = {row["question_id"]: row["asked_by"] for row in user_questions(store)}
    assert asked_by["q06"] == "Tower Hamlets police (a notice, not a question)"
    assert asked_by["q07"] == "Cllr Andrew Wood (a notice, not a question)"


def finding(entry: LedgerEntry, on: date) -> str:
    return next(line.finding for line in entry.history if line.on == on)


def test_time_elsewhere_is_judged_on_the_series(store: Store, entries: dict[str, LedgerEntry]) -> None:
    years = store.rows("SELECT year, elsewhere_percent, promise_status FROM elsewhere_by_year ORDER BY year")
    assert [(row["year"], row["elsewhere_percent"], row["promise_status"]) for row in years] == [
        (2019, 11.3, "partly_met"),
        (2020, 11.2, "partly_met"),
        (2021, 10.9, "partly_met"),
        (2022, 18.5, "partly_met"),
        (2023, 16.9, "partly_met"),
    ]
    assert finding(entries["ring-fenced-officers"], date(2024, 6, 18)) == (
        "Share of ward officers' recorded time spent elsewhere, training included: 11.3% in 2019, 11.2% in 2020, "
        "10.9% in 2021, 18.5% in 2022 and 16.9% in 2023. Read from a copy."
    )
    before = ledger_entry(store, "ring-fenced-officers", date(2024, 6, 17))
    assert before.history[-1].on == date(2023, 7, 25)


def test_ring_fencing_is_dated_by_its_first_statement_and_its_exceptions_by_theirs(
    store: Store, entries: dict[str, LedgerEntry]
) -> None:
    entry = entries["ring-fenced-officers"]
    assert entry.promise.made_on == date(2016, 7, 21)
    assert "No exception was named" in finding(entry, date(2016, 7, 21))
    assert "two exceptions: Notting Hill Carnival and New Year's Eve" in finding(entry, date(2017, 1, 18))
    assert "exceptional circumstances or a major emergency" in finding(entry, date(2017, 12, 28))
    assert "US President's working visit" in finding(entry, date(2018, 7, 13))
    assert "far from ring-fenced as promised" in finding(entry, date(2023, 3, 21))
    assert "13,770 officer shifts went to protests in six weeks, 24 April to 8 June 2023" in finding(
        entry, date(2023, 6, 8)
    )
    assert "23,597 officer shifts in 13 weeks" in finding(entry, date(2023, 7, 25))
    assert [again.on for again in entry.repeated] == [date(2017, 1, 18), date(2017, 12, 28)]
    assert [again.on for again in ledger_entry(store, "ring-fenced-officers", date(2017, 6, 1)).repeated] == [
        date(2017, 1, 18)
    ]


def test_known_by_the_community_is_judged_by_the_survey(store: Store, entries: dict[str, LedgerEntry]) -> None:
    entry = entries["known-by-the-community"]
    assert finding(entry, date(2016, 9, 30)) == (
        "36% of Londoners asked knew how to contact their ward officer, in the quarter in which it was promised. "
        "Read from a copy."
    )
    assert finding(entry, date(2017, 12, 31)).startswith(
        "22% of Londoners asked knew how to contact their ward officer; 36% in the quarter to "
        "September 2016, when it was promised."
    )
    assert finding(entry, date(2023, 12, 31)).startswith("13% of Londoners asked")
    assert ledger_entry(store, "known-by-the-community", date(2016, 12, 25)).status is PromiseStatus.CANNOT_BE_RATED
    assert ledger_entry(store, "known-by-the-community", date(2016, 8, 1)).history[-1].finding == (
        "Promised; nothing had been published of it."
    )


@pytest.mark.parametrize(
    ("promise_id", "made_by", "made_on"),
    [
        ("32000-officers", "Mayor of London (before 2016)", "2012"),
        ("counter-in-every-borough", "MOPAC", "20 May 2013"),
        ("hub-before-closure", "MOPAC", "November 2017"),
        ("webpage-for-every-ward", "Deputy Mayor for Policing and Crime and Commissioner", "14 July 2017"),
        ("more-for-high-demand-wards", "Assistant Commissioner, then Mayor of London", "15 December 2016"),
        ("base-within-20-minutes", "Deputy Mayor for Policing and Crime", "November 2021"),
        ("40-hubs-in-three-years", "Mayor of London and Metropolitan Police", "18 December 2025"),
    ],
)
def test_a_promise_is_dated_by_its_first_statement(
    entries: dict[str, LedgerEntry], promise_id: str, made_by: str, made_on: str
) -> None:
    promise = entries[promise_id].promise
    assert promise.made_by == made_by
    assert precise_date(promise.made_on, promise.made_on_precision) == made_on


@pytest.mark.parametrize(
    ("promise_id", "on", "words"),
    [
        ("two-constables-one-pcso", date(2017, 12, 1), "by this rule 11 to 21 wards were short"),
        ("32000-officers", date(2017, 1, 5), "About 31,000 officers"),
        ("counter-in-every-borough", date(2025, 11, 28), "Richmond council sent the Met a letter before action"),
        ("hub-before-closure", date(2017, 12, 14), "lists the bases kept (annex 5). It has not been read here"),
        ("more-for-high-demand-wards", date(2016, 12, 15), "six or seven officers in some wards"),
        ("more-for-high-demand-wards", date(2020, 7, 17), "two enhanced wards in the Central West command"),
        ("base-within-20-minutes", date(2025, 7, 15), "six ward teams within a 20-minute walk"),
        ("1300-neighbourhood-officers", date(2024, 3, 27), "the Mayor's re-election and a Labour government"),
        ("1300-neighbourhood-officers", date(2026, 1, 20), "The Home Office counted 366 FTE"),
        ("32000-officers", date(2018, 2, 12), "to an average of 30,000 officers by April 2018"),
        ("counter-in-every-borough", date(2025, 8, 6), "The press called the promise broken"),
        ("ring-fenced-officers", date(2018, 7, 13), "routine moves at 5%, outside every exception: that is why"),
        ("40-hubs-in-three-years", date(2025, 12, 18), "Stratford station (Newham's counter) and Holloway"),
        ("more-than-half-by-end-of-2016", date(2017, 1, 4), "four days after the end of 2016"),
    ],
)
def test_what_was_found_of_a_promise(entries: dict[str, LedgerEntry], promise_id: str, on: date, words: str) -> None:
    assert words in finding(entries[promise_id], on)


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("one sergeant, two constables and three PCSOs", date(2016, 7, 21)),
        ("Most wards had one constable and one PCSO", date(2016, 7, 21)),
        ("neighbourhood roles that were not dedicated to a ward", date(2016, 7, 21)),
        ("confident that major events would not suffer", date(2016, 7, 21)),
        ("1,024 dedicated ward officers in all", date(2017, 1, 4)),
        ("cuts make 32,000 officers harder to reach", date(2017, 1, 4)),
        ("Camden and Islington; Barking and Dagenham, Havering and Redbridge", date(2017, 1, 18)),
        ("ward panels and boards continue and improve", date(2017, 7, 14)),
        ("final Police and Crime Plan", date(2017, 3, 20)),
        ("no longer had a functioning neighbourhood policing service", date(2023, 3, 21)),
        ("A New Met for London", date(2023, 7, 31)),
        ("Neighbourhood Policing Guarantee: named, contactable officers", date(2025, 4, 10)),
        ("an answer within 72 hours", date(2025, 4, 10)),
        ("420 more FTE officers and 50 more FTE PCSOs", date(2025, 12, 31)),
        ("over 1,700 officers, PCSOs and staff, with £260 million short", date(2025, 4, 2)),
        ("2,383 FTE more in England and Wales on 30 September 2025, of 2,972 planned", date(2026, 1, 20)),
        ("close once Forest Gate and Kentish Town are rebuilt. No day was named", date(2025, 12, 18)),
        ("40 new hubs in three years", date(2025, 12, 18)),
    ],
)
def test_the_record_tells_each_statement_from_its_day_on(store: Store, words: str, on: date) -> None:
    def told(day: date) -> str:
        exhibit = record_exhibit(store, day)
        return " ".join(str(row[1]) for row in exhibit.table.rows) if exhibit else ""

    assert words in told(on)
    if on > date(2016, 7, 21):
        assert words not in told(on - timedelta(days=1))


def test_every_statement_of_the_record_names_a_source_of_the_register(store: Store) -> None:
    sources = {row["source_id"] for row in store.rows("SELECT source_id FROM current_sources")}
    assert {row["source_id"] for row in content_rows("record")} <= sources
