"""Sentences about promises and the questions people asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from transparency.core.text import capitalised, full_date, in_words, listed, number, precise_date
from transparency.core.vocabulary import Precision, PromiseStatus, today

# In the order in which a page shows them.
PROMISE_STATUS_WORDS = {
    PromiseStatus.MET: "kept",
    PromiseStatus.PARTLY_MET: "partly kept",
    PromiseStatus.LAPSED: "no longer kept",
    PromiseStatus.NOT_MET: "not kept",
    PromiseStatus.DECLARED_BUT_NOT_EVIDENCED: "announced, not checked",
    PromiseStatus.WITHDRAWN: "dropped",
    PromiseStatus.NOT_DUE: "not due yet",
    PromiseStatus.CANNOT_BE_RATED: "cannot tell",
}
PROMISE_STATUS_MEANING = {
    PromiseStatus.MET: "figures show that all of it was done, when it was due",
    PromiseStatus.PARTLY_MET: "figures show that some of it was done and some was not",
    PromiseStatus.NOT_MET: "figures show that it was not done when it was due",
    PromiseStatus.NOT_DUE: "the day it was promised for had not come",
    PromiseStatus.DECLARED_BUT_NOT_EVIDENCED: "said to be done; no figure shows it",
    PromiseStatus.LAPSED: "kept, or announced as kept, and later figures show that it no longer is",
    PromiseStatus.WITHDRAWN: "those who made it said it no longer holds",
    PromiseStatus.CANNOT_BE_RATED: "what is published does not allow a judgement; this is not the same as not kept",
}


def ledger_sentence(statuses: Sequence[PromiseStatus], day: date) -> str:
    """How many promises figures show kept on a day."""
    kept, when = statuses.count(PromiseStatus.MET), "today" if day == today() else f"on {full_date(day)}"
    if len(statuses) == 1:
        return f"Figures {'show' if kept else 'do not show'} the promise kept {when}."
    show = "No figures show any" if not kept else f"Figures show {in_words(kept)}"
    return f"{show} of {len(statuses)} promises kept {when}."


def counts_sentence(statuses: Sequence[PromiseStatus]) -> str:
    """How many of the promises stand at each other verdict, so that with those kept every one is counted."""
    said = PROMISE_STATUS_WORDS | {
        PromiseStatus.DECLARED_BUT_NOT_EVIDENCED: "announced and not checked",
        PromiseStatus.CANNOT_BE_RATED: "we cannot tell",
    }
    counts = [
        f"{in_words(count)} {words}"
        for status, words in said.items()
        if status is not PromiseStatus.MET and (count := statuses.count(status))
    ]
    return f"{capitalised(listed(counts))}." if counts else ""


def due_words(due_on: date | None) -> str:
    """The due date, or that none was named."""
    return "no day was named" if due_on is None else full_date(due_on)


def counter_finding(counts: Mapping[str, Any], status: PromiseStatus) -> str:
    """How many boroughs had a counter open 24 hours, on what evidence; `counts` of counter_promise_status_on."""
    total, having = counts["boroughs_count"], counts["boroughs_with_24_7_count"]
    if status is PromiseStatus.NOT_DUE:
        return "Promised: one counter open 24 hours in each borough; no day was named."
    inferred = having - counts["boroughs_evidenced_count"]
    resting = f", {number(inferred)} of them inferred rather than published" if inferred else ""
    if having == total:
        return f"Every one of the {number(total)} boroughs had a counter open 24 hours{resting}."
    finding = f"{number(having)} of {number(total)} boroughs had a counter open 24 hours{resting}"
    without = counts["boroughs_without"] or []
    if 0 < len(without) <= 6:
        finding += f"; none in {listed(without)}"
    if counts["boroughs_not_known_count"]:
        finding += f"; in {number(counts['boroughs_not_known_count'])} it is not known"
    return finding + "."


def questions_sentence(how_far: Sequence[str]) -> str:
    """How many public questions can be answered, in part or not at all."""
    answered, partly = how_far.count("answered"), how_far.count("partly answered")
    return (
        f"Of {len(how_far)} public questions we can answer {in_words(answered)}, {in_words(partly)} in part. "
        f"For {in_words(len(how_far) - answered - partly)} we found no answer."
    )


def elsewhere_finding(years: Sequence[Mapping[str, Any]]) -> str:
    """The share of time elsewhere in each year, read from a copy; rows of elsewhere_by_year."""
    shares = listed([f"{number(row['elsewhere_percent'])}% in {row['year']}" for row in years])
    return f"Share of ward officers' recorded time spent elsewhere, training included: {shares}. Read from a copy."


def known_finding(row: Mapping[str, Any]) -> str:
    """How many knew how to contact their ward officer, beside the quarter of the promise; of known_by_community."""
    found = f"{number(row['percent'])}% of Londoners asked knew how to contact their ward officer"
    if row["quarter_end"] == row["promised_quarter_end"]:
        return f"{found}, in the quarter in which it was promised. Read from a copy."
    quarter = f"the quarter to {precise_date(row['promised_quarter_end'], Precision.MONTH)}"
    return f"{found}; {number(row['promised_percent'])}% in {quarter}, when it was promised. Read from a copy."
