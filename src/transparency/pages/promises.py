"""The promise ledger, and what people asked."""

from __future__ import annotations

from collections.abc import Iterable

from transparency.core.errors import UnknownPlaceError
from transparency.core.text import precise_date, speaker
from transparency.exhibits.html import render
from transparency.pages import page
from transparency.progress.queries import progress_days
from transparency.promises import exhibits
from transparency.promises.ledger import promises
from transparency.promises.queries import LedgerEntry, ledger, ledger_entry
from transparency.promises.sentences import counts_sentence
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
    statuses = [entry.status for entry in ledger(store, asked.day)]
    lines = (f"{counts_sentence(statuses)} We judge results, not effort.",) if statuses else ()
    return page.verdict(sentence, *lines), page.Tools(sentence)


def _entry(store: Store, asked: page.Asked) -> LedgerEntry:
    return ledger_entry(store, asked.get("promise"), asked.day)


def _subject(store: Store, asked: page.Asked) -> page.Subject | None:
    promise = _entry(store, asked).promise
    return page.Subject(promise.title, promise.paraphrase)


def _is_made(store: Store, asked: page.Asked) -> bool:
    return any(entry.promise.promise_id == asked.get("promise") for entry in ledger(store, asked.day))


def _one_head(store: Store, asked: page.Asked) -> str:
    return render("promise_head.html", speaker=speaker, entry=_entry(store, asked) if _is_made(store, asked) else None)


def _one_answer(store: Store, asked: page.Asked) -> page.Content:
    """What became of one promise, to cite; of one not yet made what became of all."""
    if not _is_made(store, asked):
        return _standing(store, asked)
    card = exhibits.promise_card(store, _entry(store, asked))
    since = precise_date(card.entry.since.on, card.entry.since.precision)
    cited = f"{card.entry.promise.title}: {card.mark.word}. {card.sentence}"
    return page.verdict(f"Verdict: {card.mark.word}, since {since}.", card.sentence), page.Tools(
        cited, (card.entry.source,)
    )


def _one(store: Store, asked: page.Asked) -> page.Content:
    if not _is_made(store, asked):
        return exhibits.ledger_html(store, asked.day)
    return exhibits.entry_html(store, _entry(store, asked))


STANDING = page.Part("The standing of the promises", _standing)
CARDS = page.Part("The promises", page.on_day(exhibits.ledger_html))
QUESTIONS = page.Part("What people asked", page.on_day(exhibits.questions_html))
ONE = page.Part("The promise in full", _one)
DAY = page.DayChoice("As at", lambda store, _: store.memo(progress_days, None))

PROMISES = page.Page(
    name="promises",
    title="All promises",
    line="What was promised about ward policing in London, what became of it, and what we do not know.",
    takes=(page.Choice("promise", _read, "All of them are listed below."),),
    check=_check,
    views=(
        page.View(
            of="promise",
            head=_one_head,
            row=(DAY,),
            parts=(page.Part("The answer", _one_answer), ONE),
            subject=lambda store, asked: _subject(store, asked) if _is_made(store, asked) else None,
        ),
        page.View(head=lambda *_: render("promises_head.html"), row=(DAY,), parts=(STANDING, CARDS)),
    ),
)

# ---------------------------------------------------------------- plain pages


def _one_words(store: Store, asked: page.Asked) -> page.Words:
    promise = _entry(store, asked).promise
    return page.headed(promise.title, promise.paraphrase)


SHEETS = (
    page.Sheet(
        "/plain/promises",
        PROMISES,
        lambda store, asked: page.Words(
            "What became of each promise?", exhibits.ledger_verdict(store, asked.day), "What became of each promise?"
        ),
        (STANDING, CARDS),
    ),
    page.Sheet(
        "/plain/promises/{code}",
        PROMISES,
        _one_words,
        (page.Part("The answer", _one_answer), ONE),
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
