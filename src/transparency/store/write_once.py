"""Folders written once, hashed, listed and never altered: how snapshots and official holdings are both stored.

Each stands at `<top>/<name>/<as_at>_r<n>/` and has a record, a JSON object that ends with its own SHA-256.

How writing is made safe. One writer at a time holds a lock on `top` (the operating system releases it when a process
ends, however it ends). New folders are written and flushed to disk in a hidden folder beside the published ones.
`put_in_place` then writes the list of what is about to appear, renames each folder to its place, and removes the list:
that removal is the moment of publication. Until then readers ignore every folder on the list, and whatever a stopped
writer left behind is cleared by the next one. So several folders appear together or not at all; a reader that lists
them during the few milliseconds between the first rename and the last can at worst miss some until it lists again.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from transparency.core.errors import SnapshotExistsError, StoreError
from transparency.core.files import naming, write_file
from transparency.core.vocabulary import Finding

IN_FLIGHT_FILE = "in_flight.json"
STAGING_PREFIX = ".staging-"
RESTORE = "Restore it from a copy: what is published is never edited, only revised."

_REVISION_NAME = re.compile(r"\d{4}-\d{2}-\d{2}_r[1-9]\d*")
Built = TypeVar("Built")


def revision_name(as_at: date, revision: int) -> str:
    """The name of a folder, `<as_at>_r<n>`."""
    return f"{as_at.isoformat()}_r{revision}"


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# ---------------------------------------------------------------- reading


def published_folders(top: Path) -> tuple[Path, ...]:
    """The published folders of every name, without looking inside; what else lies among them is ignored (`strays`)."""
    return tuple(entry for entry in _entries(top) if _is_published(entry))


def strays(top: Path) -> list[Path]:
    """What lies among the published folders and is neither one of them nor a writer's."""
    return [
        *(path for path in _named(top) if not path.is_dir()),
        *(entry for entry in _entries(top) if not _is_published(entry)),
    ]


def revisions_of(top: Path, name: str) -> list[Path]:
    """The published folders of one name, oldest first."""
    return sorted((path for path in published_folders(top) if path.parent.name == name), key=_order)


def record_bytes(record: Mapping[str, Any]) -> bytes:
    """The bytes of a record's file: the record with its hash."""
    digest = hashlib.sha256(json.dumps(record, ensure_ascii=False).encode()).hexdigest()
    return (json.dumps({**record, "record_sha256": digest}, ensure_ascii=False, indent=2) + "\n").encode()


def read_record(path: Path, build: Callable[[dict[str, Any]], Built]) -> Built:
    """What `build` makes of the record at `path`; raises StoreError when it is not as it was written."""
    where = "/".join(path.parts[-4:-1])
    try:
        written = path.read_bytes()
        record = json.loads(written)
        del record["record_sha256"]
        built = build(record)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{where}: {path.name} cannot be read ({error}). {RESTORE}") from error
    if written != record_bytes(record):
        raise StoreError(f"{where}: {path.name} is not as it was written. {RESTORE}")
    return built


def unreadable_record(file: str, error: StoreError) -> Finding:
    """The finding of an error of `read_record`, whose message ends with the remedy."""
    return Finding(file, None, None, None, str(error).removesuffix(f". {RESTORE}"), RESTORE)


def altered(where: str, folder: Path, sha256_by_file: Mapping[str, str], remedy: str) -> list[Finding]:
    """The files whose bytes are not those that were published."""
    findings = []
    for name, digest in sha256_by_file.items():
        try:
            if sha256_of(folder / name) == digest:
                continue
            rule = "the bytes are not those that were published"
        except OSError as error:
            rule = f"the file cannot be read ({error.strerror})"
        findings.append(Finding(f"{where}/{name}", None, None, None, rule, remedy))
    return findings


def staging_areas(top: Path) -> list[Path]:
    """The hidden folders of writers at work, or stopped."""
    return [path for path in top.iterdir() if path.name.startswith(STAGING_PREFIX)]


# ---------------------------------------------------------------- writing


@contextmanager
def staging_area(top: Path, on_wait: Callable[[], None] = lambda: None) -> Iterator[Path]:
    """Hold the lock on `top` and lend a new hidden folder to write `<name>/<as_at>_r<n>/` in.

    `on_wait` is called once if another writer holds the lock. What a stopped writer left is cleared first; the folder
    itself is cleared at the end, whatever happened.
    """
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


def finish(folder: Path, record_file: str, record: Mapping[str, Any]) -> None:
    """Write the record of a staged folder, and flush it to disk, complete."""
    write_file(folder / record_file, record_bytes(record))
    for path in (*folder.iterdir(), folder, folder.parent, folder.parent.parent):
        _flush(path)


def put_in_place(top: Path, area: Path, folders: Sequence[Path]) -> tuple[Path, ...]:
    """Publish folders of the staging area together.

    Raises SnapshotExistsError, with nothing published, when one of them is already there.
    """
    places = [top / folder.relative_to(area) for folder in folders]
    for place in places:
        if place.exists():
            raise SnapshotExistsError(f"{place.parent.name} {place.name} is already published.")
    in_flight = area / IN_FLIGHT_FILE
    write_file(in_flight, json.dumps([str(place.relative_to(top)) for place in places]).encode())
    for path in (in_flight, area, top):
        _flush(path)
    for folder, place in zip(folders, places, strict=True):
        place.parent.mkdir(exist_ok=True)
        folder.rename(place)
        _flush(place.parent)
    _flush(top)
    in_flight.unlink()
    _flush(area)
    return tuple(places)


# ---------------------------------------------------------------- parts


def _named(top: Path) -> list[Path]:
    """The folders of each name, and whatever else lies beside them, but for those of writers."""
    if not top.is_dir():
        return []
    return sorted(path for path in top.iterdir() if not path.name.startswith(STAGING_PREFIX))


def _entries(top: Path) -> Iterator[Path]:
    """What lies in the folders of each name and is not just being put there."""
    in_flight = {path for area in staging_areas(top) for path in _in_flight(top, area)} if top.is_dir() else set()
    for named in _named(top):
        if named.is_dir():
            yield from (entry for entry in sorted(named.iterdir()) if entry not in in_flight)


def _is_published(entry: Path) -> bool:
    return bool(_REVISION_NAME.fullmatch(entry.name)) and entry.is_dir() and not entry.parent.name.startswith(".")


def _order(folder: Path) -> tuple[str, int]:
    as_at, _, revision = folder.name.partition("_r")
    return as_at, int(revision)


def _in_flight(top: Path, area: Path) -> list[Path]:
    """The folders a writer has begun to put in place and not yet published."""
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
        with naming(path):
            os.fsync(handle)
    finally:
        os.close(handle)
