"""The newest edition that the publisher of an official file has announced or put out, in `data/editions.csv`.

Whoever runs the site keeps that file: a line for each edition, with the last day it covers and the day by which it was
to be out. An import that ends before one that is out by now is told to the operator, never to readers as a fact: an
announcement is not an edition, and only the command that brings it in shows whether it is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from transparency.core.project import EMBEDDED_DATA
from transparency.core.text import full_date
from transparency.core.vocabulary import today
from transparency.store.records import read_table
from transparency.store.store import Store

EDITIONS_FILE = EMBEDDED_DATA / "editions.csv"


@dataclass(frozen=True)
class AnnouncedEdition:
    """An edition of a dataset: the last day it covers, the day by which it was to be out, and who said so.

    `title` is what the file is called, `command` what brings it in.
    """

    dataset: str
    covers_to: date
    due_on: date
    title: str
    command: str
    source_id: str


@cache
def announced_editions() -> tuple[AnnouncedEdition, ...]:
    """The editions announced to this copy. Raises CatalogueError where the file cannot be read."""
    return tuple(read_table(AnnouncedEdition, EDITIONS_FILE))


def older_than_announced(store: Store) -> tuple[str, ...]:
    """A sentence for each dataset whose import ends before an edition that is due; none of invented figures."""
    if store.is_demonstration:
        return ()
    newest: dict[str, date] = {}
    for snapshot in store.snapshots:
        newest[snapshot.dataset] = max(snapshot.as_at, newest.get(snapshot.dataset, date.min))
    due = {each.dataset: each for each in sorted(announced_editions(), key=_end) if each.due_on <= today()}
    return tuple(
        f"The {edition.title} imported here goes to {full_date(newest[name])}. One that goes to "
        f"{full_date(edition.covers_to)} was due by {full_date(edition.due_on)}: run `{edition.command}`, which brings "
        "it in if it is out."
        for name, edition in due.items()
        if name in newest and newest[name] < edition.covers_to
    )


def _end(edition: AnnouncedEdition) -> date:
    return edition.covers_to
