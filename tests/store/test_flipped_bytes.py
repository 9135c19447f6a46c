"""One byte flipped in any file of the store that is published here: it is refused, named, and never shown."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from transparency.core.errors import StoreError
from transparency.core.project import EMBEDDED_DATA
from transparency.store.database import altered_files, open_store
from transparency.store.reference import SUMS_FILE
from transparency.store.replica_manifest import published_files
from transparency.store.snapshots import RECORD_FILE, list_snapshots, read_snapshot
from transparency.store.write_once import RESTORE


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("flipped") / "data"
    for path in published_files(EMBEDDED_DATA):
        place = root / path.relative_to(EMBEDDED_DATA)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
    return root


def flip(path: Path, place: int) -> None:
    """Change one bit of the byte at a place; doing so again puts it back."""
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)
        file.seek(place)
        file.write(bytes([byte[0] ^ 1]))


def refusal(root: Path) -> str:
    with pytest.raises(StoreError) as refused:
        open_store(root)
    return str(refused.value)


def test_a_byte_flipped_in_a_record_is_refused_with_its_name_whatever_byte_it_is(copied: Path) -> None:
    records = [path for path in published_files(copied) if path.name == RECORD_FILE]
    assert len(records) == len(list_snapshots(EMBEDDED_DATA)) > 40
    for record in records:
        for place in (0, record.stat().st_size // 2, record.stat().st_size - 1):
            flip(record, place)
            with pytest.raises(StoreError) as refused:
                read_snapshot(record.parent)
            flip(record, place)
            assert record.relative_to(copied).parent.as_posix() in str(refused.value)
            assert RECORD_FILE in str(refused.value)
            assert str(refused.value).endswith(RESTORE)
    flip(records[0], 100)
    assert refusal(copied).endswith(RESTORE)
    flip(records[0], 100)


def test_a_byte_flipped_in_every_table_names_each_of_them_and_says_what_to_do(copied: Path) -> None:
    tables = [path for path in published_files(copied) if path.name not in (RECORD_FILE, SUMS_FILE)]
    snapshots = list_snapshots(copied)
    assert altered_files(copied, snapshots) == []
    for table in tables:
        flip(table, table.stat().st_size // 2)
    findings = altered_files(copied, snapshots)
    said = refusal(copied)
    for table in tables:
        flip(table, table.stat().st_size // 2)
    named = [path.relative_to(copied).as_posix().removeprefix("snapshots/") for path in tables]
    assert sorted(finding.file for finding in findings) == sorted(named)
    assert all(finding.remedy.startswith("Restore ") for finding in findings)
    assert f"fails {len(tables)} of its checks" in said
    assert altered_files(copied, snapshots) == []


@pytest.mark.parametrize(
    "name",
    [
        "snapshots/staffing/2017-12-28_r1/source.csv",
        "snapshots/staffing/2017-12-28_r1/data.parquet",
        "reference/wards_2022.csv",
        "reference/outlines_2022.geojson",
        "reference/postcode_wards.parquet",
        "reference/SHA256SUMS",
    ],
)
def test_one_flipped_byte_keeps_the_store_closed(copied: Path, name: str) -> None:
    flip(copied / name, 60)
    said = refusal(copied)
    flip(copied / name, 60)
    *_, folder, file = name.split("/")
    assert f"{folder}/{file}" in said
    assert "fails 1 of its checks" in said
    assert " from a copy" in said
