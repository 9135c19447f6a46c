"""What programs leave lying in a store's folders is ignored, with one warning that names it."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest

from tests.small_city import build_small_city
from transparency.publishing.publish import Submission, Terms, publish
from transparency.publishing.verify import verify
from transparency.store.database import open_store
from transparency.store.descriptors import dataset
from transparency.store.holdings import holdings
from transparency.store.replica_manifest import published_files
from transparency.store.snapshots import list_snapshots

SOURCE = "source_id,publisher,title,published_on,url,licence,kind\nnew-1,P,T,2016-05-04,,OGL,press\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_small_city(tmp_path_factory.mktemp("strays") / "city", is_demonstration=True)


@pytest.fixture
def city(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "city"))


def littered(root: Path) -> Path:
    """The store as a shared folder of other operating systems leaves it."""
    snapshot = root / "snapshots" / "sources" / "2025-12-31_r1"
    (root / "official" / "postcodes").mkdir(parents=True)
    (root / "snapshots" / "staffing" / "New folder").mkdir()
    (root / "snapshots" / "@eaDir" / "staffing").mkdir(parents=True)
    for folder in (
        *(root / "snapshots", root / "snapshots" / "staffing", snapshot, root / "reference"),
        *(root / "official", root / "official" / "postcodes"),
    ):
        for name in ("desktop.ini", "Thumbs.db", ".DS_Store"):
            (folder / name).write_bytes(b"")
    return root


def test_stray_files_are_ignored_with_one_warning(city: Path, caplog: pytest.LogCaptureFixture) -> None:
    published, files = list_snapshots(city), set(published_files(city))
    littered(city)
    with caplog.at_level(logging.WARNING, logger="uvicorn.error"):
        store = open_store(city)
    warning = (
        "city: warning: what lies in the store's folders and is no part of it is ignored ('snapshots/.DS_Store, "
        "snapshots/Thumbs.db, snapshots/desktop.ini, snapshots/@eaDir/staffing, snapshots/staffing/.DS_Store and "
        "15 more'). It can be removed."
    )
    assert [str(finding) for finding in store.findings] == [warning]
    assert caplog.messages == [warning]
    assert list_snapshots(city) == published
    assert holdings(city) == ()
    assert set(published_files(city)) == files


def test_a_store_with_stray_files_verifies_and_can_be_published_to(city: Path, tmp_path: Path) -> None:
    littered(city)
    path = tmp_path / "sources.csv"
    path.write_text(SOURCE, encoding="utf-8")
    outcome = publish(city, [Submission(dataset("sources"), path)], Terms("2026-01-02"))
    assert [(snapshot.dataset, snapshot.name) for snapshot in outcome.snapshots] == [("sources", "2026-01-02_r1")]
    rule = "what lies in the store's folders and is no part of it is ignored"
    assert [finding.rule for finding in outcome.findings] == [rule]
    assert [finding.rule for finding in verify(city).findings if finding.rule != rule] == []


def test_a_store_without_stray_files_warns_of_nothing(city: Path) -> None:
    assert open_store(city).findings == ()


def test_a_reference_table_that_is_not_vouched_for_is_still_refused(city: Path) -> None:
    sums = city / "reference" / "SHA256SUMS"
    lines = sums.read_text(encoding="utf-8").splitlines(keepends=True)
    sums.write_text("".join(line for line in lines if "boroughs.csv" not in line), encoding="utf-8")
    assert "reference/boroughs.csv" in {finding.file for finding in verify(city).findings}
