"""The two files that hold everything, written anew for each version of the data, do not fill the disk."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from transparency.core.errors import StoreError
from transparency.store.database import open_store
from transparency.store.store import Store
from transparency.web import data


def test_those_of_versions_long_replaced_are_cleared_away(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(store: Store, folder: Path) -> None:
        (folder / "transparency.zip").write_text(store.data_version)

    monkeypatch.setattr(data, "write_everything", write)
    store = open_store(city)
    folders = []
    for number in range(5):
        object.__setattr__(store, "data_version", f"{number:012x}")
        folders.append(data._everything(store))
    assert [folder.is_dir() for folder in folders] == [False, False, True, True, True]
    assert data._everything(store) == folders[-1]


def test_a_disk_that_is_full_is_told_and_nothing_half_written_stays(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(store: Store, folder: Path) -> None:
        (folder / "transparency.zip").write_text("half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(data, "write_everything", fail)
    before = set(Path(data._folder().name).iterdir())
    with pytest.raises(StoreError, match="The files with everything cannot be written now: No space left on device"):
        data._everything(open_store(city))
    assert set(Path(data._folder().name).iterdir()) <= before
