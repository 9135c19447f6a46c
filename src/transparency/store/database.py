"""The store: published snapshots in DuckDB, with the views that define every derived number.

`open_store` hashes every published byte again, loads the snapshots and reference tables, creates the views of
`<subject>/sql/*.sql`, runs the checks (`checking`), and then locks the database: no later query reads a file
or the network. `SERVICE` is the store every reader of this process is given, which another may replace.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from transparency.core.errors import StoreError
from transparency.core.project import EMBEDDED_DATA
from transparency.core.vocabulary import Finding
from transparency.store import checking
from transparency.store.announced import older_than_announced
from transparency.store.descriptors import Dataset, catalogue, reference_datasets, snapshot_datasets
from transparency.store.holdings import Holding, holdings, verify_holdings
from transparency.store.reference import SUMS_FILE, altered_reference
from transparency.store.roots import store_root
from transparency.store.snapshots import Snapshot, altered_snapshot, list_snapshots
from transparency.store.store import DEMONSTRATION_NOTICE, Store
from transparency.store.strays import stray_files

PACKAGE = Path(__file__).parents[1]
DECLARATION_FILE = "store.json"
# What is worked out for each ward and run of days takes most of the time to open a large store, and no check asks for
# it: ward_standing, ward_change, borough_status_standing, ward_counter_bound, ward_counter_standing.
_FOR_READERS = re.compile(
    r"^CREATE TABLE(?= (?:ward_(?:standing|change|counter_bound|counter_standing)|borough_status_standing)\b)",
    re.MULTILINE,
)

_log = logging.getLogger("uvicorn.error")


def open_store(
    root: Path | None = None,
    candidates: Sequence[Snapshot] = (),
    run_checks: bool = True,
    keeps_tables: bool = True,
) -> Store:
    """Open the store at `root`, with `candidates` as if they were published already.

    Without `keeps_tables` the largest tables of the definitions are views: for a store that is checked and not read.

    Raises StoreError when the folder or a snapshot cannot be read, when a published byte is not the one whose hash
    was published, or when a check finds failing rows.
    """
    root = store_root() if root is None else root
    if not root.is_dir():
        raise StoreError(f"The store folder {root.name!r} does not exist or is not a folder.")
    declared = declaration(root)
    is_demonstration = bool(declared.get("is_demonstration", False))
    try:
        snapshots = (*list_snapshots(root), *candidates)
        kept = holdings(root)
        if run_checks:
            _refuse(root, altered_files(root, snapshots))
        connection = duckdb.connect(":memory:")
        _fill(connection, root, snapshots, is_demonstration, keeps_tables)
        findings = (*_warned_strays(root), *checking.run_checks(connection)) if run_checks else ()
        # What a reader asks is small, and many ask at once: handing a part of it to another thread takes longer.
        connection.execute("SET threads = 1")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
    except (duckdb.Error, OSError) as error:
        raise StoreError(f"The store {root.name!r} cannot be opened: {error}") from error
    _refuse(root, findings)
    observed = [s.as_at for s in snapshots]
    store = Store(
        root=root,
        connection=connection,
        snapshots=snapshots,
        holdings=kept,
        findings=findings,
        data_version=_data_version(root, snapshots, kept),
        newest_as_at=max(observed) if observed else None,
        is_demonstration=is_demonstration,
        preview_of=str(declared.get("preview_of", "")),
    )
    for notice in older_than_announced(store) if run_checks else ():
        _log.warning("%s", notice)
    return store


def write_database(store: Store, target: Path) -> None:
    """Write the store's tables and views to a DuckDB file, to be asked with SQL anywhere.

    With them are `this_store` (what it is and which version) and `data_dictionary` (every column of every
    dataset). Raises StoreError when the file cannot be written.
    """
    dictionary = [
        (dataset.name, dataset.kind, dataset.title, field.name, field.type, field.unit, field.description)
        for dataset in catalogue().values()
        for field in dataset.fields
    ]
    try:
        with duckdb.connect(target) as connection:
            _fill(connection, store.root, store.snapshots, store.is_demonstration)
            connection.execute(
                "CREATE OR REPLACE TABLE this_store AS SELECT *, $version AS data_version, $notice AS notice "
                "FROM this_store",
                {
                    "version": store.data_version,
                    "notice": DEMONSTRATION_NOTICE if store.is_demonstration else None,
                },
            )
            connection.execute(
                "CREATE TABLE data_dictionary (dataset VARCHAR, kind VARCHAR, title VARCHAR, column_name VARCHAR, "
                "type VARCHAR, unit VARCHAR, description VARCHAR)"
            )
            connection.executemany("INSERT INTO data_dictionary VALUES (?, ?, ?, ?, ?, ?, ?)", dictionary)
    except (duckdb.Error, OSError) as error:
        raise StoreError(f"The store cannot be written as one file: {error}") from error


def _fill(
    connection: duckdb.DuckDBPyConnection,
    root: Path,
    snapshots: Sequence[Snapshot],
    is_demonstration: bool,
    keeps_tables: bool = True,
) -> None:
    """Load every table into an empty database and create the views on them."""
    connection.execute("SET TimeZone = 'Europe/London'")
    connection.execute(
        "CREATE TABLE this_store AS SELECT $is_demonstration AS is_demonstration",
        {"is_demonstration": is_demonstration},
    )
    _load_reference_tables(connection, root)
    for dataset in snapshot_datasets():
        _load_snapshots(connection, dataset, [s for s in snapshots if s.dataset == dataset.name])
        _create_current(connection, dataset)
    for path in view_files():
        definition = path.read_text(encoding="utf-8")
        if not keeps_tables:
            definition = _FOR_READERS.sub("CREATE VIEW", definition)
        connection.execute(definition)


def altered_files(root: Path, snapshots: Sequence[Snapshot]) -> list[Finding]:
    """Every file of the store whose bytes are not those whose hash was published."""
    return [
        *(finding for snapshot in snapshots for finding in altered_snapshot(snapshot)),
        *(altered_reference(root) if (root / "reference").exists() else ()),
        *verify_holdings(root),
    ]


def _warned_strays(root: Path) -> list[Finding]:
    """What is no part of the store, named in the log as well: nobody may be looking at the findings."""
    findings = stray_files(root)
    for finding in findings:
        _log.warning("%s", finding)
    return findings


def _refuse(root: Path, findings: Sequence[Finding]) -> None:
    """Raise StoreError where one of the findings is no mere warning."""
    failing = [finding for finding in findings if not finding.is_warning]
    if failing:
        listed = "\n".join(str(finding) for finding in failing[:20])
        raise StoreError(f"The store {root.name!r} fails {len(failing)} of its checks:\n{listed}")


def view_files() -> tuple[Path, ...]:
    """The definitions, in the order in which they build on one another (their file names begin with it)."""
    return tuple(sorted(PACKAGE.glob("*/sql/*.sql"), key=lambda path: path.name))


def declaration(root: Path) -> dict[str, Any]:
    """What the store at `root` says of itself in `store.json`; nothing where it has none. Raises StoreError."""
    path = root / DECLARATION_FILE
    if not path.exists():
        return {}
    try:
        declared = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"store.json cannot be read: {error}") from error
    if not isinstance(declared, dict):
        raise StoreError("store.json must hold one object.")
    return declared


def _data_version(root: Path, snapshots: Sequence[Snapshot], kept: Sequence[Holding]) -> str:
    """Twelve hexadecimal digits that change whenever any published byte does: of snapshots, reference or holdings."""
    digest = hashlib.sha256()
    for snapshot in snapshots:
        digest.update(f"{snapshot.dataset} {snapshot.name} {snapshot.source_sha256}\n".encode())
    sums = root / "reference" / SUMS_FILE
    digest.update(sums.read_bytes() if sums.exists() else b"")
    for holding in kept:
        digest.update(f"{holding.name} {holding.folder.name} {holding.sha256_by_file}\n".encode())
    return digest.hexdigest()[:12]


def _quoted(identifier: str) -> str:
    """A name from the catalogue as an SQL identifier; values never pass through here."""
    return '"' + identifier.replace('"', '""') + '"'


def _load_reference_tables(connection: duckdb.DuckDBPyConnection, root: Path) -> None:
    folder = root / "reference"
    if not folder.is_dir():
        folder = EMBEDDED_DATA / "reference"
    for dataset in reference_datasets():
        table, path = _quoted(dataset.name), str(folder / dataset.reference_file)
        if dataset.format == "parquet":
            columns = ", ".join(_quoted(name) for name in dataset.column_names)
            connection.execute(f"CREATE TABLE {table} AS SELECT {columns} FROM read_parquet($path)", {"path": path})  # noqa: S608
            continue
        types = {field.name: field.stored_type for field in dataset.fields}
        connection.execute(
            f"CREATE TABLE {table} AS "  # noqa: S608 - the names are the catalogue's own
            "SELECT * FROM read_csv($path, auto_detect = false, header = true, columns = $types, nullstr = '')",
            {"path": path, "types": types},
        )


def _load_snapshots(connection: duckdb.DuckDBPyConnection, dataset: Dataset, snapshots: Sequence[Snapshot]) -> None:
    kept = [field for field in dataset.fields if not field.is_optional_column]
    columns = ", ".join(f"{_quoted(field.name)} {field.stored_type}" for field in kept)
    has_own_date = dataset.grain == "observation"
    own_date = "as_at DATE, " if has_own_date else ""
    table = _quoted(f"all_{dataset.name}")
    connection.execute(
        f"CREATE TABLE {table} (snapshot_as_at DATE, revision INTEGER, snapshot_published_on DATE, "
        f"coverage VARCHAR, is_newest_revision BOOLEAN, source_row BIGINT, {own_date}{columns})"
    )
    if not snapshots:
        return
    names = ", ".join(f"rows.{_quoted(field.name)}" for field in kept)
    own_date_value = "register.as_at, " if has_own_date else ""
    # Observations can be many and are read by day; of a register, rows of one day are distinguished by their order.
    in_order = "" if has_own_date else "ORDER BY 1, 2, source_row"
    connection.execute(
        f"INSERT INTO {table} SELECT register.as_at, register.revision, "  # noqa: S608
        "register.published_on, register.coverage, register.is_newest, rows.file_row_number + 2 AS source_row, "
        f"{own_date_value}{names} "
        "FROM read_parquet($paths, filename = true, file_row_number = true) AS rows "
        "JOIN (SELECT *, revision = max(revision) OVER (PARTITION BY as_at) AS is_newest FROM ("
        "SELECT unnest($paths) AS filename, unnest($days) AS as_at, unnest($revisions) AS revision, "
        "unnest($published) AS published_on, unnest($coverages) AS coverage)) AS register USING (filename) "
        f"{in_order}",
        {
            "paths": [str(s.parquet_path) for s in snapshots],
            "days": [s.as_at for s in snapshots],
            "revisions": [s.revision for s in snapshots],
            "published": [s.published_on for s in snapshots],
            "coverages": [s.coverage for s in snapshots],
        },
    )


def _create_current(connection: duckdb.DuckDBPyConnection, dataset: Dataset) -> None:
    """`current_<dataset>`: highest revision per as-at date; of a register, the newest row for each key; of a series,
    the newest snapshot.

    Observations and series stay a view, since they can be many; a register is small and read by every query, so it
    is kept as a table.
    """
    source, current = _quoted(f"all_{dataset.name}"), _quoted(f"current_{dataset.name}")
    newest_revisions = f"SELECT * EXCLUDE (is_newest_revision) FROM {source} WHERE is_newest_revision"  # noqa: S608
    if dataset.grain == "observation":
        connection.execute(f"CREATE VIEW {current} AS {newest_revisions}")
        return
    if dataset.grain == "series":
        of_newest = f"snapshot_as_at = (SELECT max(snapshot_as_at) FROM {source})"  # noqa: S608
        connection.execute(f"CREATE VIEW {current} AS {newest_revisions} AND {of_newest}")
        return
    key = ", ".join(_quoted(name) for name in dataset.primary_key)
    connection.execute(
        f"CREATE TABLE {current} AS SELECT * FROM ({newest_revisions}) "  # noqa: S608
        f"QUALIFY snapshot_as_at = max(snapshot_as_at) OVER (PARTITION BY {key})"
    )
