"""The promise ledger, and what people asked."""

from __future__ import annotations

from collections.abc import Iterable

from transparency.core.errors import UnknownPlaceError
from transparency.exhibits.exhibit import Link
from transparency.exhibits.html import render
from transparency.pages import page
from transparency.progress.queries import progress_days
from transparency.promises import exhibits
from transparency.promises.ledger import promises
from transparency.promises.queries import ledger_entry
from transparency.store.store import Store


def _read(_store: Store, text: str) -> str:
    if text not in {promise.promise_id for promise in promises()}:
        raise UnknownPlaceError(f"No promise is followed here under {text[:40]!r}.")
    return text


def _check(_store: Store, asked: page.Asked) -> Iterable[str]:
    made = {promise.promise_id: promise.known_on for promise in promises()}
    opened = asked.get("promise")
    if opened and made[opened] > asked.day:
        yield "The promise asked for had not been made by that day. Those made by then are listed below."


def _standing(store: Store, asked: page.Asked) -> page.Content:
    sentence = exhibits.ledger_verdict(store, asked.day)
    return page.verdict(sentence), page.Tools(sentence)


def _subject(store: Store, asked: page.Asked) -> page.Subject | None:
    opened = asked.get("promise")
    if not opened:
        return None
    promise = ledger_entry(store, opened, asked.day).promise
    return page.Subject(promise.title, promise.paraphrase)


LEDGER = page.Part("The list of promises", page.on_day(exhibits.ledger_exhibit))
QUESTIONS = page.Part("What people asked", page.on_day(exhibits.questions_exhibit))
RECORD = page.Part("What came before, with and after the promise", page.on_day(exhibits.record_exhibit))

PROMISES = page.Page(
    name="promises",
    title="All promises",
    line="What was promised about ward policing in London, what became of it, and what we do not know.",
    takes=(page.Choice("promise", _read, "All of them are listed below."),),
    check=_check,
    views=(
        page.View(
            head=lambda *_: render("promises_head.html"),
            row=(page.DayChoice("As at", lambda store, _: store.memo(progress_days, None)),),
            parts=(
                page.Part("The standing of the promises", _standing),
                LEDGER,
                page.Part(
                    "The promises in full",
                    lambda store, asked: exhibits.ledger_html(store, asked.day, asked.get("promise") or None),
                ),
                RECORD,
                QUESTIONS,
            ),
            subject=_subject,
        ),
    ),
)

# ---------------------------------------------------------------- plain pages


def _more(_store: Store, _asked: page.Asked) -> str:
    links = [Link("What people asked, and what this site answers", "/plain/questions")]
    return render("plain_more.html", links=links)


def _one_words(store: Store, asked: page.Asked) -> page.Words:
    promise = ledger_entry(store, asked.get("promise"), asked.day).promise
    return page.headed(promise.title, promise.paraphrase)


SHEETS = (
    page.Sheet(
        "/plain/promises",
        PROMISES,
        lambda store, asked: page.headed("Promises", exhibits.ledger_verdict(store, asked.day)),
        (LEDGER, RECORD, page.Part("The way to more", _more)),
    ),
    page.Sheet(
        "/plain/promises/{code}",
        PROMISES,
        _one_words,
        (
            page.Part(
                "The promise in full",
                lambda store, asked: exhibits.entry_html(ledger_entry(store, asked.get("promise"), asked.day)),
            ),
        ),
        parameter="promise",
    ),
    page.Sheet(
        "/plain/questions",
        PROMISES,
        lambda *_: page.headed(
            "What people asked",
            "Questions asked in public about ward officers and counters, each with the answer that was found.",
        ),
        (QUESTIONS,),
    ),
)
