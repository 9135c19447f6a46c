"""A publisher killed at any moment, and two at once: real processes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.small_city import SOURCES, staffing_csv
from transparency.publishing.publish import Submission, Terms, publish
from transparency.publishing.verify import verify
from transparency.store.descriptors import dataset
from transparency.store.snapshots import list_snapshots
from transparency.store.write_once import staging_areas

# For each number it is given, makes a fresh copy of a store and forks a publisher that kills itself with
# SIGKILL when it touches the store for writing for that many-th time (0: never). Prints, for each, how it
# ended and what it had touched.
PUBLISHERS = """
import json, os, shutil, signal, sys
from pathlib import Path
import duckdb, pandas
from transparency.store.descriptors import dataset
from transparency.publishing.publish import Submission, Terms, publish

original, folder = Path(sys.argv[1]), Path(sys.argv[2])

def run(root, fatal_touch, touched):
    def count(event, arguments):
        if event not in {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree"}:
            return
        is_read = event == "open" and arguments[1] in ("r", "rb")
        if is_read or str(root) not in str(arguments[0]):
            return
        os.write(touched, f"{event} {Path(os.fsdecode(arguments[0])).name}\\n".encode())
        if touched_so_far[0] + 1 == fatal_touch:
            os.kill(os.getpid(), signal.SIGKILL)
        touched_so_far[0] += 1

    touched_so_far = [0]
    sys.addaudithook(count)
    submissions = [Submission(dataset(name), folder / f"{name}.csv") for name in ("sources", "staffing")]
    outcome = publish(root, submissions, Terms("2026-01-01"))
    os._exit(1 if outcome.is_refused else 0)

for fatal_touch in map(int, sys.argv[3:]):
    root = folder / f"killed-{fatal_touch}"
    shutil.copytree(original, root)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        run(root, fatal_touch, writing)
    os.close(writing)
    with os.fdopen(reading) as file:
        touches = file.read().splitlines()
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(json.dumps({"store": str(root), "ended": ended, "touches": touches}))
"""


@pytest.fixture
def submissions(tmp_path: Path) -> list[Submission]:
    """A source and a row that names it, to be published together."""
    header = SOURCES.splitlines()[0]
    (tmp_path / "sources.csv").write_text(f"{header}\nnew-police,City Police,New,,,facts only,police\n")
    (tmp_path / "staffing.csv").write_bytes(staffing_csv({"source_id": "new-police"}))
    return [Submission(dataset(name), tmp_path / f"{name}.csv") for name in ("sources", "staffing")]


def run_publishers(store: Path, folder: Path, *fatal_touches: int) -> list[dict[str, object]]:
    process = subprocess.run(
        [sys.executable, "-c", PUBLISHERS, str(store), str(folder), *map(str, fatal_touches)],
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in process.stdout.splitlines()]


def test_a_publisher_killed_at_any_moment_leaves_a_valid_store(
    demonstration: Path, submissions: list[Submission], tmp_path: Path
) -> None:
    (whole,) = run_publishers(demonstration, tmp_path, 0)
    touches = whole["touches"]
    assert whole["ended"] == 0
    assert isinstance(touches, list)
    begins = touches.index("open in_flight.json")
    # Every moment from the first touch of the published folders on; every fourth of the preparation.
    moments = [*range(1, begins, 4), *range(begins, len(touches) + 1)]
    before = {(s.dataset, s.name) for s in list_snapshots(demonstration)}
    after = before | {("sources", "2026-01-01_r1"), ("staffing", "2026-01-01_r1")}
    outcomes = []
    for killed in run_publishers(demonstration, tmp_path, *moments):
        assert killed["ended"] == -9
        root = Path(str(killed["store"]))
        names = {(s.dataset, s.name) for s in list_snapshots(root)}
        assert names in (before, after), killed["touches"]
        outcomes.append(names == after)
        result = verify(root)
        assert result.ok, [str(finding) for finding in result.findings]
        if names == before:
            assert not publish(root, submissions, Terms("2026-01-01")).is_refused
            assert {(s.dataset, s.name) for s in list_snapshots(root)} == after
            assert staging_areas(root / "snapshots") == []
    # There is one moment of publication: nothing before it, everything after it.
    assert outcomes == sorted(outcomes)
    assert set(outcomes) == {False, True}


def test_of_two_publishers_at_once_one_wins_and_the_other_is_told(
    demonstration: Path, submissions: list[Submission]
) -> None:
    arguments = [f"--file={item.dataset.name}={item.path}" for item in submissions]
    racing = [
        subprocess.Popen(
            [sys.executable, "-m", "transparency", "publish", *arguments, "--as-at", "2026-01-01"],
            env=os.environ | {"TRANSPARENCY_DATA": str(demonstration)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    told = {process.returncode: (out, err) for process in racing for out, err in [process.communicate(timeout=60)]}
    assert set(told) == {0, 1}
    assert "Published staffing 2026-01-01_r1: 1 row." in told[0][0]
    assert "staffing 2026-01-01_r1 is published already" in told[1][1]
    assert "add --revise --reason" in told[1][1]
    assert "Traceback" not in told[1][1]
    assert verify(demonstration).ok
