"""Everything in one file: a DuckDB database to ask with SQL at home, and a ZIP of all tables as CSV."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from transparency.exhibits.document import LICENCE, LICENCE_URL, SITE, json_bytes
from transparency.outlets.data_package import datapackage
from transparency.outlets.table_files import release_csv
from transparency.store.database import view_files, write_database
from transparency.store.dataset_releases import LATEST, Release, release, snapshots_of
from transparency.store.descriptors import catalogue
from transparency.store.store import DEMONSTRATION_NOTICE, Store

# The earliest time a ZIP can hold: with it equal data make an equal file.
_MADE = (1980, 1, 1, 0, 0, 0)


def latest_releases(store: Store) -> list[tuple[Release, bytes]]:
    """The latest edition of every dataset with the bytes of its CSV."""
    latest = [release(store, dataset, LATEST) for dataset in catalogue().values()]
    return [(item, release_csv(item)) for item in latest]


def package_bytes(store: Store) -> bytes:
    """`datapackage.json` over the latest CSV of every dataset."""
    return json_bytes(datapackage(store, latest_releases(store)))


def zip_bytes(store: Store) -> bytes:
    """All tables with their descriptions, all snapshots, and the SQL of every view; equal for equal data and day."""
    latest = latest_releases(store)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "README.txt", _readme(store).encode())
        _add(archive, "datapackage.json", json_bytes(datapackage(store, latest)))
        snapshots = [
            release(store, dataset, snapshot.name)
            for dataset in catalogue().values()
            for snapshot in snapshots_of(store, dataset)
        ]
        for item, content in [*latest, *((item, release_csv(item)) for item in snapshots)]:
            _add(archive, f"{item.dataset.name}/{item.edition}.csv", content)
        for path in view_files():
            _add(archive, f"views/{path.name}", path.read_bytes())
    return target.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _MADE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)


def _readme(store: Store) -> str:
    notice = f"{DEMONSTRATION_NOTICE}.\n\n" if store.is_demonstration else ""
    return f"""{notice}{SITE}: all data, version {store.data_version}

{store.not_official}

datapackage.json            what every table and column means (Data Package)
<dataset>/latest.csv        the newest rows
<dataset>/<as_at>_r<n>.csv  one published snapshot, never changed; r2 replaces r1, for a reason the site names
views/*.sql                 the definition of every derived number, for DuckDB

An empty cell is not known, not published or not applicable. It is never zero.
Licence: {LICENCE}, {LICENCE_URL}
The rights in each table are in datapackage.json.
"""


def write_everything(store: Store, folder: Path) -> None:
    """Write `transparency.zip` and `transparency.duckdb` into a folder, replacing those there.

    The DuckDB file differs from one writing to the next: DuckDB writes a random identifier into each.
    """
    (folder / "transparency.zip").write_bytes(zip_bytes(store))
    database = folder / "transparency.duckdb"
    database.unlink(missing_ok=True)
    write_database(store, database)
