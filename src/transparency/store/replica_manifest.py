"""Releases: a published store as one list of files with their hashes, for those who serve copies of it.

`release.json` in the store's folder names every published file with its length and SHA-256, and the data version
they make together. It is replaced in one step by `transparency release`. Published files are written once, so a
copy made by the list is whole even while a publisher is writing: what is not on the list is not of the release.

    {"format": 1, "data_version": "…", "files": [{"path": "reference/boroughs.csv", "bytes": 2210, "sha256": "…"}]}
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from transparency.core.errors import StoreError
from transparency.core.files import replace_file
from transparency.store.holdings import RECORD_FILE, holdings
from transparency.store.reference import SUMS_FILE, reference_files
from transparency.store.snapshots import FILES, snapshot_folders
from transparency.store.write_once import sha256_of

MANIFEST_FILE = "release.json"
FORMAT = 1

_SHA256 = re.compile(r"[0-9a-f]{64}")
# The folders a store is made of, and the one file beside them: a release names nothing else.
_TOP = ("snapshots", "reference", "official")
_DECLARATION = "store.json"


@dataclass(frozen=True)
class ReleasedFile:
    """One file of a release: its path below the store's folder, its length in bytes and its SHA-256."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class StoreRelease:
    """A store as it is offered to replicas: its data version and every file, in the order of their paths."""

    data_version: str
    files: tuple[ReleasedFile, ...]

    @property
    def content(self) -> bytes:
        """The bytes of `release.json`."""
        record = {"format": FORMAT, "data_version": self.data_version, "files": [asdict(file) for file in self.files]}
        return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def published_files(root: Path) -> Iterator[Path]:
    """The files a store consists of, and nothing a publisher has not finished; raises StoreError without a store."""
    if not root.is_dir():
        raise StoreError(f"The store folder {root.name!r} does not exist or is not a folder.")
    reference = root / "reference"
    files = [root / _DECLARATION, reference / SUMS_FILE, *(reference_files(reference) if reference.is_dir() else ())]
    files += [folder / name for folder in snapshot_folders(root) for name in FILES]
    files += [kept.folder / name for kept in holdings(root) for name in (RECORD_FILE, *kept.sha256_by_file)]
    yield from (path for path in files if path.is_file())


def state_of(root: Path) -> str:
    """A short text that changes when a published file does: from names, lengths and times, without reading any.

    Raises StoreError, or OSError, where there is no store to look at.
    """
    digest = hashlib.sha256(str(root.resolve()).encode())
    for path in sorted(published_files(root)):
        seen = path.stat()
        digest.update(f"{path} {seen.st_size} {seen.st_mtime_ns} {seen.st_ino}\n".encode())
    return digest.hexdigest()


def make_release(root: Path, data_version: str) -> StoreRelease:
    """List the store's files with their hashes and put the list in place, in one step."""
    files = [
        ReleasedFile(path.relative_to(root).as_posix(), path.stat().st_size, sha256_of(path))
        for path in sorted(published_files(root))
    ]
    release = StoreRelease(data_version, tuple(files))
    replace_file(root / MANIFEST_FILE, release.content, is_flushed=True)
    return release


def read_release(content: bytes) -> StoreRelease:
    """The release that `content`, the bytes of a `release.json`, describes; raises StoreError for anything else."""
    try:
        record = json.loads(content)
        if record["format"] != FORMAT:
            raise ValueError(f"its format is {record['format']!r}, and this software reads {FORMAT}")
        files = tuple(
            ReleasedFile(str(file["path"]), int(file["bytes"]), str(file["sha256"])) for file in record["files"]
        )
        release = StoreRelease(str(record["data_version"]), files)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise StoreError(f"{MANIFEST_FILE} cannot be read: {error}") from error
    for file in files:
        if not _is_of_a_store(file.path) or not _SHA256.fullmatch(file.sha256) or file.bytes < 0:
            raise StoreError(f"{MANIFEST_FILE} names {file.path[:200]!r}, which is no file of a store.")
    if len({file.path for file in files}) != len(files):
        raise StoreError(f"{MANIFEST_FILE} names a file twice.")
    return release


def _is_of_a_store(path: str) -> bool:
    """Whether a path stays inside a store's folder and is one of those a store is made of."""
    parts = PurePosixPath(path).parts
    is_plain = "/".join(parts) == path and not any(part.startswith(".") or set(part) & {"\\", "\0"} for part in parts)
    return is_plain and (path == _DECLARATION or (len(parts) > 1 and parts[0] in _TOP))
