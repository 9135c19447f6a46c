"""The promise ledger: every promise with its status, its rule, its dated history and the evidence missing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from transparency.core.text import full_date, precise_date
from transparency.core.vocabulary import PromiseStatus
from transparency.exhibits.cells import source_link, unique
from transparency.exhibits.exhibit import Cell, Column, Exhibit, Link, Mark, Source, Table
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

if TYPE_CHECKING:
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


@published_as("promises")
def ledger_exhibit(store: Store, day: date) -> Exhibit:
    """Every promise made up to the day with its status, one line each."""
    entries = ledger(store, day)
    lapsed = [entry.promise.title for entry in entries if entry.status is PromiseStatus.LAPSED]
    return Exhibit(
        key="ledger",
        headline=lapsed_sentence(lapsed, len(entries)),
        subtitle=f"Promises about ward policing made up to {full_date(day)}, each rated by a rule of its own.",
        picture=None,
        table=Table(
            caption="The promises",
            columns=(
                Column("title", "Promise"),
                Column("status", "Status"),
                Column("since", "Since"),
                Column("made_by", "Made by"),
                Column("made_on", "Made"),
                Column("due_on", "Due"),
            ),
            rows=tuple(_ledger_row(entry) for entry in entries),
        ),
        sources=unique([Source(entry.publisher, entry.source_title, entry.url) for entry in entries]),
        note="Ratings follow outcomes, not effort. Cannot be rated is not the same as not met.",
    )


def _ledger_row(entry: LedgerEntry) -> tuple[Cell, ...]:
    promise = entry.promise
    return (
        Link(promise.title, promise_address(promise.promise_id, entry.day)),
        promise_mark(entry.status),
        precise_date(entry.since.on, entry.since.precision),
        promise.made_by,
        precise_date(promise.made_on, promise.made_on_precision),
        due_words(promise.due_on),
    )


def history_table(entry: LedgerEntry) -> Table:
    """The dated history of one promise, newest first."""
    return Table(
        caption=f"History of “{entry.promise.title}”",
        columns=(
            Column("on", "Date"),
            Column("status", "Status"),
            Column("finding", "What was found"),
            Column("source", "Source"),
        ),
        rows=tuple(
            (
                precise_date(line.on, line.precision),
                promise_mark(line.status) if line.is_change else "unchanged",
                line.finding,
                source_link(line.publisher, line.url),
            )
            for line in reversed(entry.history)
        ),
    )


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


@published_as("promises-questions")
def questions_exhibit(store: Store) -> Exhibit:
    """What people asked in public, with the answer of this site."""
    rows = user_questions(store)
    answers = [answer_to(row["question_id"]) for row in rows]
    return Exhibit(
        key="questions",
        headline=questions_sentence([answer.how_far.value for answer in answers]),
        subtitle="Public questions about ward officers and counters, newest first, paraphrased.",
        picture=None,
        table=Table(
            caption="What people asked",
            columns=(
                Column("question", "Question"),
                Column("asked_by", "Asked by"),
                Column("asked_on", "Asked"),
                Column("how_far", "Answered here"),
                Column("answer", "Answer"),
                Column("source", "Source"),
            ),
            rows=tuple(
                (
                    row["question"],
                    row["asked_by"],
                    precise_date(row["asked_on"], row["asked_on_precision"]),
                    answer.how_far.value,
                    Link(answer.text, answer.href) if answer.href else answer.text,
                    source_link(row["publisher"], row["url"]),
                )
                for row, answer in zip(rows, answers, strict=True)
            ),
        ),
        sources=(Source("This site", "List of public questions, each with its own source", None),),
    )
