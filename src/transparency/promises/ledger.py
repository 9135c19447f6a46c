"""The promise ledger: reads `data/promises/*.json`.

Each file holds one promise: exactly what was promised, by whom and when, the rule for each status, and the dated
changes of its status with what was found and the source of it. The changes of a promise `computed_from` a view follow
from the data; what it states beside them was found elsewhere. A promise is dated by its first statement.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from transparency.core.days import period_end
from transparency.core.errors import CatalogueError
from transparency.core.project import EMBEDDED_DATA
from transparency.core.vocabulary import Precision, PromiseStatus
from transparency.store.records import read_record

PROMISES_FOLDER = EMBEDDED_DATA / "promises"
COMPUTED_FROM = ("ward_promise_status_on", "counter_promise_status_on", "elsewhere_by_year", "known_by_community")


@dataclass(frozen=True)
class StatedChange:
    """A dated status with what was found, and the statement it rests on."""

    on: date
    precision: Precision
    status: PromiseStatus
    finding: str
    source_id: str
    figure_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Repetition:
    """A promise said again: when, where, and the statement it was said in."""

    on: date
    precision: Precision
    said: str
    source_id: str


@dataclass(frozen=True)
class MissingEvidence:
    """Evidence not found, and the first day on which it could be missed."""

    since: date
    what: str


@dataclass(frozen=True)
class Promise:
    """One promise. `due_on` is None where no day was named, `due_named_on` where it was named when it was made;
    `rules` say what each status takes."""

    promise_id: str
    title: str
    made_by: str
    made_on: date
    made_on_precision: Precision
    source_id: str
    repeated: tuple[Repetition, ...]
    paraphrase: str
    scope: str
    due_on: date | None
    rules: tuple[tuple[PromiseStatus, str], ...]
    computed_from: str | None
    history: tuple[StatedChange, ...]
    missing_evidence: tuple[MissingEvidence, ...]
    due_named_on: date | None = None

    @property
    def known_on(self) -> date:
        """The first day on which it had surely been made."""
        return period_end(self.made_on, self.made_on_precision)


def read_promise(path: Path) -> Promise:
    """One file of the ledger. Raises CatalogueError naming the file and what is wrong with it."""
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        rules = [(PromiseStatus(status), rule) for status, rule in written["rules"].items()]
        promise = read_record(Promise, written | {"rules": rules})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CatalogueError(f"{path.name}: the promise cannot be read: {error!r}.") from error
    problem = _problem(promise)
    if problem:
        raise CatalogueError(f"{path.name}: {problem}")
    return promise


def _problem(promise: Promise) -> str:
    """What breaks the rules of the ledger; empty when nothing does."""
    ruled = {status for status, _ in promise.rules}
    days = [change.on for change in promise.history]
    if promise.computed_from is None and not promise.history:
        return "a promise that is not computed needs at least one dated status."
    if promise.computed_from is not None and promise.computed_from not in COMPUTED_FROM:
        return f"a computed promise names one of {', '.join(COMPUTED_FROM)}."
    if days != sorted(days):
        return "its history must be in the order of its days."
    if promise.computed_from is None and days[0] != promise.made_on:
        return "its history must begin on the day it was made."
    unruled = {change.status for change in promise.history} - ruled
    if unruled:
        return f"its history uses {', '.join(sorted(unruled))} without a rule for it."
    if not promise.missing_evidence:
        return "it must say which evidence is missing."
    return ""


@cache
def promises() -> tuple[Promise, ...]:
    """Every promise, in the order of the file names."""
    return tuple(read_promise(path) for path in sorted(PROMISES_FOLDER.glob("*.json")))
