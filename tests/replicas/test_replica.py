"""A replica copies what was released, verifies it, and only then makes it current: from a folder and over HTTP."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from typer.testing import CliRunner

from tests.replicas.test_renewal import flip_a_byte, looks
from tests.small_city import staffing_csv
from transparency.cli import app
from transparency.core.errors import StoreError
from transparency.store.current import Service
from transparency.store.database import open_store
from transparency.store.renewal import Renewal
from transparency.store.replica import Replica, source_at
from transparency.store.replica_manifest import MANIFEST_FILE, make_release, published_files, read_release
from transparency.store.write_once import IN_FLIGHT_FILE, STAGING_PREFIX

Publish = Callable[[Path, str], None]


class QuietHandler(SimpleHTTPRequestHandler):
    """A static server that keeps no log, and the paths it was asked for."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        super().do_GET()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def released(city: Path) -> Path:
    """The small city with its release written."""
    make_release(city, open_store(city).data_version)
    return city


@pytest.fixture
def address(released: Path) -> Iterator[str]:
    """Where a static server has the released city."""
    QuietHandler.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(QuietHandler, directory=str(released)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def replicating(source: str | Path, folder: Path) -> tuple[Renewal, Service]:
    service = Service()
    started = Renewal(Replica(source_at(str(source)), folder), service)
    started.begin()
    return started, service


def copies(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "releases").iterdir())


# ---------------------------------------------------------------- the release


def test_a_release_names_every_published_file_and_nothing_unfinished(city: Path) -> None:
    area = city / "snapshots" / f"{STAGING_PREFIX}working"
    (area / "staffing").mkdir(parents=True)
    (area / IN_FLIGHT_FILE).write_text('["staffing/2020-07-03_r1"]')
    (city / "downloads").mkdir()
    (city / "downloads" / "answer.json").write_text("{}")
    release = make_release(city, "0123456789ab")
    paths = [file.path for file in release.files]
    assert paths == sorted(paths)
    assert "store.json" in paths
    assert "reference/SHA256SUMS" in paths
    assert "snapshots/staffing/2018-04-18_r2/data.parquet" in paths
    assert not [path for path in paths if "2020-07-03" in path or "downloads" in path or path.startswith(".")]
    assert read_release((city / MANIFEST_FILE).read_bytes()) == release
    assert MANIFEST_FILE not in {path.name for path in published_files(city)}


def test_the_command_releases_a_good_store_and_refuses_a_damaged_one(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSPARENCY_DATA", str(city))
    done = CliRunner().invoke(app, ["release"])
    files = len(read_release((city / MANIFEST_FILE).read_bytes()).files)
    assert done.exit_code == 0
    assert done.output == f"Released data version {open_store(city).data_version}: {files} files in release.json.\n"
    before = (city / MANIFEST_FILE).read_bytes()
    flip_a_byte(city / "snapshots/staffing/2017-01-04_r1/data.parquet")
    refused = subprocess.run(
        [sys.executable, "-m", "transparency", "release"], capture_output=True, text=True, check=False
    )
    assert refused.returncode == 1
    assert "data.parquet: the bytes are not those that were published" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert (city / MANIFEST_FILE).read_bytes() == before


@pytest.mark.parametrize(
    "typed",
    [
        "publish january.csv --dataset staffing --as-at 2018-01-31",
        "import dwo january.csv",
        "import crime january.csv",
        "import postcodes january.csv",
        "fetch dwo --to workbook.xlsx",
        "fetch all",
        "release",
    ],
)
def test_a_replicas_copy_is_changed_by_no_command(released: Path, tmp_path: Path, typed: str) -> None:
    folder = tmp_path / "copy"
    replicating(released, folder)
    january = tmp_path / "january.csv"
    january.write_bytes(staffing_csv({}))
    before = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*"))
    done = subprocess.run(
        [sys.executable, "-m", "transparency", *typed.split()],
        env=os.environ | {"TRANSPARENCY_SOURCE": str(released), "TRANSPARENCY_DATA": str(folder)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "TRANSPARENCY_SOURCE is set, so this store is a replica's copy, which is never changed: nothing was written. "
        "Run the command where the store is published, and transparency release after it; or unset "
        "TRANSPARENCY_SOURCE to change the store that TRANSPARENCY_DATA names.\n"
    )
    assert sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*")) == before


FILE = {"path": "reference/boroughs.csv", "bytes": 1, "sha256": "0" * 64}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "cannot be read"),
        (b"[]", "cannot be read"),
        (b'{"format": 1, "data_version": "a", "fi', "cannot be read"),
        (json.dumps({"format": 2, "data_version": "a", "files": []}).encode(), "its format is 2"),
        *(
            (json.dumps({"format": 1, "data_version": "a", "files": [FILE | {"path": path}]}).encode(), "no file of")
            for path in (
                "../outside.csv",
                "/etc/passwd",
                "reference/../../outside",
                "reference/.hidden",
                "app.py",
                "reference",
                "reference//boroughs.csv",
                "reference\\..\\x",
                "",
            )
        ),
        (json.dumps({"format": 1, "data_version": "a", "files": [FILE | {"sha256": "ab"}]}).encode(), "no file of"),
        (json.dumps({"format": 1, "data_version": "a", "files": [FILE, FILE]}).encode(), "a file twice"),
    ],
)
def test_a_list_that_is_no_release_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        read_release(content)


# ---------------------------------------------------------------- copying


def test_a_replica_of_a_folder_serves_what_was_released(released: Path, tmp_path: Path) -> None:
    _, service = replicating(released, tmp_path / "replica")
    assert service.store().data_version == open_store(released).data_version
    assert (tmp_path / "replica" / "current").resolve() == service.store().root
    assert not service.store().root.is_relative_to(released)


def test_a_newer_release_is_taken_up_over_http_and_only_what_is_new_is_fetched(
    released: Path, address: str, tmp_path: Path, publish_day: Publish
) -> None:
    kept, service = replicating(address, tmp_path / "replica")
    before = service.store()
    publish_day(released, "2024-01-31")
    assert not looks(kept), "published, and not released yet"
    make_release(released, open_store(released).data_version)
    QuietHandler.asked.clear()
    assert looks(kept)
    assert service.store().data_version == open_store(released).data_version != before.data_version
    assert sorted(path for path in QuietHandler.asked if path != f"/{MANIFEST_FILE}") == [
        f"/snapshots/staffing/2024-01-31_r1/{name}" for name in ("data.parquet", "snapshot.json", "source.csv")
    ]
    assert before.rows("SELECT count(*) AS n FROM wards_2014") == [{"n": 9}]


def test_a_publisher_at_work_does_not_disturb_the_copying(released: Path, tmp_path: Path, publish_day: Publish) -> None:
    """Published after the release: of the folder, and not of the release."""
    publish_day(released, "2024-01-31")
    _, service = replicating(released, tmp_path / "replica")
    held = {snapshot.name for snapshot in service.store().snapshots}
    assert "2024-01-31_r1" not in held
    assert "2023-12-05_r1" in held


@pytest.mark.parametrize("fault", ["altered", "cut short", "missing", "another list"])
def test_a_release_that_is_not_whole_is_refused_and_nothing_of_it_stays(
    released: Path, address: str, tmp_path: Path, publish_day: Publish, fault: str
) -> None:
    kept, service = replicating(address, tmp_path / "replica")
    before, held = service.store(), copies(tmp_path / "replica")
    publish_day(released, "2024-01-31")
    make_release(released, open_store(released).data_version)
    new = released / "snapshots/staffing/2024-01-31_r1/data.parquet"
    whole = new.read_bytes()
    if fault == "altered":
        flip_a_byte(new)
    elif fault == "cut short":
        new.write_bytes(whole[:-1])
    elif fault == "missing":
        new.unlink()
    else:
        (released / MANIFEST_FILE).write_text('{"format": 1, "data_version": "x", "files": [')
    assert not looks(kept)
    assert service.store() is before
    assert service.refused is not None
    assert ("release.json" if fault == "another list" else "2024-01-31_r1/data.parquet") in service.refused.reason
    assert copies(tmp_path / "replica") == held
    assert (tmp_path / "replica" / "current").resolve() == before.root


def test_a_replica_starts_from_its_own_copy_when_the_source_is_away(
    released: Path, tmp_path: Path, publish_day: Publish
) -> None:
    replicating(released, tmp_path / "replica")
    released.rename(tmp_path / "away")
    kept, service = replicating(released, tmp_path / "replica")
    assert service.store().rows("SELECT count(*) AS n FROM wards_2014") == [{"n": 9}]
    assert not looks(kept)
    assert service.refused is not None
    assert service.refused.reason == "release.json cannot be read from 'city': No such file or directory."


def test_a_damaged_copy_is_made_anew_at_the_next_start(released: Path, tmp_path: Path) -> None:
    _, service = replicating(released, tmp_path / "replica")
    flip_a_byte(service.store().root / "reference/boroughs.csv")
    _, again = replicating(released, tmp_path / "replica")
    assert again.store().data_version == service.store().data_version
    assert again.refused is None
    assert open_store(again.store().root).data_version == service.store().data_version


def test_a_replica_with_no_source_and_no_copy_says_so(tmp_path: Path) -> None:
    _, service = replicating(tmp_path / "nowhere", tmp_path / "replica")
    with pytest.raises(StoreError, match=r"release\.json cannot be read from 'nowhere': No such file or directory"):
        service.store()


def test_a_folder_that_cannot_be_written_leaves_the_replica_as_it_is(
    released: Path, tmp_path: Path, publish_day: Publish
) -> None:
    kept, service = replicating(released, tmp_path / "replica")
    before = service.store()
    (tmp_path / "replica" / "releases").rename(tmp_path / "replica" / "elsewhere")
    (tmp_path / "replica" / "releases").write_text("a file where the folder was")
    publish_day(released, "2024-01-31")
    make_release(released, open_store(released).data_version)
    assert not looks(kept)
    assert service.store() is before
    assert service.refused is not None
    assert "File exists" in service.refused.reason
