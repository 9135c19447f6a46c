"""Importing the monthly workbook: every month that is new or differs becomes a snapshot, all of them or none.

A month is published through the same steps as any submission: its table is read and validated against its
schema, staged, checked against everything published by the queries of `store/checks/`, and put in place together
with the others. Beside the months, the snapshot `dwo_imports` of the day says what the workbook held and what was
done with each month; the store's checks compare its totals, taken before any matching, with what the views add up to.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from transparency.core.vocabulary import Finding, today
from transparency.importers.dwo import MEASURES, PUBLISHED_COLUMNS, MonthTable, Workbook, read_workbook
from transparency.importers.teams import Register
from transparency.publishing.publish import findings_about, staging_area
from transparency.publishing.reading import Reading, TableSchema, read_table
from transparency.store.database import open_store
from transparency.store.descriptors import dataset
from transparency.store.snapshots import Snapshot, commit, list_snapshots, snapshot_name, stage
from transparency.store.store import Store

IMPORTS = "dwo_imports"
WRITERS = 2
Progress = Callable[[str], None]


@dataclass(frozen=True)
class MonthChange:
    """What the workbook did to one month of one dataset: `published`, `restated`, `rematched` or `unchanged`.

    Totals are full-time equivalents or minutes; `total_before` is None for a month not held before.
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


@dataclass(frozen=True)
class ImportOutcome:
    """What came of an import: every finding, what was done with each month, and the snapshots published.

    `store` holds the result, published or only tried; None where the workbook was refused or nothing changed.
    `absent` are the months held that the workbook no longer has; they stay.
    """

    findings: tuple[Finding, ...]
    changes: tuple[MonthChange, ...] = ()
    absent: tuple[date, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    store: Store | None = None

    @property
    def is_refused(self) -> bool:
        return any(not finding.is_warning for finding in self.findings)


def import_dwo(
    root: Path,
    paths: Sequence[Path],
    is_dry_run: bool = False,
    on_step: Progress = lambda step: None,
    imported_on: date | None = None,
) -> ImportOutcome:
    """Import one workbook, or its two sheets as CSV files; a dry run does all but the last step.

    `imported_on` is the day the snapshots are dated with, today if left out. Raises StoreError when the store cannot be
    opened, OSError when a file cannot.
    """
    day = imported_on or today()
    with staging_area(root, is_dry_run, on_step) as area:
        workbook = read_workbook(paths, Register.read(root), today(), on_step)
        if workbook.is_refused:
            return ImportOutcome(workbook.findings)
        held = _newest_revisions(list_snapshots(root))
        changes = [_change(table, held.get((table.dataset, table.as_at))) for table in workbook.months]
        absent = _absent_months(held, workbook)
        findings = [*workbook.findings, *_absence(absent, workbook.file)]
        written = [change for change in changes if change.is_written]
        if not written:
            return ImportOutcome(tuple(findings), tuple(changes), absent)
        staged, faults = _stage_months(area, written, day, on_step)
        log, log_faults = _stage_log(area, changes, workbook, held, day)
        on_step("Checking against the store")
        store = open_store(root, (*staged, log), run_checks=False)
        files = {f"{s.dataset} {s.name}": f"{workbook.file}, {s.dataset} {s.as_at:%B %Y}" for s in staged}
        findings += faults + log_faults + findings_about(store, files)
        if workbook.is_invented and not store.is_demonstration:
            rule = "the workbook says that its figures are invented, and this store is of facts"
            findings.append(
                Finding(workbook.file, None, None, None, rule, "Import it into a demonstration store, or not at all.")
            )
        outcome = ImportOutcome(tuple(findings), tuple(changes), absent, store=store)
        if is_dry_run or outcome.is_refused:
            return outcome
        on_step("Publishing")
        published = commit(root, area, (*staged, log))
        return ImportOutcome(tuple(findings), tuple(changes), absent, published, store)


def _newest_revisions(snapshots: Iterable[Snapshot]) -> dict[tuple[str, date], Snapshot]:
    """The highest revision by dataset and as-at date; the list is in their order."""
    return {(snapshot.dataset, snapshot.as_at): snapshot for snapshot in snapshots}


def _absent_months(held: dict[tuple[str, date], Snapshot], workbook: Workbook) -> tuple[date, ...]:
    there = {(table.dataset, table.as_at) for table in workbook.months}
    return tuple(sorted({as_at for name, as_at in held if name in MEASURES and (name, as_at) not in there}))


def _absence(absent: Sequence[date], file: str) -> list[Finding]:
    if not absent:
        return []
    months = ", ".join(f"{as_at:%B %Y}" for as_at in absent)
    rule = "months published here are not, or not in both sheets, in the workbook; what is published stays"
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


# ---------------------------------------------------------------- staging


def _stage_months(
    area: Path, changes: Sequence[MonthChange], day: date, on_step: Progress
) -> tuple[list[Snapshot], list[Finding]]:
    """Validate and stage each month. Its files are written, and flushed to disk, while the next month is read."""
    schemas = {name: TableSchema(dataset(name)) for name in MEASURES}
    findings: list[Finding] = []
    with ThreadPoolExecutor(WRITERS) as writers:
        staged = []
        for number, change in enumerate(changes, start=1):
            on_step(f"Month {number} of {len(changes)}")
            name, as_at = change.table.dataset, change.table.as_at
            file = f"{name} {snapshot_name(as_at, change.revision)}"
            reading = read_table(dataset(name), change.table.source, file, schemas[name])
            findings += reading.findings
            staged.append(writers.submit(_stage, area, name, reading, as_at, change.revision, day, change.reason))
        return [written.result() for written in staged], findings


def _stage(
    area: Path, name: str, reading: Reading, as_at: date, revision: int, published_on: date, reason: str | None
) -> Snapshot:
    return stage(
        area,
        dataset(name),
        reading.source,
        reading.columns,
        as_at=as_at,
        revision=revision,
        published_on=published_on,
        reason=reason,
        coverage="some_wards",
    )


def _stage_log(
    area: Path,
    changes: Sequence[MonthChange],
    workbook: Workbook,
    held: dict[tuple[str, date], Snapshot],
    day: date,
) -> tuple[Snapshot, list[Finding]]:
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
    earlier = held.get((IMPORTS, day))
    revision = 1 if earlier is None else earlier.revision + 1
    reason = None if earlier is None else f"Import number {revision} of the day."
    reading = read_table(dataset(IMPORTS), text.getvalue().encode(), f"{IMPORTS} {snapshot_name(day, revision)}")
    return _stage(area, IMPORTS, reading, day, revision, day, reason), reading.findings


def _plain(number: float) -> str:
    """To six decimals, which is finer than anything published and hides what adding up in binary leaves over."""
    return f"{number:.6f}".rstrip("0").rstrip(".")


def _rows(number: int) -> str:
    return f"{number:,} row" if number == 1 else f"{number:,} rows"
