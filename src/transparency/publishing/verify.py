"""Verifying a store: every byte, every check, and the numbers that ought to agree.

`verify` hashes every published file again, derives each typed table again from its submission, runs every check, and
compares the two numbers of each reconciliation (`store/reconciliation.py`).
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

from transparency.core.errors import StoreError
from transparency.core.vocabulary import Finding
from transparency.publishing.outcome import Outcome, Progress, silent
from transparency.publishing.reading import read_table
from transparency.store.checking import findings_in
from transparency.store.database import open_store
from transparency.store.descriptors import dataset
from transparency.store.holdings import verify_holdings
from transparency.store.reconciliation import Reconciled, reconcile, reconciliations
from transparency.store.reference import altered_reference
from transparency.store.snapshots import (
    FILES,
    PARQUET_FILE,
    RECORD_FILE,
    SOURCE_FILE,
    Snapshot,
    altered_snapshot,
    read_snapshot,
    snapshot_folders,
    write_parquet,
)
from transparency.store.strays import stray_files
from transparency.store.write_once import RESTORE, sha256_of, staging_areas, unreadable_record

_Table = tuple[list[str], list[str], list[tuple[object, ...]]]


def verify(root: Path, on_step: Progress = silent) -> Outcome:
    """Verify the store at `root`. A demonstration store has no real numbers to reconcile."""
    findings = [*_stopped_publishes(root), *stray_files(root)]
    folders = snapshot_folders(root)
    for n, folder in enumerate(folders, start=1):
        on_step(f"Snapshot {n} of {len(folders)}")
        findings += _verify_folder(folder)
    findings += _gaps(folders)
    on_step("Reference tables")
    findings += altered_reference(root)
    findings += verify_holdings(root, on_step)
    on_step("Checks and reconciliations")
    try:
        store = open_store(root, run_checks=False)
    except StoreError as error:
        findings.append(Finding(root.name, None, None, None, str(error), RESTORE))
        unknown = tuple(Reconciled(item.name, None, None, item.worth) for item in reconciliations())
        return Outcome(tuple(findings), reconciliations=unknown)
    findings += findings_in(store)
    declared = () if store.is_demonstration else reconciliations()
    return Outcome(tuple(findings), reconciliations=tuple(reconcile(store, item) for item in declared))


def _verify_folder(folder: Path) -> list[Finding]:
    """One snapshot: its record, its files, their bytes, and the table derived again."""
    where = f"{folder.parent.name}/{folder.name}"
    missing = sorted(name for name in FILES if not (folder / name).exists())
    if missing:
        return [Finding(f"{where}/{name}", None, None, None, "the file is missing", RESTORE) for name in missing]
    try:
        snapshot = read_snapshot(folder)
    except StoreError as error:
        return [unreadable_record(f"{where}/{RECORD_FILE}", error)]
    found = altered_snapshot(snapshot)
    if [finding.file for finding in found] == [f"{where}/{SOURCE_FILE}"]:
        # The table still is the one that was published, and tells where its submission no longer gives it.
        row, column = next(((each.row, each.column) for each in _verify_derived(snapshot, where)), (None, None))
        return [replace(found[0], row=row, column=column)]
    return found or _verify_derived(snapshot, where)


def _verify_derived(snapshot: Snapshot, where: str) -> list[Finding]:
    """Read the submission again: it must still have no errors, and give the same typed table."""
    described = dataset(snapshot.dataset)
    reading = read_table(described, snapshot.source_path.read_bytes(), f"{where}/{SOURCE_FILE}")
    if reading.findings:
        return reading.findings
    with tempfile.TemporaryDirectory() as folder:
        derived = Path(folder) / PARQUET_FILE
        write_parquet(described, reading.columns, derived)
        if sha256_of(derived) == snapshot.parquet_sha256:
            return []
        given, stored = _table(derived), _table(snapshot.parquet_path)
    if given == stored:
        return []
    row, column = _first_difference(given, stored)
    rule = "the table is not the one its submission gives"
    return [Finding(f"{where}/{PARQUET_FILE}", row, column, None, rule, RESTORE)]


def _first_difference(one: _Table, other: _Table) -> tuple[int | None, str | None]:
    """The first row, as a submission counts them, and column in which two tables differ."""
    for row, (cells, others) in enumerate(zip_longest(one[2], other[2], fillvalue=()), start=2):
        if cells != others:
            columns = (name for name, cell, of_other in zip(one[0], cells, others, strict=False) if cell != of_other)
            return row, next(columns, None)
    return None, None


def _table(path: Path) -> _Table:
    """A Parquet's columns, types and rows. Another version of the writer may lay the same table out otherwise."""
    import duckdb

    table = duckdb.read_parquet(str(path))
    return table.columns, [str(kind) for kind in table.types], table.fetchall()


def _gaps(folders: tuple[Path, ...]) -> list[Finding]:
    """Revisions are numbered without a gap: a missing one was removed."""
    names = {f"{folder.parent.name}/{folder.name}" for folder in folders}
    findings = []
    for name in sorted(names):
        stem, _, revision = name.rpartition("_r")
        if revision.isdigit() and int(revision) > 1 and (lost := f"{stem}_r{int(revision) - 1}") not in names:
            findings.append(Finding(lost, None, None, None, "the snapshot is missing", RESTORE))
    return findings


def _stopped_publishes(root: Path) -> list[Finding]:
    top = root / "snapshots"
    areas = staging_areas(top) if top.is_dir() else []
    rule = "a publisher is at work, or was stopped before it had published"
    remedy = "Nothing of it is published; the next publish clears it away."
    return [Finding(f"snapshots/{area.name}", None, None, None, rule, remedy, True) for area in areas]
