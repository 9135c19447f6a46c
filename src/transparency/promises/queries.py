"""The promise ledger on a day: each promise with its dated statuses, computed from data where data exist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from transparency.core.days import period_end
from transparency.core.errors import UnknownPlaceError
from transparency.core.vocabulary import LONDON_CODE, KnownAs, Precision, PromiseStatus
from transparency.counters.queries import NEW_HOURS_ON
from transparency.counters.sentences import COUNTERS_PREVIEWED
from transparency.exhibits.exhibit import Source
from transparency.months.queries import PlaceMonth, place_months_until
from transparency.progress.answer import answer_in_full, month_answer
from transparency.progress.queries import progress, progress_points, promise_status
from transparency.promises.ledger import Promise, Repetition, StatedChange, promises
from transparency.promises.sentences import counter_finding, elsewhere_finding, known_finding
from transparency.published.queries import sources_by_id
from transparency.store.store import Store, memoised

# Judged again with each new figure, and by nothing else.
WARD_PROMISE = "ward_promise_status_on"
WORKBOOK_ID, DEMONSTRATION = "dwo-dataset", "demonstration"
FOLLOWED_BY_SERIES = ("counter_promise_status_on", "elsewhere_by_year", "known_by_community")


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
class SaidAgain:
    """A promise said again on a day, and its source."""

    on: date
    precision: Precision
    said: str
    source: Source


@dataclass(frozen=True)
class LedgerEntry:
    """A promise on a day: its history up to it (oldest first), when it was repeated by then, and its own source.

    With `has_months` the newest line is of the monthly figures of ward teams.
    """

    promise: Promise
    day: date
    history: tuple[StatusOnDay, ...]
    repeated: tuple[SaidAgain, ...]
    source: Source
    has_months: bool

    @property
    def status(self) -> PromiseStatus:
        return self.history[-1].status

    @property
    def due_on(self) -> date | None:
        """The day it was due, once that day had been named."""
        named_on = self.promise.due_named_on or self.promise.known_on
        return self.promise.due_on if named_on <= self.day else None

    @property
    def missing_evidence(self) -> tuple[str, ...]:
        """What was missing by the day."""
        return tuple(line.what for line in self.promise.missing_evidence if line.since <= self.day)

    @property
    def finding(self) -> StatusOnDay:
        """The line that says most of it now: the newest of a series of figures, else that of its present status."""
        is_followed = self.promise.computed_from in FOLLOWED_BY_SERIES or self.has_months
        return self.history[-1] if is_followed else self.since

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
        if promise.known_on <= day and _can_be_followed(store, promise)
    )


def ledger_entry(store: Store, promise_id: str, day: date) -> LedgerEntry:
    """One promise on a day. Raises UnknownPlaceError for an identifier of none, or one not yet made."""
    for promise in promises():
        if promise.promise_id == promise_id and _can_be_followed(store, promise):
            if promise.known_on > day:
                raise UnknownPlaceError(f"The promise {promise_id!r} had not been made by then.")
            return _entry(store, promise, day)
    raise UnknownPlaceError(f"No promise is followed here under {promise_id[:40]!r}.")


def _can_be_followed(store: Store, promise: Promise) -> bool:
    """The ward promise follows from ward rows alone; any other rests on statements, which must be in the store."""
    return promise.computed_from == WARD_PROMISE or promise.source_id in sources_by_id(store)


def _entry(store: Store, promise: Promise, day: date) -> LedgerEntry:
    lines: list[StatusOnDay] = []
    computed = COMPUTED[promise.computed_from](store, promise, day) if promise.computed_from else ()
    stated = (change for change in promise.history if _is_said(store, change, day))
    for change in sorted((*computed, *stated), key=lambda change: change.on):
        source = _source(store, change.source_id)
        is_change = not lines or lines[-1].status is not change.status
        what = (change.on, change.precision, change.status, change.finding)
        lines.append(StatusOnDay(*what, source.publisher, source.title, source.url, is_change))
    repeated = tuple(
        SaidAgain(said.on, said.precision, said.said, _source(store, said.source_id))
        for said in promise.repeated
        if _is_said(store, said, day)
    )
    has_months = promise.computed_from == WARD_PROMISE and bool(_known_months(store, day))
    return LedgerEntry(promise, day, tuple(lines), repeated, _source(store, promise.source_id), has_months)


def _is_said(store: Store, said: StatedChange | Repetition, day: date) -> bool:
    """Whether it had been said by the day, and its statement is in the store: a demonstration has none of the real."""
    return period_end(said.on, said.precision) <= day and said.source_id in sources_by_id(store)


def _source(store: Store, source_id: str) -> Source:
    """The source of an identifier; its identifier where the register does not have it, as in a demonstration store."""
    row = sources_by_id(store).get(source_id)
    return Source(row["publisher"], row["title"], row["url"]) if row else Source(NOT_STORED, source_id, None)


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
        known_on = period_end(on, said[0].as_at_precision)
        status = promise_status(store, LONDON_CODE, known_on) or PromiseStatus.NOT_DUE
        if status is previous and all(point.known_as is KnownAs.COUNTED for point in said):
            continue
        previous = status
        if all(point.known_as is KnownAs.RESTATED for point in said):
            finding = RESTATED
        elif all(point.is_bare_statement for point in said):
            finding = REPETITION
        else:
            finding = answer_in_full(progress(store, known_on))
        yield StatedChange(on, said[0].as_at_precision, status, finding, said[0].source_id)
    if promise.due_on is not None and days[-1] <= promise.due_on < day and previous is PromiseStatus.NOT_DUE:
        after = promise_status(store, LONDON_CODE, promise.due_on + timedelta(days=1))
        status = after or PromiseStatus.CANNOT_BE_RATED
        yield StatedChange(promise.due_on, Precision.DAY, status, PASSED, promise.source_id)


def _ward_promise_with_months(store: Store, promise: Promise, day: date) -> Iterator[StatedChange]:
    """What was published or declared, then each month of the ward teams that changed the status, and the newest."""
    yield from _ward_promise(store, promise, day)
    known = _known_months(store, day)
    source_id = DEMONSTRATION if store.is_demonstration else WORKBOOK_ID
    for before, each in zip((None, *known), known, strict=False):
        if before is None or each is known[-1] or _is_kept(before) is not _is_kept(each):
            status = promise_status(store, LONDON_CODE, each.as_at) or PromiseStatus.CANNOT_BE_RATED
            yield StatedChange(each.as_at, Precision.MONTH, status, month_answer(each), source_id)


def _known_months(store: Store, day: date) -> tuple[PlaceMonth, ...]:
    """London in every month ended by the day in which something is known of a ward, oldest first."""
    return tuple(each for each in place_months_until(store, day) if each.wards_met_count + each.wards_short_count)


def _is_kept(month: PlaceMonth) -> bool | None:
    """Whether every ward had its officers; None where that is not known."""
    if month.wards_short_count:
        return False
    return True if month.wards_met_count == month.wards_count else None


NOT_STORED = "Source not in this store"
REPETITION = "Two constables and a PCSO were said again to be in every ward; no count was given, so the status stays."
RESTATED = "The model of two constables and a PCSO was restated, not that each ward had it, so the status stays."
NOTHING_YET = "Promised; nothing had been published of it."
PASSED = "The due date passed; nothing newer had been published."


def _counter_promise(store: Store, promise: Promise, day: date) -> Iterator[StatedChange]:
    """A line for each day on which the number of boroughs with a counter open 24 hours changed."""
    previous: tuple[Any, ...] | None = None
    for on, source_id in _counter_days(store, promise, day):
        row = store.rows("SELECT * FROM counter_promise_status_on($on_day)", on_day=on)[0]
        status = PromiseStatus(row["promise_status"])
        seen = (status, row["boroughs_with_24_7_count"])
        if seen == previous:
            continue
        previous = seen
        finding = counter_finding(row, status)
        if on == NEW_HOURS_ON:
            finding += f" {COUNTERS_PREVIEWED}"
        yield StatedChange(on, Precision.DAY, status, finding, source_id)


def _counter_days(store: Store, promise: Promise, day: date) -> list[tuple[date, str]]:
    """The day of the promise and every later day on which an event of a counter took effect, with its source."""
    sql = "SELECT on_day, source_id FROM counter_event_day WHERE on_day BETWEEN $due_on AND $day ORDER BY on_day"
    rows = store.rows(sql, due_on=promise.due_on, day=day)
    return [(promise.made_on, promise.source_id), *((row["on_day"], row["source_id"]) for row in rows)]


def _ring_fence_promise(store: Store, _promise: Promise, day: date) -> Iterator[StatedChange]:
    """One line, of the day on which the copy of the Met's workbook was published: every full year in it."""
    years = store.rows("SELECT * FROM elsewhere_by_year WHERE published_on <= $day ORDER BY year", day=day)
    if years:
        newest = years[-1]
        status = PromiseStatus(newest["promise_status"])
        yield StatedChange(newest["published_on"], Precision.DAY, status, elsewhere_finding(years), newest["source_id"])


def _known_promise(store: Store, promise: Promise, day: date) -> Iterator[StatedChange]:
    """A line for the quarter of the promise and for each later one ending a year."""
    quarters = store.rows("SELECT * FROM known_by_community WHERE quarter_end <= $day ORDER BY quarter_end", day=day)
    if not quarters:
        unrated = PromiseStatus.CANNOT_BE_RATED
        yield StatedChange(promise.made_on, promise.made_on_precision, unrated, NOTHING_YET, promise.source_id)
    for row in quarters:
        status = PromiseStatus(row["promise_status"])
        yield StatedChange(row["quarter_end"], Precision.DAY, status, known_finding(row), row["source_id"])


COMPUTED = {
    WARD_PROMISE: _ward_promise_with_months,
    "counter_promise_status_on": _counter_promise,
    "elsewhere_by_year": _ring_fence_promise,
    "known_by_community": _known_promise,
}
