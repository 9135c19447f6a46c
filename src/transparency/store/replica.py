"""A replica's own copy of a published store, taken from a shared folder or an HTTP(S) address.

    releases/<name>/    the files of one release, every hash verified; named after its `release.json`
    current             a link to the release in service, replaced by one rename

What an earlier copy has already is linked and not fetched again. A copy is made in a hidden folder; one that breaks
off, or has a byte that is not the one published, is thrown away, and `current` stays what it was.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import quote

from transparency.core.errors import StoreError
from transparency.importers.polite import PoliteClient
from transparency.store.replica_manifest import MANIFEST_FILE, ReleasedFile, read_release
from transparency.store.write_once import sha256_of

RELEASES = "releases"
CURRENT = "current"
_UNFINISHED = ".copying-"
_NAME_LENGTH = 16
_TRIES, _TIMEOUT_S, _BACKOFF_S, _REQUESTS_PER_SECOND = 3, 10.0, 0.5, 100.0


Read = Callable[[str], bytes]


def source_at(named: str) -> Read:
    """What reads a file by its path in the store at a folder, or at an address that begins with http:// or https://.

    It raises StoreError where the file cannot be read.
    """
    if named.startswith(("http://", "https://")):
        client = PoliteClient(_REQUESTS_PER_SECOND, _TIMEOUT_S, _BACKOFF_S, _TRIES)
        return partial(_read_address, client, named.rstrip("/"))
    return partial(_read_folder, Path(named))


def _read_address(client: PoliteClient, address: str, path: str) -> bytes:
    url = f"{address}/{quote(path)}"
    content = client.content(url)
    if content is None:
        raise StoreError(f"{url} does not exist.")
    return content


def _read_folder(root: Path, path: str) -> bytes:
    try:
        return (root / path).read_bytes()
    except OSError as error:
        raise StoreError(f"{path} cannot be read from {root.name!r}: {error.strerror}.") from error


class Replica:
    """The copies below `folder` of what is released where `read` reads."""

    def __init__(self, read: Read, folder: Path) -> None:
        self._read = read
        self._folder = folder
        self._offered: tuple[str, bytes] = ("", b"")

    def state(self) -> str:
        """The name of the release offered now."""
        manifest = self._read(MANIFEST_FILE)
        self._offered = hashlib.sha256(manifest).hexdigest()[:_NAME_LENGTH], manifest
        return self._offered[0]

    def kept(self) -> tuple[str, Path] | None:
        """The release that is current here, by name and folder, or None before the first."""
        current = self._folder / CURRENT
        return (current.resolve().name, current.resolve()) if current.is_dir() else None

    def fetch(self, name: str) -> Path:
        """A whole and verified copy of the release offered under `name`.

        Raises StoreError or ImportRefusedError where it cannot be had, and OSError where it cannot be kept.
        """
        offered, manifest = self._offered
        if offered != name:
            raise StoreError(f"The release {name} is no longer offered.")
        release = read_release(manifest)
        top = self._folder / RELEASES
        top.mkdir(parents=True, exist_ok=True)
        for left_over in top.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(left_over)
        unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=top))
        try:
            before = self.kept()
            for file in release.files:
                self._fetch_file(file, unfinished, before[1] if before else None)
            (unfinished / MANIFEST_FILE).write_bytes(manifest)
            unfinished.chmod(0o755)
            os.sync()
            place = top / name
            if place.exists():
                # A copy of the same release that was found damaged: this one takes its place.
                place.rename(top / f"{_UNFINISHED}{name}")
            unfinished.rename(place)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        return place

    def keep(self, place: Path) -> None:
        """Make a fetched release the current one, by one rename."""
        link = self._folder / f".{CURRENT}"
        link.unlink(missing_ok=True)
        link.symlink_to(Path(RELEASES) / place.name, target_is_directory=True)
        link.replace(self._folder / CURRENT)

    def forget(self, place: Path) -> None:
        """Remove the copy of a release that nobody reads any more."""
        before = self.kept()
        if before is None or before[1] != place:
            shutil.rmtree(place, ignore_errors=True)

    def _fetch_file(self, file: ReleasedFile, unfinished: Path, before: Path | None) -> None:
        target = unfinished / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        here = before / file.path if before else None
        if here is not None and here.is_file() and sha256_of(here) == file.sha256:
            os.link(here, target)
            return
        content = self._read(file.path)
        if len(content) != file.bytes or hashlib.sha256(content).hexdigest() != file.sha256:
            raise StoreError(f"{file.path} is not the file that was released: {len(content):,} bytes came.")
        target.write_bytes(content)
