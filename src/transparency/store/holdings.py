"""Official reference data stored beside the snapshots: ward boundaries and postcodes, each with its provenance.

Whoever runs the site brings them in; the project ships without them. Each import is kept as

    official/<name>/<as_at>_r<n>/       the files, and `holding.json`: what they are, from where, under which licence

`as_at` is the day of the import. A holding is written in a hidden folder and renamed to its place, complete, and
never altered: a later import is the next one, and the newest is used. What official services answered is kept by
day in `downloads/`. Nothing here is opened before it is asked for.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from transparency.core.errors import StoreError
from transparency.core.vocabulary import Finding, today
from transparency.store.snapshots import STAGING_PREFIX, sha256_of, snapshot_name

FOLDER = "official"
DOWNLOADS = "downloads"
RECORD_FILE = "holding.json"
POSTCODES = "postcodes"
BOUNDARY_VINTAGES = (2014, 2022)

_NAME = re.compile(r"(?P<as_at>\d{4}-\d{2}-\d{2})_r(?P<revision>[1-9]\d*)")
_RESTORE = "Import it again, or restore it from a copy: a holding is never edited."


@dataclass(frozen=True)
class Provenance:
    """What an official file is and the words its licence asks for; `edition` is None where the file does not say."""

    title: str
    publisher: str
    url: str | None
    licence: str
    attribution: str
    edition: str | None


@dataclass(frozen=True)
class Holding:
    """One import: its provenance, the name of the file read, rows kept, notes made, and the SHA-256 of its files."""

    name: str
    as_at: date
    revision: int
    provenance: Provenance
    source_name: str
    source_sha256: str
    rows: int
    notes: tuple[str, ...]
    sha256_by_file: dict[str, str]
    folder: Path

    @property
    def edition_words(self) -> str:
        """The edition of the file, or the day it was imported on where it does not say."""
        return self.provenance.edition or f"imported {self.as_at.day} {self.as_at:%B %Y}"


def boundaries_name(vintage: int) -> str:
    """The name under which the boundaries of a ward set are stored."""
    return f"boundaries_{vintage}"


def holdings(root: Path) -> tuple[Holding, ...]:
    """The newest holding of each name; raises StoreError where a record cannot be read."""
    top = root / FOLDER
    if not top.is_dir():
        return ()
    found = (newest_holding(root, path.name) for path in sorted(top.iterdir()))
    return tuple(holding for holding in found if holding is not None)


def newest_holding(root: Path, name: str) -> Holding | None:
    """The newest holding called `name`, or None; raises StoreError where its record cannot be read."""
    folders = _folders(root / FOLDER / name)
    return read_holding(folders[-1]) if folders else None


def read_holding(folder: Path) -> Holding:
    """Read one record; raises StoreError when it is not as it was written."""
    where = f"{FOLDER}/{folder.parent.name}/{folder.name}"
    try:
        record = json.loads((folder / RECORD_FILE).read_bytes())
        written = record.pop("record_sha256")
        if written != _record_sha256(record):
            raise StoreError(f"{where}: {RECORD_FILE} is not as it was written. {_RESTORE}")
        return Holding(
            name=record["name"],
            as_at=date.fromisoformat(record["as_at"]),
            revision=record["revision"],
            provenance=Provenance(**record["provenance"]),
            source_name=record["source_name"],
            source_sha256=record["source_sha256"],
            rows=record["rows"],
            notes=tuple(record["notes"]),
            sha256_by_file=record["sha256_by_file"],
            folder=folder,
        )
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise StoreError(f"{where}: {RECORD_FILE} cannot be read ({fault}). {_RESTORE}") from fault


@contextmanager
def holding_area(root: Path, name: str) -> Iterator[Path]:
    """Lend a fresh hidden folder to write the files of a holding in; it is cleared whatever happens."""
    top = root / FOLDER / name
    top.mkdir(parents=True, exist_ok=True)
    area = Path(tempfile.mkdtemp(prefix=STAGING_PREFIX, dir=top))
    try:
        yield area
    finally:
        shutil.rmtree(area, ignore_errors=True)
        if not any(top.iterdir()):
            top.rmdir()


def keep(
    root: Path,
    name: str,
    area: Path,
    provenance: Provenance,
    source_name: str,
    source_sha256: str,
    rows: int,
    notes: Sequence[str],
) -> Holding:
    """Put the files written in `area` in place, with their record; call it inside `holding_area`."""
    as_at = today()
    taken = [place for place in _folders(root / FOLDER / name) if place.name.startswith(as_at.isoformat())]
    revision = 1 + max((_order(place)[1] for place in taken), default=0)
    record: dict[str, Any] = {
        "name": name,
        "as_at": as_at.isoformat(),
        "revision": revision,
        "provenance": asdict(provenance),
        "source_name": source_name,
        "source_sha256": source_sha256,
        "rows": rows,
        "notes": list(notes),
        "sha256_by_file": {path.name: sha256_of(path) for path in sorted(area.iterdir())},
    }
    written = record | {"record_sha256": _record_sha256(record)}
    text = json.dumps(written, ensure_ascii=False, indent=2) + "\n"
    (area / RECORD_FILE).write_text(text, encoding="utf-8")
    area.chmod(0o755)
    place = area.parent / snapshot_name(as_at, revision)
    area.rename(place)
    return read_holding(place)


def verify_holdings(root: Path, on_step: Callable[[str], None] = lambda step: None) -> list[Finding]:
    """Every holding whose record or bytes are not those that were written."""
    findings = []
    for top in sorted((root / FOLDER).glob("*")):
        for folder in _folders(top):
            where = f"{FOLDER}/{top.name}/{folder.name}"
            on_step(where)
            try:
                holding = read_holding(folder)
            except StoreError as fault:
                findings.append(Finding(f"{where}/{RECORD_FILE}", None, None, None, str(fault), _RESTORE))
                continue
            for name, published in holding.sha256_by_file.items():
                path = folder / name
                rule = "the bytes are not those that were imported" if path.exists() else "the file is missing"
                if not path.exists() or sha256_of(path) != published:
                    findings.append(Finding(f"{where}/{name}", None, None, None, rule, _RESTORE))
    return findings


def answers_folder(root: Path, service: str, run: str) -> Path:
    """Where the answers of a service are kept, by the day they came."""
    folder = root / DOWNLOADS / service / run
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _folders(top: Path) -> list[Path]:
    """The holdings of one name, oldest first."""
    if not top.is_dir():
        return []
    return sorted((path for path in top.iterdir() if _NAME.fullmatch(path.name)), key=_order)


def _order(folder: Path) -> tuple[str, int]:
    as_at, _, revision = folder.name.partition("_r")
    return as_at, int(revision)


def _record_sha256(record: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(record, ensure_ascii=False).encode()).hexdigest()
