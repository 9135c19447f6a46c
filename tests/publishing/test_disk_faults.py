"""A disk that is full at each step, and one that cannot be written: real file systems and commands, and errors raised.

File systems are mounted in a namespace of their own, which an administrator and most users may do and some machines
forbid. One is given room for one more page or file each time, so that a command stops at every write it makes.
"""

from __future__ import annotations

import errno
import itertools
import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from tests.importers.boundary_files import geojson, rectangles
from tests.importers.dwo_files import files_in
from tests.small_city import staffing_csv
from tests.touching import MADE, Touch, touching
from transparency.core.files import told
from transparency.outlets import export
from transparency.publishing.publish import Submission, Terms, publish
from transparency.store.descriptors import dataset
from transparency.store.replica_manifest import make_release

CAN_MOUNT = (
    sys.platform == "linux"
    and subprocess.run(
        ["unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"],
        capture_output=True,
        check=False,
    ).returncode
    == 0
)
mounted = pytest.mark.skipif(not CAN_MOUNT, reason="file systems cannot be mounted here")

# Runs commands on a file system of their own, forked from one process that has read the program. For each command the
# room left is 0, 1, 2 … pages, then 0, 1, 2 … files, until it succeeds; then all is put back. Prints each attempt.
FULL_DISK = """
import json, os, shutil, subprocess, sys, tempfile
from pathlib import Path
import duckdb, pyarrow, shapely
from tests.importers.dwo_files import files_in
from transparency import cli
from transparency.importers import boundaries, postcodes
from transparency.publishing import import_official, publish

store, mounted = Path(sys.argv[1]), Path(sys.argv[2])
subprocess.run(["mount", "-t", "tmpfs", "none", mounted], check=True)
root = mounted / "store"
os.environ["TRANSPARENCY_DATA"] = str(root)

def run(command):
    said = tempfile.TemporaryFile()
    child = os.fork()
    if child == 0:
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
        sys.argv = ["transparency", *command]
        cli.main()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    said.seek(0)
    return code, said.read().decode()

def leave(pages=None, files=None):
    used = os.statvfs(mounted)
    size = "64m" if pages is None else f"{(used.f_blocks - used.f_bfree + pages) * used.f_frsize}"
    inodes = 100000 if files is None else used.f_files - used.f_ffree + files
    subprocess.run(["mount", "-o", f"remount,size={size},nr_inodes={inodes}", mounted], check=True)

for command, kinds in json.loads(sys.argv[3]):
    for kind in kinds:
        leave()
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(store, root)
        before = files_in(root)
        for room in range(200):
            leave(**{kind: room})
            code, said = run(command)
            print(json.dumps({
                "command": command, "kind": kind, "code": code, "said": said, "is_as_before": files_in(root) == before,
            }))
            if code == 0:
                break
"""

READ_ONLY = """
import os, subprocess, sys

store, submission = sys.argv[1:]
subprocess.run(["mount", "--bind", store, store], check=True)
subprocess.run(["mount", "-o", "remount,bind,ro", store], check=True)
os.environ["TRANSPARENCY_DATA"] = store
from transparency import cli
publish = ["publish", submission, "--dataset", "staffing", "--as-at", "2024-01-31"]
for arguments in (publish, ["check", *publish[1:]], ["release"], ["list"]):
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(writing, 2)
        sys.argv = ["transparency", *arguments]
        cli.main()
    os.close(writing)
    with os.fdopen(reading) as file:
        said = file.read()
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said.strip().replace("\\n", " / "))
"""


def in_a_namespace(script: str, *arguments: object) -> str:
    command = ["unshare", "--map-root-user", "--mount", sys.executable, "-c", script, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def submission(tmp_path: Path) -> Path:
    path = tmp_path / "staffing.csv"
    path.write_bytes(staffing_csv({}))
    return path


@mounted
def test_a_disk_full_at_any_write_is_told_in_one_line_and_nothing_is_lost(
    city: Path, submission: Path, tmp_path: Path
) -> None:
    (tmp_path / "wards.geojson").write_bytes(geojson(rectangles()))
    (tmp_path / "mounted").mkdir()
    commands = [
        (["publish", str(submission), "--dataset=staffing", "--as-at=2024-01-31"], ["pages", "files"]),
        (["import", "boundaries", str(tmp_path / "wards.geojson")], ["pages"]),
    ]
    said = in_a_namespace(FULL_DISK, city, tmp_path / "mounted", json.dumps(commands))
    attempts = [json.loads(line) for line in said.splitlines()]
    for attempt in attempts:
        assert attempt["code"] in (0, 1), attempt
        if attempt["code"] == 1:
            (line,) = attempt["said"].splitlines()
            assert f"{tmp_path / 'mounted' / 'store'}/" in line
            assert "No space left on device" in line
            assert "Make room on that disk and run the command again." in line
            assert attempt["is_as_before"], attempt
    stopped = {(one["command"][0], one["kind"]) for one in attempts if one["code"] == 1}
    succeeded = {(one["command"][0], one["kind"]) for one in attempts if one["code"] == 0}
    assert stopped == succeeded == {("publish", "pages"), ("publish", "files"), ("import", "pages")}


def failing_at(step: int) -> Callable[[Touch], None]:
    """Raises the error of a full disk at the step-th file that is made, opened for writing or moved."""
    steps = itertools.count(1)

    def fail(touch: Touch) -> None:
        if touch.event in MADE and next(steps) == step:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(touch.path))

    return fail


def test_an_error_at_any_step_of_a_publish_leaves_nothing_and_the_next_one_succeeds(
    city: Path, submission: Path
) -> None:
    before = files_in(city)
    for step in itertools.count(1):
        try:
            with touching(city, failing_at(step)):
                publish(city, [Submission(dataset("staffing"), submission)], Terms("2024-01-31"))
            break
        except OSError as error:
            assert told(error).startswith(f"{city}/")
            assert told(error).endswith("No space left on device. Make room on that disk and run the command again.")
        assert files_in(city) == before
    # The hidden folder, those in it (the inner one twice), submission, record, the list, and the move to its place.
    assert step - 1 == 8
    assert set(files_in(city)) - set(before) == {
        f"snapshots/staffing/2024-01-31_r1/{name}" for name in ("data.parquet", "snapshot.json", "source.csv")
    }


def test_an_export_and_a_release_that_the_disk_stops_leave_every_file_of_those_before_whole(
    city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "ProcessPoolExecutor", lambda *_, **__: ThreadPoolExecutor(1))
    out, addresses = tmp_path / "site", ["/assets/favicon.svg", "/robots.txt"]

    def again(version: str) -> None:
        day, known = date(2024, 1, 31), frozenset(addresses)
        export.write_addresses(city, out, "https://city.example", day, addresses, known)
        make_release(city, version)

    again("before")
    before = files_in(tmp_path)
    assert {"site/assets/favicon.svg", "site/robots.txt", "city/release.json"} <= set(before)
    for step in itertools.count(1):
        try:
            with touching(tmp_path, failing_at(step)):
                again("before" if step < 7 else "after")
            break
        except OSError as error:
            assert Path(error.filename).is_relative_to(tmp_path)
        assert files_in(tmp_path) == before
    assert step - 1 == 6  # each file is written beside the one before, and takes its place
    after = files_in(tmp_path)
    assert after.keys() == before.keys()
    assert {name for name in before if after[name] != before[name]} == {"city/release.json"}


@mounted
def test_a_file_system_that_cannot_be_written_is_told_and_can_be_read(city: Path, submission: Path) -> None:
    published, checked, released, listed = in_a_namespace(READ_ONLY, city, submission).splitlines()
    for refused in (published, released):
        assert refused.startswith(f"1 {city}/")
        assert "Read-only file system. Let that disk be written, or name another folder" in refused
        assert "Traceback" not in refused
    assert (checked, listed) == ("0 ", "0 ")
