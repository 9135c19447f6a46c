"""The corrections log: what each revision of a published snapshot changed, and why. Nothing else is a correction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from transparency.exhibits.exhibit import Cell, Column, Link, Table
from transparency.exhibits.html import render
from transparency.publishing.publish import Difference, differences
from transparency.store.descriptors import catalogue

if TYPE_CHECKING:
    from transparency.store.snapshots import Snapshot
    from transparency.store.store import Store

MOST_SHOWN = 60


@dataclass(frozen=True)
class Correction:
    """One revision: the snapshot it replaced, the one it is, and every difference between them."""

    old: Snapshot
    new: Snapshot
    differences: tuple[Difference, ...]


def corrections(store: Store) -> tuple[Correction, ...]:
    """Every revision, the newest first."""
    found = [Correction(old, new, differences(old, new)) for old, new in _revised(store)]
    return tuple(sorted(found, key=lambda each: (each.new.published_on, each.new.dataset, each.new.name), reverse=True))


def _revised(store: Store) -> Iterator[tuple[Snapshot, Snapshot]]:
    """Each revision after the one it replaced: the store lists them by dataset, day and revision."""
    for old, new in pairwise(store.snapshots):
        if (old.dataset, old.as_at) == (new.dataset, new.as_at):
            yield old, new


def corrections_html(store: Store) -> str:
    """The body of the page."""
    found = corrections(store)
    first = min((snapshot.published_on for snapshot in store.snapshots), default=None)
    return render(
        "about_corrections.html",
        corrections=[(each, catalogue()[each.new.dataset], correction_table(each)) for each in found],
        snapshots_count=len(store.snapshots),
        first_published_on=first,
        most_shown=MOST_SHOWN,
    )


def correction_table(correction: Correction) -> Table:
    """What one revision changed: date, field, old, new and cause in each row; at most `MOST_SHOWN` rows."""
    new = correction.new
    return Table(
        caption=f"What {new.name} of {new.dataset} changed",
        columns=(
            Column("row", "Row"),
            Column("published_on", "Corrected on"),
            Column("field", "Field"),
            Column("old", "Old"),
            Column("new", "New"),
            Column("cause", "Cause"),
        ),
        rows=tuple(_row(new.published_on, new.reason, each) for each in correction.differences[:MOST_SHOWN]),
        missing="blank",
    )


def _row(published_on: date, reason: str | None, difference: Difference) -> tuple[Cell, ...]:
    if difference.kind == "changed":
        return difference.key, published_on, difference.column, difference.old, difference.new, reason
    old, new = ("not there", "added") if difference.kind == "added" else ("there", "removed")
    return difference.key, published_on, "the whole row", old, new, reason


def snapshot_link(snapshot: Snapshot) -> Link:
    """The file of a snapshot, which stays."""
    return Link(snapshot.name, f"/data/{snapshot.dataset}/{snapshot.name}.csv")
