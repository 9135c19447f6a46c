"""Official reference data stored beside the snapshots: ward boundaries and postcodes, each with its provenance.

Whoever runs the site brings them in; the project ships without them. Each import is a folder written once
(`write_once`),

    official/<name>/<as_at>_r<n>/       the files, and `holding.json`: what they are, from where, under which licence

`as_at` is the day of the import; the newest is used. What official services answered is kept by day in `downloads/`.
Nothing here is opened before it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from transparency.core.errors import StoreError
from transparency.core.vocabulary import Finding, today
from transparency.store import write_once
from transparency.store.records import read_record

FOLDER = "official"
DOWNLOADS = "downloads"
RECORD_FILE = "holding.json"
POSTCODES = "postcodes"
BOUNDARY_VINTAGES = (2014, 2022)

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


@dataclass(frozen=True)
class Import:
    """What is to become a holding: `write` makes its files in the folder it is given; the rest as in `Holding`."""

    name: str
    write: Callable[[Path], None]
    provenance: Provenance
    source_name: str
    source_sha256: str
    rows: int
    notes: tuple[str, ...]


def boundaries_name(vintage: int) -> str:
    """The name that boundaries of a ward set are stored under."""
    return f"boundaries_{vintage}"


def holdings(root: Path) -> tuple[Holding, ...]:
    """The newest holding of each name; raises StoreError where a record cannot be read."""
    names = dict.fromkeys(folder.parent.name for folder in write_once.published_folders(root / FOLDER))
    found = (newest_holding(root, name) for name in names)
    return tuple(holding for holding in found if holding is not None)


def newest_holding(root: Path, name: str) -> Holding | None:
    """The newest holding called `name`, or None; raises StoreError where its record cannot be read."""
    folders = write_once.revisions_of(root / FOLDER, name)
    return read_holding(folders[-1]) if folders else None


def read_holding(folder: Path) -> Holding:
    """Read one record; raises StoreError when it is not as it was written."""
    return write_once.read_record(
        folder / RECORD_FILE, lambda record: read_record(Holding, record | {"folder": folder})
    )


def keep(root: Path, imports: Sequence[Import]) -> tuple[Holding, ...]:
    """Store imports as today's next holdings of their names, all of them or none."""
    top = root / FOLDER
    with write_once.staging_area(top) as area:
        folders = [_written(top, area, each) for each in imports]
        return tuple(read_holding(place) for place in write_once.put_in_place(top, area, folders))


def _written(top: Path, area: Path, new: Import) -> Path:
    as_at = today()
    earlier = [path for path in write_once.revisions_of(top, new.name) if path.name.startswith(as_at.isoformat())]
    revision = 1 + (int(earlier[-1].name.partition("_r")[2]) if earlier else 0)
    folder = area / new.name / write_once.revision_name(as_at, revision)
    folder.mkdir(parents=True)
    new.write(folder)
    record = {
        "name": new.name,
        "as_at": as_at.isoformat(),
        "revision": revision,
        "provenance": asdict(new.provenance),
        "source_name": new.source_name,
        "source_sha256": new.source_sha256,
        "rows": new.rows,
        "notes": list(new.notes),
        "sha256_by_file": {path.name: write_once.sha256_of(path) for path in sorted(folder.iterdir())},
    }
    write_once.finish(folder, RECORD_FILE, record)
    return folder


def verify_holdings(root: Path, on_step: Callable[[str], None] = lambda step: None) -> list[Finding]:
    """Every holding whose record or bytes are not those that were written."""
    findings = []
    for folder in write_once.published_folders(root / FOLDER):
        where = f"{FOLDER}/{folder.parent.name}/{folder.name}"
        on_step(where)
        try:
            holding = read_holding(folder)
        except StoreError as error:
            findings.append(write_once.unreadable_record(f"{where}/{RECORD_FILE}", error))
            continue
        findings += write_once.altered(where, folder, holding.sha256_by_file, _RESTORE)
    return findings


def answers_folder(root: Path, service: str, run: str) -> Path:
    """Where the answers of a service are kept, by the day they came."""
    folder = root / DOWNLOADS / service / run
    folder.mkdir(parents=True, exist_ok=True)
    return folder
