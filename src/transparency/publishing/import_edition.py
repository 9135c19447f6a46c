"""Importing a series from its publisher's own file: recorded crime by ward, and the Public Attitude Survey.

An edition is published whole, by the way of any submission (`publish`), together with a source of its own. Where a
snapshot of its last day is stored, such as a copy's, it becomes a revision that says what differs; otherwise it is a
new snapshot. It is never joined with another edition: the newest alone is shown.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from transparency.core.vocabulary import Finding, today
from transparency.importers.attitude import read_attitude
from transparency.importers.crime import read_crime
from transparency.importers.editions import Edition
from transparency.importers.teams import Register
from transparency.publishing.outcome import Outcome, Progress, silent
from transparency.publishing.publish import NewTable, next_revision, publish_tables, staging_area
from transparency.publishing.reading import read_table
from transparency.store.descriptors import dataset
from transparency.store.snapshots import Snapshot, list_snapshots

SOURCES = "sources"
CRIME_WARDS = 2022  # every month of the files is of this set


@dataclass(frozen=True)
class _Change:
    """What an edition does to one dataset: the revision of its day, and why where there was one before.

    `shown_before` is the newest edition until now.
    """

    name: str
    source: bytes
    shown_before: Snapshot | None
    revision: int = 1
    reason: str | None = None
    is_written: bool = True


def import_crime(root: Path, paths: Sequence[Path], is_dry_run: bool = False, on_step: Progress = silent) -> Outcome:
    """Import the wide ward files of one edition; raises OSError where one cannot be opened."""

    def read() -> Edition | list[Finding]:
        return read_crime(paths, Register.read(root).ward_codes(CRIME_WARDS), on_step)

    return _import(root, read, is_dry_run, on_step)


def import_attitude(root: Path, path: Path, is_dry_run: bool = False, on_step: Progress = silent) -> Outcome:
    """Import the survey's sheet by borough; raises OSError where it cannot be opened."""

    def read() -> Edition | list[Finding]:
        on_step(f"Reading {path.name}")
        return read_attitude(path, Register.read(root), today())

    return _import(root, read, is_dry_run, on_step)


def _import(root: Path, read: Callable[[], Edition | list[Finding]], is_dry_run: bool, on_step: Progress) -> Outcome:
    with staging_area(root, is_dry_run, on_step) as area:
        edition = read()
        if not isinstance(edition, Edition):
            return Outcome(tuple(edition))
        published = list_snapshots(root)
        changes = [_change(edition, name, published) for name in edition.tables]
        findings = [*edition.findings, *(each for change in changes for each in _beside_the_stored(edition, change))]
        notes = (*edition.notes, *(_note(edition, change) for change in changes))
        if not any(change.is_written for change in changes):
            return Outcome(tuple(findings), notes=notes)
        tables = _tables(edition, changes, published, on_step)
        return replace(publish_tables(root, area, tables, findings, is_dry_run, on_step), notes=notes)


# ---------------------------------------------------------------- what changes


def _change(edition: Edition, name: str, published: Sequence[Snapshot]) -> _Change:
    of_dataset = [snapshot for snapshot in published if snapshot.dataset == name]
    of_day = [snapshot for snapshot in of_dataset if snapshot.as_at == edition.as_at]
    change = _Change(name, edition.tables[name], of_dataset[-1] if of_dataset else None)
    if not of_day:
        return change
    before = of_day[-1].source_path.read_bytes()
    if before == change.source:
        return replace(change, is_written=False, revision=of_day[-1].revision)
    return replace(change, revision=of_day[-1].revision + 1, reason=_reason(before, change.source, published))


def _reason(before: bytes, after: bytes, published: Sequence[Snapshot]) -> str:
    old, new = _rows(before), _rows(after)
    register = _register(published)
    publishers = {register[source_id]["publisher"] for source_id in {row[-1] for row in old} & register.keys()}
    is_copy = any(publisher.endswith("(copy)") for publisher in publishers)
    done = "The publisher's own file takes the place of a copy" if is_copy else "Read anew from the publisher's file"
    old_figures, new_figures = Counter(row[:-1] for row in old), Counter(row[:-1] for row in new)
    removed, added = (old_figures - new_figures).total(), (new_figures - old_figures).total()
    if not removed and not added:
        return f"{done}: no figure differs."
    return f"{done}: {removed:,} of {len(old):,} rows removed, {added:,} added."


def _beside_the_stored(edition: Edition, change: _Change) -> Iterator[Finding]:
    """What a reader loses or does not get to see, because editions are never joined."""
    shown = change.shown_before
    if shown is None or not change.is_written:
        return
    if shown.as_at > edition.as_at:
        rule = f"{change.name}: an edition to {shown.as_at:%B %Y} is stored, which is newer and stays the one shown"
        yield Finding(edition.file, None, None, None, rule, "Nothing needs to be done.", is_warning=True)
        return
    first_before, first = _first_period(shown.source_path.read_bytes()), _first_period(change.source)
    if first > first_before:
        rule = (
            f"{change.name}: the edition shown until now begins on {first_before}, this one on {first}; what lies "
            "before is no longer shown, because two editions are never joined"
        )
        remedy = "Hand over the publisher's earlier file together with this one, if there is one."
        yield Finding(edition.file, None, None, None, rule, remedy, is_warning=True)


def _note(edition: Edition, change: _Change) -> str:
    to = f"{change.name} to {edition.as_at.day} {edition.as_at:%B %Y}"
    if not change.is_written:
        return f"{to}: unchanged, nothing written."
    if change.reason:
        return f"{to}, r{change.revision}: {change.reason}"
    if change.shown_before is None:
        return f"{to}: the first edition stored."
    return f"{to}: a whole new edition, not joined with {change.shown_before.name}, which stays stored."


def _rows(source: bytes) -> list[tuple[str, ...]]:
    return [tuple(row) for row in csv.reader(io.StringIO(source.decode(), newline=""))][1:]


def _first_period(source: bytes) -> str:
    """The first month, quarter or year: the second column of each of these datasets."""
    return min(row[1] for row in _rows(source))


# ---------------------------------------------------------------- tables


def _tables(
    edition: Edition, changes: Sequence[_Change], published: Sequence[Snapshot], on_step: Progress
) -> Iterator[NewTable]:
    """The tables that are new or differ, each read when it is asked for, and the register with their source."""
    for change in changes:
        if change.is_written:
            on_step(f"Checking {change.name}")
            reading = read_table(dataset(change.name), change.source, f"{edition.file}, {change.name}")
            yield NewTable(dataset(change.name), reading, edition.as_at, change.revision, change.reason, today())
    yield _source_table(edition, published)


def _source_table(edition: Edition, published: Sequence[Snapshot]) -> NewTable:
    """The edition's source, beside the sources published today already."""
    of_today = [snapshot for snapshot in published if (snapshot.dataset, snapshot.as_at) == (SOURCES, today())]
    rows = {**_register(of_today[-1:]), edition.source.source_id: edition.source.cells()}
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, dataset(SOURCES).column_names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows.values())
    reading = read_table(dataset(SOURCES), text.getvalue().encode(), f"{edition.file}, {SOURCES}")
    reason = f"The source of an import added: {edition.source.source_id}." if of_today else None
    revision = next_revision(published, SOURCES, today())
    return NewTable(dataset(SOURCES), reading, today(), revision, reason, today())


def _register(published: Sequence[Snapshot]) -> dict[str, dict[str, str]]:
    """The sources that snapshots name, the newest row of each."""
    rows: dict[str, dict[str, str]] = {}
    for snapshot in published:
        if snapshot.dataset == SOURCES:
            text = io.StringIO(snapshot.source_path.read_text(encoding="utf-8-sig"), newline="")
            rows |= {row["source_id"]: row for row in csv.DictReader(text)}
    return rows
