"""An opened store: its tables and views, asked with static SQL."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from pathlib import Path
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import duckdb
from cachetools import LRUCache

from transparency.core.keeping import ANSWERS_BYTES, CELL_BYTES
from transparency.core.vocabulary import Finding
from transparency.store.holdings import Holding
from transparency.store.records import Record, as_records
from transparency.store.snapshots import Snapshot

DEMONSTRATION_NOTICE = "Demonstration data: invented"
CELLS_KEPT = ANSWERS_BYTES // CELL_BYTES
LONG_AGO = date(1900, 1, 1)  # before anything here changed


Answer = TypeVar("Answer")
Asked = ParamSpec("Asked")
DayFunction = Callable[Concatenate["Store", date, Asked], Answer]


@dataclass(frozen=True, eq=False)
class Store:
    """An opened store, equal to itself only. Safe to share between threads: each query runs on its own cursor.

    `preview_of` names what a preview would publish; it is empty for every other store.
    """

    root: Path
    connection: duckdb.DuckDBPyConnection
    snapshots: tuple[Snapshot, ...]
    holdings: tuple[Holding, ...]
    findings: tuple[Finding, ...]
    data_version: str
    newest_as_at: date | None
    is_demonstration: bool
    preview_of: str = ""
    _answers: LRUCache[tuple[Hashable, ...], object] = field(
        default_factory=lambda: LRUCache(CELLS_KEPT, cells_of), repr=False
    )
    _keeping: Lock = field(default_factory=Lock, repr=False)

    @property
    def notice(self) -> str:
        """What every page and print has to say before anything else; empty for a store of published facts."""
        preview = f"Preview, not published: {self.preview_of}" if self.preview_of else ""
        return ". ".join(filter(None, (preview, DEMONSTRATION_NOTICE if self.is_demonstration else "")))

    @property
    def not_official(self) -> str:
        """What the figures are not, and what they are."""
        invented = "the figures are invented to show how the site works"
        read = "an independent reading of what has been published, with a source for each figure"
        return f"Not official statistics: {invented if self.is_demonstration else read}."

    @property
    def newest_published_on(self) -> date | None:
        """The newest day on which anything was published; None where nothing was."""
        return max((snapshot.published_on for snapshot in self.snapshots), default=None)

    def rows(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:
        """Run one static SELECT with bound `$name` parameters; returns its rows as plain values, missing as None."""
        names, rows = self._fetch(sql, parameters)
        return [dict(zip(names, row, strict=True)) for row in rows]

    def records(self, kind: type[Record], sql: str, /, **parameters: Any) -> tuple[Record, ...]:
        """Run one static SELECT as `rows` does; returns its rows as instances of the dataclass `kind`."""
        return as_records(kind, *self._fetch(sql, parameters))

    def records_by(
        self, column: str, kind: type[Record], sql: str, /, **parameters: Any
    ) -> dict[str, tuple[Record, ...]]:
        """The same by what stands in a column, in the order of the rows: one query of a borough's wards takes little
        longer than that of one."""
        names, rows = self._fetch(sql, parameters)
        place = names.index(column)
        groups: dict[str, list[tuple[Any, ...]]] = {}
        for row in rows:
            groups.setdefault(row[place], []).append(row)
        return {value: as_records(kind, names, group) for value, group in groups.items()}

    def _fetch(self, sql: str, parameters: dict[str, Any]) -> tuple[list[str], list[tuple[Any, ...]]]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return [column[0] for column in cursor.description or ()], cursor.fetchall()

    def memo(self, function: Callable[..., Answer], *arguments: Hashable) -> Answer:
        """What `function(store, *arguments)` gives, worked out once and kept while it is among the last asked for
        (`CELLS_KEPT` cells of them).

        The answer is shared by all who ask: nobody may change it. It is given back with the store.
        """
        key = (function, *arguments)
        with self._keeping:
            kept = self._answers.get(key, _NOT_KEPT)
        if kept is _NOT_KEPT:
            kept = function(self, *arguments)
            with self._keeping, suppress(ValueError):  # raised for an answer larger than all that is kept
                self._answers[key] = kept
        return cast(Answer, kept)

    def holding(self, name: str) -> Holding | None:
        """The official boundaries or postcodes of a name, as stored when the store was opened, or None."""
        return next((holding for holding in self.holdings if holding.name == name), None)

    def close(self) -> None:
        """Close the database; no query may follow."""
        self.connection.close()


_NOT_KEPT = object()


def cells_of(answer: object) -> int:
    """How much of what is kept an answer takes: the cells of its rows, all of a sequence taken to be like its first."""
    match answer:
        case Mapping():
            return 1 + sum(map(cells_of, answer.values()))
        case [first, *_]:
            return 1 + len(answer) * cells_of(first)
        case _:
            return max(1, len(getattr(answer, "__dataclass_fields__", ())))


def memoised(function: Callable[Concatenate[Store, Asked], Answer]) -> Callable[Concatenate[Store, Asked], Answer]:
    """Keep what a function of a store gives for each set of (positional, hashable) arguments, with that store."""

    @wraps(function)
    def kept(store: Store, /, *arguments: Asked.args, **named: Asked.kwargs) -> Answer:
        if named:
            raise TypeError(f"{function.__name__} is kept by its positional arguments; named: {', '.join(named)}.")
        return store.memo(function, *cast(tuple[Hashable, ...], arguments))

    return kept


def memoised_between(days_sql: str) -> Callable[[DayFunction[Asked, Answer]], DayFunction[Asked, Answer]]:
    """Keep what a function of a store and a day gives from one of the days on which it changes to the next.

    `days_sql` selects these days as `day`: the answer of a day is that of the last of them up to it.
    """

    def keep(function: DayFunction[Asked, Answer]) -> DayFunction[Asked, Answer]:
        @wraps(function)
        def kept(store: Store, day: date, /, *arguments: Asked.args, **_: Asked.kwargs) -> Answer:
            changes = store.memo(_days, days_sql)
            place = bisect_right(changes, day)
            since = changes[place - 1] if place else min(day, LONG_AGO)
            return store.memo(function, since, *cast(tuple[Hashable, ...], arguments))

        return kept

    return keep


def _days(store: Store, sql: str) -> tuple[date, ...]:
    return tuple(sorted({row["day"] for row in store.rows(sql)} - {None}))
