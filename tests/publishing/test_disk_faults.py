"""Publishing on a disk that is full, and on one that cannot be written: real file systems, real commands.

They are mounted in a namespace of their own, which an administrator and most users may do and some machines forbid.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.small_city import staffing_csv

CAN_MOUNT = (
    sys.platform == "linux"
    and subprocess.run(
        ["unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"],
        capture_output=True,
        check=False,
    ).returncode
    == 0
)
pytestmark = pytest.mark.skipif(not CAN_MOUNT, reason="file systems cannot be mounted here")

# Copies a store to a file system of 4 MB and publishes into it with ever more room left, in bytes; prints for each
# attempt how much was left, how it ended, what it said, and what the store then holds.
FULL_DISK = """
import json, os, shutil, subprocess, sys
from pathlib import Path
from transparency.store.snapshots import list_snapshots
from transparency.store.write_once import staging_areas
from transparency.store.database import open_store

store, submission, mounted = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", mounted], check=True)
root = Path(shutil.copytree(store, mounted / "store"))
command = [sys.executable, "-m", "transparency", "publish", submission, "--dataset=staffing", "--as-at=2024-01-31"]
for left in (0, 4096, 12288, 40960, None):
    filler = mounted / "filler"
    filler.unlink(missing_ok=True)
    if left is not None:
        with filler.open("wb") as file:
            free = os.statvfs(mounted)
            file.write(bytes(free.f_bavail * free.f_bsize - left))
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"TRANSPARENCY_DATA": str(root)})
    print(json.dumps({
        "left": left, "ended": done.returncode, "said": done.stderr,
        "is_there": "2024-01-31" in {s.as_at.isoformat() for s in list_snapshots(root)},
        "left_over": len(staging_areas(root / "snapshots")),
        "opens": bool(open_store(root).data_version),
    }))
    if done.returncode == 0:
        break
"""

READ_ONLY = """
import os, subprocess, sys

store, submission = sys.argv[1:]
subprocess.run(["mount", "--bind", store, store], check=True)
subprocess.run(["mount", "-o", "remount,bind,ro", store], check=True)
os.environ["TRANSPARENCY_DATA"] = store
command = [sys.executable, "-m", "transparency"]
publish = ["publish", submission, "--dataset", "staffing", "--as-at", "2024-01-31"]
for arguments in (publish, ["check", *publish[1:]], ["release"], ["list"]):
    done = subprocess.run([*command, *arguments], capture_output=True, text=True)
    print(done.returncode, done.stderr.strip().replace("\\n", " / "))
"""


def in_a_namespace(script: str, *arguments: Path) -> str:
    command = ["unshare", "--map-root-user", "--mount", sys.executable, "-c", script, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def submission(tmp_path: Path) -> Path:
    path = tmp_path / "staffing.csv"
    path.write_bytes(staffing_csv({}))
    return path


def test_a_full_disk_refuses_a_publish_whole_and_takes_it_when_there_is_room(
    city: Path, submission: Path, tmp_path: Path
) -> None:
    (tmp_path / "mounted").mkdir()
    said = in_a_namespace(FULL_DISK, city, submission, tmp_path / "mounted")
    attempts = [json.loads(line) for line in said.splitlines()]
    assert {attempt["ended"] for attempt in attempts[:-1]} == {1}
    assert attempts[-1]["ended"] == 0
    for attempt in attempts:
        assert attempt["is_there"] == (attempt["ended"] == 0), attempt
        assert attempt["left_over"] == 0, attempt
        assert attempt["opens"]
        if attempt["ended"]:
            assert "No space left on device" in attempt["said"], attempt
            assert "Traceback" not in attempt["said"]


def test_a_file_system_that_cannot_be_written_is_told_and_can_be_read(city: Path, submission: Path) -> None:
    publish, check, release, listed = in_a_namespace(READ_ONLY, city, submission).splitlines()
    for refused in (publish, release):
        assert refused.startswith("1 ")
        assert "Read-only file system" in refused
        assert "Traceback" not in refused
    assert (check, listed) == ("0 ", "0 ")
