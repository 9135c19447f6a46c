"""Snapshots: written once, hashed, listed, never altered.

A store keeps each submission in its own folder, `snapshots/<dataset>/<as_at>_r<n>/`:

- `source.csv`, the bytes as they were received;
- `data.parquet`, the same rows in the descriptor's columns and types, in the source's order;
- `snapshot.json`, what was published, when and why, with the SHA-256 of both files and of itself.

How a publish is made safe. One publisher at a time holds a lock on the folder `snapshots` (the operating
system releases it when a process ends, however it ends). New snapshots are written and flushed to disk in
a hidden folder beside the published ones. `commit` then writes the list of what is about to appear, renames
each folder to its place, and removes the list: that removal is the moment of publication. Until then readers
pass over every snapshot on the list, and whatever a stopped publisher left behind is cleared by the next one.
So several snapshots appear together or not at all; a reader that lists the folder during the few milliseconds
between the first rename and the last can at worst miss some of them until it lists again.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from transparency.core.errors import SnapshotExistsError, StoreError
from transparency.core.vocabulary import Finding
from transparency.store.descriptors import Dataset, catalogue, reference_datasets

if TYPE_CHECKING:
    import duckdb

COVERAGES = ("all_wards", "some_wards")
SOURCE_FILE = "source.csv"
PARQUET_FILE = "data.parquet"
RECORD_FILE = "snapshot.json"
IN_FLIGHT_FILE = "in_flight.json"
STAGING_PREFIX = ".staging-"
SUMS_FILE = "SHA256SUMS"
RESTORE = "Restore it from a copy: a published snapshot is never edited, only revised."

_SNAPSHOT_NAME = re.compile(r"(?P<as_at>\d{4}-\d{2}-\d{2})_r(?P<revision>[1-9]\d*)")


@dataclass(frozen=True)
class Snapshot:
    """One published table: a dataset as it stood on a day, in one of its revisions.

    `coverage` says whether the submission speaks of every ward (`all_wards`) or of some (`some_wards`);
    `reason` is None for a first revision; `rows` counts the rows below the header.
    """

    dataset: str
    as_at: date
    revision: int
    published_on: date
    reason: str | None
    coverage: str
    rows: int
    source_sha256: str
    parquet_sha256: str
    folder: Path

    @property
    def name(self) -> str:
        return snapshot_name(self.as_at, self.revision)

    @property
    def source_path(self) -> Path:
        return self.folder / SOURCE_FILE

    @property
    def parquet_path(self) -> Path:
        return self.folder / PARQUET_FILE

    @property
    def record(self) -> dict[str, Any]:
        """What `snapshot.json` holds, in its order, but for the hash of the record itself."""
        return {
            "dataset": self.dataset,
            "as_at": self.as_at.isoformat(),
            "revision": self.revision,
            "published_on": self.published_on.isoformat(),
            "reason": self.reason,
            "coverage": self.coverage,
            "rows": self.rows,
            "source_sha256": self.source_sha256,
            "parquet_sha256": self.parquet_sha256,
        }

    @property
    def record_bytes(self) -> bytes:
        """The bytes of `snapshot.json`."""
        record = self.record
        digest = hashlib.sha256(json.dumps(record, ensure_ascii=False).encode()).hexdigest()
        return (json.dumps(record | {"record_sha256": digest}, ensure_ascii=False, indent=2) + "\n").encode()


def snapshot_name(as_at: date, revision: int) -> str:
    """The name of a snapshot's folder, `<as_at>_r<n>`."""
    return f"{as_at.isoformat()}_r{revision}"


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# ---------------------------------------------------------------- reading


def snapshot_folders(root: Path) -> tuple[Path, ...]:
    """The folders of the published snapshots, without looking inside them."""
    top = root / "snapshots"
    if not top.is_dir():
        return ()
    in_flight = {path for area in staging_areas(top) for path in _in_flight(top, area)}
    return tuple(
        folder
        for dataset_folder in sorted(top.iterdir())
        if dataset_folder.is_dir() and not dataset_folder.name.startswith(".")
        for folder in sorted(dataset_folder.iterdir())
        if not folder.name.startswith(".") and folder not in in_flight
    )


def read_snapshot(folder: Path) -> Snapshot:
    """Read one snapshot's record; raises StoreError when it is not what its folder says it is."""
    where = f"{folder.parent.name}/{folder.name}"
    try:
        written = (folder / RECORD_FILE).read_bytes()
        record = json.loads(written)
        snapshot = Snapshot(
            dataset=record["dataset"],
            as_at=date.fromisoformat(record["as_at"]),
            revision=int(record["revision"]),
            published_on=date.fromisoformat(record["published_on"]),
            reason=record["reason"],
            coverage=record["coverage"],
            rows=int(record["rows"]),
            source_sha256=record["source_sha256"],
            parquet_sha256=record["parquet_sha256"],
            folder=folder,
        )
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise StoreError(f"Snapshot {where}: {RECORD_FILE} cannot be read ({fault}).") from fault
    if written != snapshot.record_bytes:
        raise StoreError(f"Snapshot {where}: {RECORD_FILE} is not as it was written.")
    if snapshot.dataset not in catalogue() or (snapshot.dataset, snapshot.name) != (
        folder.parent.name,
        folder.name,
    ):
        raise StoreError(f"Snapshot {where}: {RECORD_FILE} speaks of {snapshot.dataset}/{snapshot.name}.")
    return snapshot


def list_snapshots(root: Path) -> tuple[Snapshot, ...]:
    """Every published snapshot, by dataset, as-at date and revision; raises StoreError on a broken record."""
    snapshots = [read_snapshot(folder) for folder in snapshot_folders(root)]
    return tuple(sorted(snapshots, key=lambda s: (s.dataset, s.as_at, s.revision)))


def read_source(snapshot: Snapshot) -> bytes:
    """The submission as it was received; raises StoreError when it is not, any more."""
    for finding in altered_snapshot(snapshot):
        raise StoreError(str(finding))
    return snapshot.source_path.read_bytes()


def altered_snapshot(snapshot: Snapshot) -> list[Finding]:
    """Its two files, where their bytes are not those that were published."""
    where = f"{snapshot.dataset}/{snapshot.name}"
    published = {snapshot.source_path: snapshot.source_sha256, snapshot.parquet_path: snapshot.parquet_sha256}
    findings = []
    for path, digest in published.items():
        try:
            if sha256_of(path) == digest:
                continue
            rule = "the bytes are not those that were published"
        except OSError as fault:
            rule = f"the file cannot be read ({fault.strerror})"
        findings.append(Finding(f"{where}/{path.name}", None, None, None, rule, RESTORE))
    return findings


# ---------------------------------------------------------------- writing


@contextmanager
def publishing_area(root: Path, on_wait: Callable[[], None] = lambda: None) -> Iterator[Path]:
    """Hold the store's publishing lock and lend a fresh hidden folder to stage snapshots in.

    `on_wait` is called once if another publisher holds the lock. Leftovers of a stopped publisher are
    cleared first; the folder itself is cleared at the end, whatever happened. Raises StoreError when there is
    no store at `root`.
    """
    if not root.is_dir():
        raise StoreError(f"The store folder {root.name!r} does not exist or is not a folder.")
    top = root / "snapshots"
    top.mkdir(exist_ok=True)
    handle = os.open(top, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(handle, fcntl.LOCK_EX)
        for area in staging_areas(top):
            _clear(top, area)
        area = Path(tempfile.mkdtemp(prefix=STAGING_PREFIX, dir=top))
        try:
            yield area
        finally:
            _clear(top, area)
    finally:
        os.close(handle)


def stage(
    area: Path,
    dataset: Dataset,
    source: bytes,
    columns: Mapping[str, Sequence[str | None]],
    *,
    as_at: date,
    revision: int,
    published_on: date,
    reason: str | None,
    coverage: str,
) -> Snapshot:
    """Write one snapshot, complete and flushed to disk, below `area`; it is not published yet.

    `source` is the submission as received, `columns` its cells as `write_parquet` takes them.
    """
    folder = area / dataset.name / snapshot_name(as_at, revision)
    folder.mkdir(parents=True)
    source_path, parquet_path = folder / SOURCE_FILE, folder / PARQUET_FILE
    source_path.write_bytes(source)
    write_parquet(dataset, columns, parquet_path)
    snapshot = Snapshot(
        dataset=dataset.name,
        as_at=as_at,
        revision=revision,
        published_on=published_on,
        reason=reason,
        coverage=coverage,
        rows=max((len(cells) for cells in columns.values()), default=0),
        source_sha256=sha256_of(source_path),
        parquet_sha256=sha256_of(parquet_path),
        folder=folder,
    )
    (folder / RECORD_FILE).write_bytes(snapshot.record_bytes)
    for path in (source_path, parquet_path, folder / RECORD_FILE, folder, folder.parent, area):
        _flush(path)
    return snapshot


def commit(root: Path, area: Path, staged: Sequence[Snapshot]) -> tuple[Snapshot, ...]:
    """Publish the staged snapshots together; call it inside `publishing_area`.

    Raises SnapshotExistsError, with nothing published, when one of them is already there.
    """
    top = root / "snapshots"
    places = [top / snapshot.dataset / snapshot.name for snapshot in staged]
    for place in places:
        if place.exists():
            raise SnapshotExistsError(f"{place.parent.name} {place.name} is already published.")
    in_flight = area / IN_FLIGHT_FILE
    in_flight.write_text(json.dumps([str(place.relative_to(top)) for place in places]), encoding="utf-8")
    for path in (in_flight, area, top):
        _flush(path)
    for snapshot, place in zip(staged, places, strict=True):
        place.parent.mkdir(exist_ok=True)
        snapshot.folder.rename(place)
        _flush(place.parent)
    _flush(top)
    in_flight.unlink()
    _flush(area)
    return tuple(read_snapshot(place) for place in places)


def write_parquet(dataset: Dataset, columns: Mapping[str, Sequence[str | None]], target: Path) -> None:
    """Write a submission's cells as the typed table of its descriptor, rows in the order given.

    `columns` maps a column to its cells as text, None where empty. The table has the descriptor's columns in
    its order, without those it only checks (`optionalColumn`); a column the submission lacks is empty.
    Raises duckdb.Error where a cell cannot be read as its column's type, StoreError where the disk refuses the table.
    """
    import duckdb
    import pyarrow as pa

    kept = [field for field in dataset.fields if not field.is_optional_column]
    rows = max((len(cells) for cells in columns.values()), default=0)
    cells = pa.table({field.name: pa.array(columns.get(field.name, [None] * rows), pa.string()) for field in kept})
    with _writer().cursor() as cursor:
        typed = [
            duckdb.ColumnExpression(field.name).cast(duckdb.sqltype(field.duckdb_type)).alias(field.name)
            for field in kept
        ]
        try:
            cursor.from_arrow(cells).select(*typed).write_parquet(str(target))
        except duckdb.IOException as fault:
            raise StoreError(f"The table of {dataset.name} cannot be written: {fault}") from fault


@cache
def _writer() -> duckdb.DuckDBPyConnection:
    """The database that writes tables: one, because opening it takes longer than writing a month's table."""
    import duckdb

    connection = duckdb.connect(":memory:")
    # Closed before the interpreter exits, which otherwise reports objects left over.
    atexit.register(connection.close)
    return connection


# ---------------------------------------------------------------- reference tables


def reference_sums(root: Path) -> str:
    """The SHA-256 of every file in `reference/`, and of `store.json` where there is one.

    As `sha256sum` prints it: `cd reference && sha256sum --check SHA256SUMS` reads it back.
    """
    folder = root / "reference"
    files = sorted(path for path in folder.iterdir() if path.name != SUMS_FILE)
    lines = [f"{sha256_of(path)}  {path.name}\n" for path in files]
    declaration = root / "store.json"
    if declaration.exists():
        lines.append(f"{sha256_of(declaration)}  ../{declaration.name}\n")
    return "".join(lines)


def altered_reference(root: Path) -> list[Finding]:
    """The reference tables against their published hashes, line by line."""
    folder = root / "reference"
    where = f"reference/{SUMS_FILE}"
    try:
        published = (folder / SUMS_FILE).read_bytes().decode("utf-8", "replace")
        found = reference_sums(root)
    except FileNotFoundError:
        return [Finding(where, None, None, None, "the file is missing", "Restore it from a copy.")]
    except OSError as fault:
        unread = f"reference/{Path(str(fault.filename)).name}"
        return [Finding(unread, None, None, None, f"the file cannot be read ({fault.strerror})", "Fix or restore it.")]
    missing = [item.name for item in reference_datasets() if not (folder / f"{item.name}.csv").exists()]
    if published == found and not missing:
        return []
    listed, present = published.splitlines(), found.splitlines()
    differing = [line for line in present if line not in listed] or [line for line in listed if line not in present]
    names = [f"{name}.csv" for name in missing] or [line.partition("  ")[2] or line for line in differing]
    rule = "the file is not the one whose hash was published"
    remedy = "Restore it from a copy, or, if the change is meant, publish the new hashes with it."
    return [Finding(f"reference/{name}", None, None, None, rule, remedy) for name in names or [SUMS_FILE]]


# ---------------------------------------------------------------- parts


def staging_areas(top: Path) -> list[Path]:
    return [path for path in top.iterdir() if path.name.startswith(STAGING_PREFIX)]


def _in_flight(top: Path, area: Path) -> list[Path]:
    """The snapshots a publisher has begun to put in place and not yet published."""
    try:
        listed = json.loads((area / IN_FLIGHT_FILE).read_bytes())
    except FileNotFoundError:
        return []
    except ValueError:
        # Cut short while being written: nothing had been put in place yet.
        return []
    return [top / place for place in listed]


def _clear(top: Path, area: Path) -> None:
    for place in _in_flight(top, area):
        if place.exists():
            shutil.rmtree(place)
    shutil.rmtree(area)


def _flush(path: Path) -> None:
    """Ask the operating system to put a file or a folder on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
