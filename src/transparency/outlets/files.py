"""The files under `/data/`: what each address gives, and which addresses there are.

    <dataset>/latest.csv|json|parquet|xlsx      the newest rows; `?as_at=` for tables answered by day
    <dataset>/<as_at>_r<n>.csv|json|parquet     one published snapshot, which never changes
    <dataset>/<as_at>_r<n>-source.csv           the same as it was handed in, whose hash is published
    snapshots.csv                               every snapshot with its reason, rows and hashes
    datapackage.json                            what every table means (Data Package)
    exhibits/<key>.csv                          exactly the rows of an exhibit of the dashboard
    transparency.duckdb, transparency.zip       everything in one file (`bundles`)

Addresses are given without the leading `/data/`. The server and the static export use the same functions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from transparency.core.days import read_day
from transparency.core.errors import ParameterError, UnknownFileError
from transparency.core.vocabulary import Evidence, today
from transparency.exhibits.csv import csv_bytes
from transparency.exhibits.document import CSV, JSON, PARQUET, XLSX, Document
from transparency.exhibits.files import exhibit_csv
from transparency.outlets.bundles import package_bytes
from transparency.outlets.spreadsheets import release_xlsx
from transparency.outlets.table_files import release_csv, release_json, release_parquet
from transparency.store.dataset_releases import (
    LATEST,
    SNAPSHOT_FORMATS,
    SOURCE_SUFFIX,
    Release,
    published_dataset,
    release,
    snapshots_of,
)
from transparency.store.descriptors import catalogue
from transparency.store.snapshots import read_source
from transparency.store.store import Store

PACKAGE = "datapackage.json"
SNAPSHOTS = "snapshots.csv"
EXHIBITS = "exhibits/"
# What is built once for each version of the data and sent from disk.
EVERYTHING = {"transparency.duckdb": "application/vnd.duckdb", "transparency.zip": "application/zip"}

_FORMATS: dict[str, tuple[str, Callable[[Release], bytes]]] = {
    "csv": (CSV, release_csv),
    "json": (JSON, release_json),
    "parquet": (PARQUET, release_parquet),
    "xlsx": (XLSX, release_xlsx),
}
LATEST_FORMATS = tuple(_FORMATS)


def data_document(store: Store, path: str, asked: Mapping[str, str] | None = None) -> Document:
    """The file at an address under `/data/`; `asked` are the parameters of the address.

    Raises UnknownFileError where there is none, DayError for a day that cannot be asked about, ParameterError
    for another parameter that cannot be answered.
    """
    asked = asked or {}
    day = read_day(asked["as_at"]) if "as_at" in asked else None
    if path == PACKAGE:
        _refuse_day(day)
        return Document(package_bytes(store), JSON, today())
    if path.startswith(EXHIBITS):
        return exhibit_csv(store, path.removeprefix(EXHIBITS), day, asked)
    if path == SNAPSHOTS:
        _refuse_day(day)
        return Document(snapshots_csv(store), CSV, store.newest_published_on)
    if path.endswith(SOURCE_SUFFIX):
        _refuse_day(day)
        return _source(store, path.removesuffix(SOURCE_SUFFIX))
    dataset_name, edition, ending = _parts(path)
    media_type, write = _FORMATS[ending]
    found = release(store, published_dataset(dataset_name), edition, day)
    links = ((f"../{PACKAGE}", "describedby", JSON),) if ending == "csv" else ()
    return Document(write(found), media_type, _changed_on(found), found.is_immutable, links)


def data_paths(store: Store) -> tuple[str, ...]:
    """Every address under `/data/` that `data_document` answers without parameters, exhibits left out."""
    paths = [PACKAGE, SNAPSHOTS]
    for dataset in catalogue().values():
        editions = [(LATEST, LATEST_FORMATS)]
        editions += [(snapshot.name, SNAPSHOT_FORMATS) for snapshot in snapshots_of(store, dataset)]
        for edition, endings in editions:
            paths += [f"{dataset.name}/{edition}.{ending}" for ending in endings]
            if edition != LATEST and not store.is_demonstration:
                paths.append(f"{dataset.name}/{edition}{SOURCE_SUFFIX}")
    return tuple(paths)


def _parts(path: str) -> tuple[str, str, str]:
    """Dataset, edition and ending of an address such as `staffing/latest.csv`."""
    dataset_name, slash, file = path.partition("/")
    edition, _, ending = file.rpartition(".")
    endings = LATEST_FORMATS if edition == LATEST else SNAPSHOT_FORMATS
    if not slash or not edition or "/" in file or ending not in endings:
        raise UnknownFileError(
            "There is no such file. Files are at /data/<dataset>/latest.csv, .json, .parquet or .xlsx, and "
            "/data/<dataset>/<as-at date>_r<revision>.csv, .json or .parquet; /data/ lists them."
        )
    return dataset_name, edition, ending


def _refuse_day(day: date | None) -> None:
    if day is not None:
        raise ParameterError("as_at", "This file is of everything as it is now: leave as_at out.")


def _changed_on(found: Release) -> date | None:
    """The newest day the content depends on: that of publication, or today where it answers for today."""
    days = [known for known in (found.published_on, found.day) if known is not None]
    return max(days, default=None)


def snapshots_csv(store: Store) -> bytes:
    """Every published snapshot: what, when, why, how many rows, and the hashes of its files."""
    names = ("dataset", "as_at", "revision", "published_on", "reason", "coverage", "rows", "source_sha256")
    rows = [[snapshot.record[name] for name in names] for snapshot in store.snapshots]
    marks = [Evidence.DEMONSTRATION.value] * store.is_demonstration
    return csv_bytes([*names, *["evidence"] * store.is_demonstration], [[*row, *marks] for row in rows])


def _source(store: Store, path: str) -> Document:
    """A submission as it was handed in, byte for byte; an invented one is not given, since it is not marked."""
    dataset_name, _, edition = path.partition("/")
    for snapshot in snapshots_of(store, published_dataset(dataset_name)):
        if snapshot.name == edition and not store.is_demonstration:
            return Document(read_source(snapshot), CSV, snapshot.published_on, is_immutable=True)
    raise UnknownFileError("There is no such file as handed in; /data/snapshots.csv lists the snapshots.")
