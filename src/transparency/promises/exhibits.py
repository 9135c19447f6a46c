"""The promise ledger: every promise with its status, its rule, its dated history and the evidence missing."""

from __future__ import annotations

from datetime import date
from typing import Any

from transparency.core.text import full_date, precise_date
from transparency.core.vocabulary import PromiseStatus
from transparency.exhibits.cells import SOURCE, unique
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
from transparency.published.queries import user_questions
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
    Column("due_on", "Due", cell=lambda entry: due_words(entry.promise.due_on)),
)


@published_as("promises")
def ledger_exhibit(store: Store, day: date) -> Exhibit:
    """Every promise made up to the day with its status, one line each."""
    entries = ledger(store, day)
    lapsed = [entry.promise.title for entry in entries if entry.status is PromiseStatus.LAPSED]
    return Exhibit(
        key="ledger",
        headline=lapsed_sentence(lapsed, len(entries)),
        subtitle=f"Promises about ward policing made up to {full_date(day)}, each rated by a rule of its own.",
        table=table("The promises", _LEDGER_COLUMNS, entries),
        sources=unique(entry.source for entry in entries),
        note="Ratings follow outcomes, not effort. Cannot be rated is not the same as not met.",
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
    Column("how_far", "Answered here", cell=lambda asked: asked["answer"].how_far.value),
    Column("answer", "Answer", cell=_answer_cell),
    SOURCE,
)


@published_as("promises-questions")
def questions_exhibit(store: Store) -> Exhibit:
    """What people asked in public, with the answer of this site."""
    asked = [row | {"answer": answer_to(row["question_id"])} for row in user_questions(store)]
    return Exhibit(
        key="questions",
        headline=questions_sentence([each["answer"].how_far.value for each in asked]),
        subtitle="Public questions about ward officers and counters, newest first, paraphrased.",
        table=table("What people asked", _QUESTION_COLUMNS, asked),
        sources=(Source("This site", "List of public questions, each with its own source", None),),
    )
