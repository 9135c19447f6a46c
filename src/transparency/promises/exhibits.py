"""The promise ledger: every promise with its status, its rule, its dated history and the evidence missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from markupsafe import Markup

from transparency.core.days import period_end
from transparency.core.text import capitalised, in_words, precise_date
from transparency.core.vocabulary import PromiseStatus, today
from transparency.exhibits.cells import SOURCE, source_link, unique
from transparency.exhibits.content import content_rows
from transparency.exhibits.exhibit import Cell, Column, Exhibit, Link, Mark, Source, Table, table
from transparency.exhibits.files import published_as
from transparency.exhibits.html import exhibit_foot_html, image_html, render
from transparency.promises.queries import LedgerEntry, StatusOnDay, ledger
from transparency.promises.sentences import (
    PROMISE_STATUS_MEANING,
    PROMISE_STATUS_WORDS,
    due_words,
    ledger_sentence,
    questions_sentence,
)
from transparency.promises.track import track
from transparency.published.answers import HowFar, answer_to
from transparency.published.queries import promise_milestones, sources_by_id, user_questions
from transparency.published.sentences import promise_verdict
from transparency.store.store import Store

_SYMBOLS = {
    PromiseStatus.MET: ("●", "met"),
    PromiseStatus.PARTLY_MET: ("◐", "half"),
    PromiseStatus.NOT_MET: ("▽", "short"),
    PromiseStatus.NOT_DUE: ("▷", "unknown"),
    PromiseStatus.DECLARED_BUT_NOT_EVIDENCED: ("◯", "declared"),
    PromiseStatus.LAPSED: ("◌", "lapsed"),
    PromiseStatus.WITHDRAWN: ("✕", "short"),
    PromiseStatus.CANNOT_BE_RATED: ("–", "unknown"),
}


THE_PROMISE = "two-constables-one-pcso"
_WORDS = {"status_words": PROMISE_STATUS_WORDS, "due_words": due_words}


def promise_mark(status: PromiseStatus) -> Mark:
    """The mark of a promise: symbol, word and colour."""
    symbol, css_class = _SYMBOLS[status]
    return Mark(symbol, PROMISE_STATUS_WORDS[status], css_class)


def promise_address(promise_id: str, day: date | None = None) -> str:
    """The dashboard's address of one promise, opened."""
    return f"/promises?promise={promise_id}" + (f"&as_at={day.isoformat()}" if day else "")


def ledger_verdict(store: Store, day: date) -> str:
    """How many promises stand where."""
    return ledger_sentence([entry.status for entry in ledger(store, day)], day)


_LEDGER_COLUMNS = (
    Column(
        "title",
        "Promise",
        cell=lambda entry: Link(entry.promise.title, promise_address(entry.promise.promise_id, entry.day)),
    ),
    Column("status", "Status", cell=lambda entry: promise_mark(entry.status)),
    Column("since", "Since", cell=lambda entry: precise_date(entry.since.on, entry.since.precision)),
    Column("made_by", "Made by", cell=lambda entry: entry.promise.made_by),
    Column("made_on", "Made", cell=lambda entry: precise_date(entry.promise.made_on, entry.promise.made_on_precision)),
    Column("due_on", "Due", cell=lambda entry: due_words(entry.due_on)),
)


@published_as("promises")
def ledger_exhibit(store: Store, day: date) -> Exhibit:
    """Every promise made up to the day with its status, one line each."""
    entries = ledger(store, day)
    return Exhibit(
        key="ledger",
        headline=ledger_verdict(store, day),
        subtitle="Promises about ward policing made by this day. How we judge each is set out with it.",
        table=table("The promises", _LEDGER_COLUMNS, entries),
        sources=unique(entry.source for entry in entries),
        note="We judge results, not effort. That we cannot tell does not mean that a promise was not kept.",
    )


def history_table(entry: LedgerEntry) -> Table:
    """The dated history of one promise, newest first; a finding said again in the same words is one line."""
    runs = [list(run) for _, run in groupby(entry.history, key=lambda line: (line.status, line.finding))]
    columns = (
        Column("on", "Date", cell=_dates),
        Column("status", "Status", cell=lambda run: promise_mark(run[0].status) if run[0].is_change else "unchanged"),
        Column("finding", "What was found", cell=lambda run: run[0].finding),
        Column("source", "Source", cell=lambda run: tuple(dict.fromkeys(map(source_link, run)))),
    )
    return table(f"History of “{entry.promise.title}”", columns, reversed(runs))


def _dates(run: Sequence[StatusOnDay]) -> str:
    """When something was found; where it was said again, how often."""
    first, last = (precise_date(line.on, line.precision) for line in (run[0], run[-1]))
    return first if len(run) == 1 else f"{first} to {last}, {in_words(len(run))} times"


@dataclass(frozen=True)
class PromiseCard:
    """A promise as a card: its mark, what was found in a sentence and when, its dates as a picture, its history."""

    entry: LedgerEntry
    mark: Mark
    sentence: str
    when: str
    track: Markup
    table: Table


def promise_card(store: Store, entry: LedgerEntry) -> PromiseCard:
    """The card of one promise; that of every ward, no longer kept, says what is said of it on the front page."""
    is_first = entry.promise.promise_id == THE_PROMISE
    picture = image_html(track(entry, lambda line: promise_mark(line.status), rows=2 if is_first else 1))
    is_told = is_first and entry.status is PromiseStatus.LAPSED and not entry.has_months
    rows = promise_milestones(store, entry.day) if is_told else []
    sentence = promise_verdict(rows, entry.day) if rows else first_sentence(entry)
    return PromiseCard(
        entry,
        promise_mark(entry.status),
        sentence,
        "" if rows else precise_date(entry.finding.on, entry.finding.precision),
        Markup(picture),  # noqa: S704 - rendered by our escaping templates
        history_table(entry),
    )


def first_sentence(entry: LedgerEntry) -> str:
    """What says most of a promise now, in its first sentence; all of it where that is why it cannot be judged."""
    found = entry.finding.finding
    if entry.status is not PromiseStatus.CANNOT_BE_RATED:
        found = f"{found.partition('. ')[0].rstrip('.')}."
    return found


def ledger_html(store: Store, day: date) -> str:
    """A square for each promise by its verdict, the promise of every ward first, then each as a card by its verdict."""
    entries = sorted(ledger(store, day), key=lambda entry: list(PROMISE_STATUS_WORDS).index(entry.status))
    cards = [promise_card(store, entry) for entry in entries]
    return render(
        "promises.html",
        day=day,
        verdicts=[(mark, len(list(run))) for mark, run in groupby(card.mark for card in cards)],
        first=[card for card in cards if card.entry.promise.promise_id == THE_PROMISE],
        cards=[card for card in cards if card.entry.promise.promise_id != THE_PROMISE],
        meanings=[(promise_mark(status), PROMISE_STATUS_MEANING[status]) for status in PROMISE_STATUS_WORDS],
        has_questions=bool(_asked(store, day)),
        exhibits=[each for each in (ledger_exhibit(store, day), record_exhibit(store, day)) if each is not None],
        address=lambda entry: promise_address(entry.promise.promise_id, None if day == today() else day),
        **_WORDS,
    )


def entry_html(store: Store, entry: LedgerEntry) -> str:
    """One promise in full, below its answer."""
    return render("promise_page.html", card=promise_card(store, entry), **_WORDS)


def _answer_cell(asked: dict[str, Any]) -> Cell:
    answer = asked["answer"]
    return Link(answer.text, answer.href) if answer.href else answer.text


_QUESTION_COLUMNS = (
    Column("question", "Question"),
    Column("asked_by", "Asked by"),
    Column("asked_on", "Asked", cell=lambda asked: precise_date(asked["asked_on"], asked["asked_on_precision"])),
    Column("how_far", "Answered", cell=lambda asked: asked["answer"].how_far.value),
    Column("answer", "Answer", cell=_answer_cell),
    Column("answered_on", "Answer as at", cell=lambda asked: asked["answer"].as_at),
    SOURCE,
)


@published_as("promises-questions")
def questions_exhibit(store: Store, day: date) -> Exhibit | None:
    """What people had asked in public by a day, each with the answer published by then."""
    asked = _asked(store, day)
    if not asked:
        return None
    register = sources_by_id(store)
    return Exhibit(
        key="questions",
        headline=questions_sentence([each["answer"].how_far.value for each in asked]),
        subtitle="Questions about ward officers and counters asked in public by this day, newest first, "
        "paraphrased. The source of a row is that of the question; those of the answers are below.",
        table=table("What people asked", _QUESTION_COLUMNS, asked),
        sources=unique(
            _register_source(register, source_id)
            for each in asked
            for source_id in each["answer"].source_ids
            if source_id in register
        ),
    )


def _asked(store: Store, day: date) -> list[dict[str, Any]]:
    """The questions asked by a day, newest first, each with its answer."""
    return [
        row | {"answer": answer_to(row["question_id"], day)}
        for row in user_questions(store)
        if period_end(row["asked_on"], row["asked_on_precision"]) <= day
    ]


def questions_html(store: Store, day: date) -> str:
    """Each question with its answer below it; nothing where none was asked by the day."""
    exhibit = questions_exhibit(store, day)
    if exhibit is None:
        return ""
    asked = [
        row | {"when": precise_date(row["asked_on"], row["asked_on_precision"]), "said": _answer_cell(row)}
        for row in _asked(store, day)
    ]
    groups = [(far, [each for each in asked if each["answer"].how_far is far]) for far in HowFar]
    return render("questions.html", exhibit=exhibit, groups=groups) + exhibit_foot_html(exhibit, False)


def _register_source(register: Mapping[str, Mapping[str, Any]], source_id: str) -> Source:
    row = register[source_id]
    return Source(row["publisher"], row["title"], row["url"])


_RECORD_COLUMNS = (
    Column("on", "Date", cell=lambda line: precise_date(line["on"], line["precision"])),
    Column("said", "What was said or decided"),
    SOURCE,
)


@published_as("promises-record")
def record_exhibit(store: Store, day: date) -> Exhibit | None:
    """What came before, beside and after the promise, up to a day: each statement with its date and source."""
    register = sources_by_id(store)
    lines = [
        {**register[row["source_id"]], **row, "on": date.fromisoformat(row["on"])}
        for row in content_rows("record")
        if row["source_id"] in register and period_end(date.fromisoformat(row["on"]), row["precision"]) <= day
    ]
    if not lines:
        return None
    return Exhibit(
        key="record",
        headline=f"{capitalised(in_words(len(lines)))} statements say what came before, with and after the promise.",
        subtitle="Said or decided by this day, newest first, in our own words.",
        table=table("What came before, with and after the promise", _RECORD_COLUMNS, reversed(lines)),
        sources=unique(_register_source(register, line["source_id"]) for line in lines),
        note="Each line is as its source gives it; a statement is not a count.",
    )
