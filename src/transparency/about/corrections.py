"""The corrections log: what each revision of a published snapshot changed, and why. Nothing else is a correction."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from transparency.exhibits.exhibit import Column, Table
from transparency.store.descriptors import catalogue
from transparency.store.differences import Difference, differences
from transparency.store.snapshots import Snapshot
from transparency.store.store import Store

MOST_SHOWN = 12
COLUMNS = (
    Column("row", "Row"),
    Column("field", "Field"),
    Column("old", "Old"),
    Column("new", "New"),
)


@dataclass(frozen=True)
class Correction:
    """One revision: the snapshot it replaced, the one it is, and every difference between them."""

    old: Snapshot
    new: Snapshot
    differences: tuple[Difference, ...]


def corrections(store: Store) -> tuple[Correction, ...]:
    """Every revision, the newest first; the store lists snapshots by dataset, day and revision."""
    found = [
        Correction(old, new, differences(old, new))
        for old, new in pairwise(store.snapshots)
        if (old.dataset, old.as_at) == (new.dataset, new.as_at)
    ]
    return tuple(sorted(found, key=lambda each: (each.new.published_on, each.new.dataset, each.new.name), reverse=True))


def corrections_values(store: Store) -> dict[str, Any]:
    """What the page shows."""
    return {
        "corrections": [(each, catalogue()[each.new.dataset], correction_table(each)) for each in corrections(store)],
        "snapshots_count": len(store.snapshots),
        "first_published_on": min((snapshot.published_on for snapshot in store.snapshots), default=None),
    }


def correction_table(correction: Correction) -> Table:
    """What one revision changed, at most `MOST_SHOWN` rows; its date and cause are those of the revision."""
    return Table(
        caption=f"What {correction.new.name} of {correction.new.dataset} changed",
        columns=COLUMNS,
        rows=tuple((each.key, *_change(each)) for each in correction.differences[:MOST_SHOWN]),
        missing="blank",
    )


def _change(difference: Difference) -> tuple[str | None, str | None, str | None]:
    """The field, what it was and what it is."""
    if difference.kind == "changed":
        return difference.column, difference.old, difference.new
    return "the whole row", *(("not there", "added") if difference.kind == "added" else ("there", "removed"))
