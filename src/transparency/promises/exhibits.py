"""The promise ledger: every promise with its status, its rule, its dated history and the evidence missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from transparency.core.days import period_end
from transparency.core.text import capitalised, in_words, precise_date
from transparency.core.vocabulary import PromiseStatus
from transparency.exhibits.cells import SOURCE, unique
from transparency.exhibits.content import content_rows
from transparency.exhibits.exhibit import Cell, Column, Exhibit, Link, Mark, Source, Table, table
from transparency.exhibits.files import published_as
from transparency.exhibits.html import render
from transparency.promises.queries import LedgerEntry, ledger
from transparency.promises.sentences import (
    PROMISE_STATUS_MEANING,
    PROMISE_STATUS_WORDS,
    due_words,
    lapsed_sentence,
    ledger_sentence,
    questions_sentence,
)
from transparency.published.answers import answer_to
from transparency.published.queries import sources_by_id, user_questions
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
    lapsed = [entry.promise.title for entry in entries if entry.status is PromiseStatus.LAPSED]
    return Exhibit(
        key="ledger",
        headline=lapsed_sentence(lapsed, len(entries), [it.status for it in entries].count(PromiseStatus.NOT_DUE)),
        subtitle="Promises about ward policing made by this day. How we judge each is set out with it.",
        table=table("The promises", _LEDGER_COLUMNS, entries),
        sources=unique(entry.source for entry in entries),
        note="We judge results, not effort. That we cannot tell does not mean that a promise was not kept.",
    )


def history_table(entry: LedgerEntry) -> Table:
    """The dated history of one promise, newest first."""
    columns = (
        Column("on", "Date", cell=lambda line: precise_date(line.on, line.precision)),
        Column("status", "Status", cell=lambda line: promise_mark(line.status) if line.is_change else "unchanged"),
        Column("finding", "What was found"),
        SOURCE,
    )
    return table(f"History of “{entry.promise.title}”", columns, reversed(entry.history))


def ledger_html(store: Store, day: date, opened: str | None = None) -> str:
    """Each promise in full, folded but for the one opened, and what each status means."""
    return render(
        "promises.html",
        entries=[(entry, promise_mark(entry.status), history_table(entry)) for entry in ledger(store, day)],
        opened=opened,
        status_words=PROMISE_STATUS_WORDS,
        due_words=due_words,
        meanings=[(promise_mark(status), PROMISE_STATUS_MEANING[status]) for status in PromiseStatus],
    )


def entry_html(entry: LedgerEntry) -> str:
    """One promise in full, with its status."""
    return render(
        "promise_page.html",
        entry=entry,
        promise=entry.promise,
        mark=promise_mark(entry.status),
        table=history_table(entry),
        status_words=PROMISE_STATUS_WORDS,
        due_words=due_words,
    )


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
    asked = [
        row | {"answer": answer_to(row["question_id"], day)}
        for row in user_questions(store)
        if period_end(row["asked_on"], row["asked_on_precision"]) <= day
    ]
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
