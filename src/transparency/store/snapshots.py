"""Snapshots: submissions as they were published, each in a folder written once (`write_once`).

A store keeps each in a folder of its own, `snapshots/<dataset>/<as_at>_r<n>/`:

- `source.csv`, the bytes as they were received;
- `data.parquet`, the same rows in the descriptor's columns and types, in the source's order;
- `snapshot.json`, what was published, when and why, with the SHA-256 of both files and of itself.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from transparency.core.errors import StoreError
from transparency.core.files import MAKE_ROOM, write_file
from transparency.core.vocabulary import Finding
from transparency.store import write_once
from transparency.store.descriptors import Dataset, catalogue
from transparency.store.records import read_record
from transparency.store.write_once import RESTORE, revision_name, sha256_of

if TYPE_CHECKING:
    import duckdb

SOURCE_FILE = "source.csv"
PARQUET_FILE = "data.parquet"
RECORD_FILE = "snapshot.json"
FILES = frozenset({SOURCE_FILE, PARQUET_FILE, RECORD_FILE})


@dataclass(frozen=True)
class Snapshot:
    """One published table: a dataset as it stood on a day, in one of its revisions.

    `coverage` says whether the submission covers every ward (`all_wards`) or some (`some_wards`);
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
        return revision_name(self.as_at, self.revision)

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
        return write_once.record_bytes(self.record)


# ---------------------------------------------------------------- reading


def snapshot_folders(root: Path) -> tuple[Path, ...]:
    """The folders of the published snapshots, without looking inside them."""
    return write_once.published_folders(root / "snapshots")


def read_snapshot(folder: Path) -> Snapshot:
    """Read one snapshot's record; raises StoreError when it is not what its folder says it is."""
    snapshot = write_once.read_record(
        folder / RECORD_FILE, lambda record: read_record(Snapshot, record | {"folder": folder})
    )
    if snapshot.dataset not in catalogue() or (snapshot.dataset, snapshot.name) != (folder.parent.name, folder.name):
        where, described = f"{folder.parent.name}/{folder.name}", f"{snapshot.dataset}/{snapshot.name}"
        raise StoreError(f"snapshots/{where}: {RECORD_FILE} describes {described}. {RESTORE}")
    return snapshot


def list_snapshots(root: Path) -> tuple[Snapshot, ...]:
    """Every published snapshot, by dataset, as-at date and revision; raises StoreError on a broken record."""
    snapshots = [read_snapshot(folder) for folder in snapshot_folders(root)]
    return tuple(sorted(snapshots, key=lambda s: (s.dataset, s.as_at, s.revision)))


def read_source(snapshot: Snapshot) -> bytes:
    """The submission as it was received; raises StoreError when its bytes have changed since."""
    for finding in altered_snapshot(snapshot):
        raise StoreError(str(finding))
    return snapshot.source_path.read_bytes()


def altered_snapshot(snapshot: Snapshot) -> list[Finding]:
    """Its two files, where their bytes are not those that were published."""
    published = {SOURCE_FILE: snapshot.source_sha256, PARQUET_FILE: snapshot.parquet_sha256}
    return write_once.altered(f"{snapshot.dataset}/{snapshot.name}", snapshot.folder, published, RESTORE)


# ---------------------------------------------------------------- writing


@contextmanager
def publishing_area(root: Path, on_wait: Callable[[], None] = lambda: None) -> Iterator[Path]:
    """The staging area of the store's snapshots, under its lock; raises StoreError when there is no store at `root`."""
    if not root.is_dir():
        raise StoreError(f"The store folder {root.name!r} does not exist or is not a folder.")
    with write_once.staging_area(root / "snapshots", on_wait) as area:
        yield area


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
    folder = area / dataset.name / revision_name(as_at, revision)
    folder.mkdir(parents=True)
    source_path, parquet_path = folder / SOURCE_FILE, folder / PARQUET_FILE
    write_file(source_path, source)
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
    write_once.finish(folder, RECORD_FILE, snapshot.record)
    return snapshot


def commit(root: Path, area: Path, staged: Sequence[Snapshot]) -> tuple[Snapshot, ...]:
    """Publish the staged snapshots together; call it inside `publishing_area`.

    Raises SnapshotExistsError, with nothing published, when one of them is already there.
    """
    places = write_once.put_in_place(root / "snapshots", area, [snapshot.folder for snapshot in staged])
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
        except duckdb.IOException as error:
            raise StoreError(f"The table of {dataset.name} cannot be written: {error}. {MAKE_ROOM}") from error


@cache
def _writer() -> duckdb.DuckDBPyConnection:
    """The database that writes tables: one, because opening it takes longer than writing a month's table."""
    import duckdb

    connection = duckdb.connect(":memory:")
    # Closed before the interpreter ends, which otherwise reports objects left over.
    atexit.register(connection.close)
    return connection
