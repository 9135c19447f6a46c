"""The promise ledger on a day: each promise with its dated statuses, computed from data where data exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from transparency.core.errors import UnknownPlaceError
from transparency.core.vocabulary import LONDON_CODE, KnownAs, Precision, PromiseStatus
from transparency.exhibits.exhibit import Source
from transparency.progress.queries import progress_points, promise_status
from transparency.progress.sentences import progress_sentence
from transparency.promises.ledger import Promise, StatedChange, promises
from transparency.promises.sentences import counter_finding
from transparency.published.queries import sources_by_id
from transparency.store.store import Store, memoised


@dataclass(frozen=True)
class StatusOnDay:
    """A line of a promise's history: the status from that day, what was found, and its source.

    `is_change` is false where something was said and the status stayed as it was.
    """

    on: date
    precision: Precision
    status: PromiseStatus
    finding: str
    publisher: str
    title: str
    url: str | None
    is_change: bool


@dataclass(frozen=True)
class LedgerEntry:
    """A promise on a day, its history up to it (oldest first) and the source of the promise itself."""

    promise: Promise
    day: date
    history: tuple[StatusOnDay, ...]
    source: Source

    @property
    def status(self) -> PromiseStatus:
        return self.history[-1].status

    @property
    def since(self) -> StatusOnDay:
        """The line with which the present status began."""
        return [line for line in self.history if line.is_change][-1]


@memoised
def ledger(store: Store, day: date) -> tuple[LedgerEntry, ...]:
    """Every promise made up to the day, with its status on it; kept for the days asked last.

    A store without the statements a promise rests on, as the demonstration store, leaves it out.
    """
    return tuple(
        _entry(store, promise, day)
        for promise in promises()
        if promise.made_on <= day and _can_be_followed(store, promise)
    )


def ledger_entry(store: Store, promise_id: str, day: date) -> LedgerEntry:
    """One promise on a day. Raises UnknownPlaceError for an identifier of none, or one not yet made."""
    for promise in promises():
        if promise.promise_id == promise_id and _can_be_followed(store, promise):
            if promise.made_on > day:
                raise UnknownPlaceError(f"The promise {promise_id!r} had not been made by then.")
            return _entry(store, promise, day)
    raise UnknownPlaceError(f"No promise is followed here under {promise_id[:40]!r}.")


def _can_be_followed(store: Store, promise: Promise) -> bool:
    """The ward promise follows from ward rows alone; any other rests on statements, which must be in the store."""
    return promise.computed_from == "ward_promise_status_on" or promise.source_id in sources_by_id(store)


def _entry(store: Store, promise: Promise, day: date) -> LedgerEntry:
    lines: list[StatusOnDay] = []
    for change in _changes(store, promise, day):
        source = _source(store, change.source_id)
        is_change = not lines or lines[-1].status is not change.status
        what = (change.on, change.precision, change.status, change.finding)
        lines.append(StatusOnDay(*what, source.publisher, source.title, source.url, is_change))
    return LedgerEntry(promise, day, tuple(lines), _source(store, promise.source_id))


def _source(store: Store, source_id: str) -> Source:
    """The source of an identifier; its identifier where the register does not have it, as in a demonstration store."""
    row = sources_by_id(store).get(source_id)
    return Source(row["publisher"], row["title"], row["url"]) if row else Source(NOT_HELD, source_id, None)


def _changes(store: Store, promise: Promise, day: date) -> Iterable[StatedChange]:
    if promise.computed_from == "ward_promise_status_on":
        return _ward_promise(store, promise, day)
    if promise.computed_from == "counter_promise_status_on":
        return _counter_promise(store, promise, day)
    return (change for change in promise.history if change.on <= day)


def _ward_promise(store: Store, promise: Promise, day: date) -> Iterator[StatedChange]:
    """A line for each day on which London's wards were published or declared; counted points only when they matter."""
    points = progress_points(store, LONDON_CODE, day)
    days = sorted({point.as_at for point in points})
    if not days:
        yield StatedChange(
            promise.made_on, promise.made_on_precision, PromiseStatus.NOT_DUE, NOTHING_YET, promise.source_id
        )
        return
    previous: PromiseStatus | None = None
    for on in days:
        said = [point for point in points if point.as_at == on]
        status = promise_status(store, LONDON_CODE, on) or PromiseStatus.NOT_DUE
        if status is previous and all(point.known_as is KnownAs.COUNTED for point in said):
            continue
        previous = status
        finding = (
            REPETITION
            if all(point.is_bare_statement for point in said)
            else progress_sentence("London", said[0].wards_count, on, [p for p in points if p.as_at <= on])
        )
        yield StatedChange(on, said[0].as_at_precision, status, finding, said[0].source_id)
    if promise.due_on is not None and days[-1] <= promise.due_on < day and previous is PromiseStatus.NOT_DUE:
        status = promise_status(store, LONDON_CODE, day) or PromiseStatus.CANNOT_BE_RATED
        yield StatedChange(promise.due_on, Precision.DAY, status, PASSED, promise.source_id)


NOT_HELD = "Source not held in this store"
REPETITION = "Two constables and a PCSO were said again to be in every ward; no count was given, so the status stays."
NOTHING_YET = "Promised; nothing had been published of it."
PASSED = "The due date passed; nothing newer had been published."


def _counter_promise(store: Store, promise: Promise, day: date) -> Iterator[StatedChange]:
    """A line for each day on which the number of boroughs with a round-the-clock counter changed."""
    previous: tuple[Any, ...] | None = None
    for on, source_id in _counter_days(store, promise, day):
        row = store.rows("SELECT * FROM counter_promise_status_on($on_day)", on_day=on)[0]
        status = PromiseStatus(row["promise_status"])
        seen = (status, row["boroughs_with_24_7_count"])
        if seen == previous:
            continue
        previous = seen
        yield StatedChange(on, Precision.DAY, status, counter_finding(row, status), source_id)


def _counter_days(store: Store, promise: Promise, day: date) -> list[tuple[date, str]]:
    """The day of the promise and every later day on which an event of a front counter took effect, with its source."""
    sql = "SELECT on_day, source_id FROM counter_event_day WHERE on_day BETWEEN $due_on AND $day ORDER BY on_day"
    rows = store.rows(sql, due_on=promise.due_on, day=day)
    return [(promise.made_on, promise.source_id), *((row["on_day"], row["source_id"]) for row in rows)]
