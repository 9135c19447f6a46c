"""Importing the monthly workbook: every month that is new or differs becomes a snapshot, all of them or none.

Months take the way of any submission (`publish`). Beside them, the snapshot `dwo_imports` of the day says what the
workbook contained and what was done with each month; the store's checks compare its totals, taken before any matching,
with what the views add up to.

A workbook is an edition: the months of the one imported last are the series, and no month of an earlier one is added to
it. One that ends before the edition shown is refused, since its months would take the place of later figures.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path

from transparency.core.vocabulary import Finding, today
from transparency.importers.dwo import MEASURES, PUBLISHED_COLUMNS, MonthTable, Workbook, read_workbook
from transparency.importers.teams import Register
from transparency.publishing.outcome import Outcome, Progress, silent
from transparency.publishing.publish import NewTable, next_revision, publish_tables, staging_area
from transparency.publishing.reading import TableSchema, read_table
from transparency.store.descriptors import dataset
from transparency.store.snapshots import Snapshot, list_snapshots
from transparency.store.store import Store

IMPORTS = "dwo_imports"


@dataclass(frozen=True)
class MonthChange:
    """What the workbook did to one month of one dataset: `published`, `restated`, `rematched` or `unchanged`.

    Totals are full-time equivalents or minutes; `total_before` is None for a month not stored before.
    """

    table: MonthTable
    action: str
    revision: int
    rows_added: int = 0
    rows_removed: int = 0
    rows_rematched: int = 0
    total_before: float | None = None

    @property
    def is_written(self) -> bool:
        return self.action != "unchanged"

    @property
    def reason(self) -> str | None:
        """Why the month is revised; None for a first revision."""
        if self.action == "restated":
            unit = "FTE" if MEASURES[self.table.dataset] == "fte" else "minutes"
            rows = f"{_rows(self.rows_removed)} removed, {_rows(self.rows_added)} added"
            totals = f"{self.total_before:,.2f} {unit} before, {self.table.total:,.2f} after"
            return f"The Metropolitan Police restated this month: {rows}; {totals}."
        if self.action == "rematched":
            return f"Teams were matched to wards anew: {_rows(self.rows_rematched)} changed, no figure did."
        return None


def import_dwo(
    root: Path,
    paths: Sequence[Path],
    is_dry_run: bool = False,
    on_step: Progress = silent,
    imported_on: date | None = None,
) -> Outcome:
    """Import one workbook, or its two sheets as CSV files; a dry run does all but the last step.

    `imported_on` is the day the snapshots are dated with, today if left out. Raises StoreError when the store cannot be
    opened, OSError when a file cannot.
    """
    day = imported_on or today()
    with staging_area(root, is_dry_run, on_step) as area:
        workbook = read_workbook(paths, Register.read(root), today(), on_step)
        if workbook.is_refused:
            return Outcome(workbook.findings)
        published = list_snapshots(root)
        stored = _newest_revisions(published)
        shown = _edition_shown(published)
        if (earlier := _earlier_edition(workbook, shown)) is not None:
            return Outcome((*workbook.findings, earlier))
        changes = tuple(_change(table, stored.get((table.dataset, table.as_at))) for table in workbook.months)
        there = {(table.dataset, table.as_at) for table in workbook.months}
        absent = tuple(sorted({as_at for _, as_at in shown - there}))
        findings = (*workbook.findings, *_absence(absent, workbook.file))
        if shown == there and not any(change.is_written for change in changes):
            return Outcome(findings, changes=changes, absent=absent)
        tables = chain(
            _months(workbook, changes, day, on_step),
            [_log(workbook, changes, day, next_revision(published, IMPORTS, day))],
        )
        outcome = publish_tables(
            root, area, tables, findings, is_dry_run, on_step, lambda store: _inventions(workbook, store)
        )
        return replace(outcome, changes=changes, absent=absent)


def _newest_revisions(snapshots: Iterable[Snapshot]) -> dict[tuple[str, date], Snapshot]:
    """The highest revision by dataset and as-at date; the list is in their order."""
    return {(snapshot.dataset, snapshot.as_at): snapshot for snapshot in snapshots}


def _edition_shown(published: Iterable[Snapshot]) -> set[tuple[str, date]]:
    """The months of the workbook imported last, as `dwo_edition_month` has them, by dataset."""
    imports = [snapshot for snapshot in published if snapshot.dataset == IMPORTS]
    if not imports:
        return set()
    rows = csv.DictReader(io.StringIO(imports[-1].source_path.read_text(encoding="utf-8"), newline=""))
    return {(row["dataset"], date.fromisoformat(row["month_end"])) for row in rows}


def _earlier_edition(workbook: Workbook, shown: set[tuple[str, date]]) -> Finding | None:
    last, last_shown = workbook.months[-1].as_at, max((as_at for _, as_at in shown), default=date.min)
    if last >= last_shown:
        return None
    rule = f"the workbook ends before the edition stored here, which goes to {last_shown:%B %Y}: an earlier edition"
    remedy = "Import it into a store of its own: two editions are never one series."
    return Finding(workbook.file, None, None, f"{last:%B %Y}", rule, remedy)


def _inventions(workbook: Workbook, store: Store) -> list[Finding]:
    if not workbook.is_invented or store.is_demonstration:
        return []
    rule = "the workbook says that its figures are invented, and this store is of facts"
    return [Finding(workbook.file, None, None, None, rule, "Import it into a demonstration store, or not at all.")]


def _absence(absent: Sequence[date], file: str) -> list[Finding]:
    if not absent:
        return []
    months = ", ".join(f"{as_at:%B %Y}" for as_at in absent)
    rule = "months shown until now are not, or not in both sheets, in this edition: they stay stored, not shown"
    return [Finding(file, None, None, months, rule, "Nothing needs to be done.", is_warning=True)]


# ---------------------------------------------------------------- what changed


def _change(table: MonthTable, earlier: Snapshot | None) -> MonthChange:
    if earlier is None:
        return MonthChange(table, "published", 1, rows_added=table.rows)
    before = earlier.source_path.read_bytes()
    if before == table.source:
        return MonthChange(table, "unchanged", earlier.revision, total_before=table.total)
    width = 1 + len(PUBLISHED_COLUMNS[table.dataset])
    old, new = _rows_of(before), _rows_of(table.source)
    old_figures, new_figures = Counter(row[1:width] for row in old), Counter(row[1:width] for row in new)
    added, removed = (new_figures - old_figures).total(), (old_figures - new_figures).total()
    rematched = (Counter(row[1:] for row in new) - Counter(row[1:] for row in old)).total() - added
    return MonthChange(
        table,
        "restated" if added or removed else "rematched",
        earlier.revision + 1,
        added,
        removed,
        rematched,
        _total(table.dataset, before),
    )


def _rows_of(source: bytes) -> list[tuple[str, ...]]:
    return [tuple(row) for row in csv.reader(io.StringIO(source.decode(), newline=""))][1:]


def _total(name: str, source: bytes) -> float:
    rows = csv.DictReader(io.StringIO(source.decode(), newline=""))
    return sum(float(row[MEASURES[name]]) for row in rows)


# ---------------------------------------------------------------- tables


def _months(workbook: Workbook, changes: Sequence[MonthChange], day: date, on_step: Progress) -> Iterator[NewTable]:
    """The months that are new or differ, each read when it is asked for."""
    schemas = {name: TableSchema(dataset(name)) for name in MEASURES}
    written = [change for change in changes if change.is_written]
    for number, change in enumerate(written, start=1):
        on_step(f"Month {number} of {len(written)}")
        name, as_at = change.table.dataset, change.table.as_at
        file = f"{workbook.file}, {name} {as_at:%B %Y}"
        reading = read_table(dataset(name), change.table.source, file, schemas[name])
        yield NewTable(dataset(name), reading, as_at, change.revision, change.reason, day)


def _log(workbook: Workbook, changes: Sequence[MonthChange], day: date, revision: int) -> NewTable:
    """The day's row for each month of the workbook."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(dataset(IMPORTS).column_names)
    for change in changes:
        table = change.table
        writer.writerow(
            (
                table.dataset,
                table.as_at.isoformat(),
                change.action,
                change.revision,
                table.rows,
                _plain(table.total),
                "" if change.total_before is None else _plain(change.total_before),
                change.rows_added,
                change.rows_removed,
                change.rows_rematched,
                workbook.file,
                workbook.sha256,
            )
        )
    reason = None if revision == 1 else f"Import number {revision} of the day."
    reading = read_table(dataset(IMPORTS), text.getvalue().encode(), f"{workbook.file}, {IMPORTS}")
    return NewTable(dataset(IMPORTS), reading, day, revision, reason, day)


def _plain(number: float) -> str:
    """To six decimals, which is finer than anything published and hides what adding up in binary leaves over."""
    return f"{number:.6f}".rstrip("0").rstrip(".")


def _rows(number: int) -> str:
    return f"{number:,} row" if number == 1 else f"{number:,} rows"
