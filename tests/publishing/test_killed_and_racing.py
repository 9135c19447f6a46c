"""A publisher or an importer killed at any moment, and two at once.

What a process killed at a file operation leaves behind is the folder as it stands then, so one run gives the remains of
a kill at each of its operations (`tests.touching`). Real processes are killed too, at three of them; a hundred kills of
each command, with the official files, are `benchmarks/kills.py`.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.importers.boundary_files import geojson, rectangles
from tests.importers.dwo_files import files_in, write_workbook
from tests.small_city import SOURCES, staffing_csv
from tests.touching import standing_still
from transparency.publishing.import_edition import import_attitude, import_crime
from transparency.publishing.import_official import import_boundaries, import_postcodes
from transparency.publishing.import_workbook import import_dwo
from transparency.publishing.outcome import Outcome
from transparency.publishing.publish import Submission, Terms, publish
from transparency.store.database import open_store
from transparency.store.descriptors import dataset
from transparency.store.replica_manifest import published_files
from transparency.store.write_once import staging_area

Work = Callable[[Path], Outcome]


def submissions(folder: Path) -> list[Submission]:
    """A source and a row that names it, to be published together."""
    header = SOURCES.splitlines()[0]
    (folder / "sources.csv").write_text(f"{header}\nnew-police,City Police,New,,,facts only,police\n")
    (folder / "staffing.csv").write_bytes(staffing_csv({"source_id": "new-police"}))
    return [Submission(dataset(name), folder / f"{name}.csv") for name in ("sources", "staffing")]


def publishing(folder: Path, _root: Path) -> Work:
    files = submissions(folder)
    return lambda root: publish(root, files, Terms("2026-01-01"))


def importing_workbook(folder: Path, _root: Path) -> Work:
    workbook = write_workbook(folder / "DWO.xlsx")
    return lambda root: import_dwo(root, [workbook])


def importing_crime(folder: Path, _root: Path) -> Work:
    file = folder / "recent.csv"
    file.write_text(
        "WardName,WardCode,MajorText,MinorText,LookUp_BoroughName,202403,202404\nAbbey,E05900011,THEFT,ANY,Northbank,3,4\n"
    )
    return lambda root: import_crime(root, [file])


def importing_attitude(folder: Path, _root: Path) -> Work:
    file = folder / "PAS.csv"
    file.write_text(
        "Date,Survey,Borough,Measure,Proportion,MPS\n31/12/2023,PAS,Northbank,Contact ward officer,0.114,0.13\n"
    )
    return lambda root: import_attitude(root, file)


def importing_postcodes(folder: Path, _root: Path) -> Work:
    file = folder / "postcodes.csv"
    file.write_text("postcode,lat,lon,ward_code\nZA1 1AA,51.541,-0.121,E05900011\n")
    return lambda root: import_postcodes(root, file)


def importing_boundaries(folder: Path, root: Path) -> Work:
    """Into a store that holds postcodes, whose wards are found again by the new boundaries."""
    importing_postcodes(folder, root)(root)
    file = folder / "wards.geojson"
    file.write_bytes(geojson(rectangles()))
    return lambda root: import_boundaries(root, file)


def published(root: Path) -> dict[str, bytes]:
    """Every file that a reader of the store is given."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in published_files(root)}


@pytest.mark.parametrize(
    "prepare",
    [
        publishing,
        importing_workbook,
        importing_crime,
        importing_attitude,
        importing_postcodes,
        importing_boundaries,
    ],
    ids=lambda prepare: prepare.__name__,
)
def test_killed_at_any_moment_it_leaves_all_or_nothing_and_the_next_one_clears_up(
    demonstration: Path, tmp_path: Path, prepare: Callable[[Path, Path], Work]
) -> None:
    work = prepare(tmp_path, demonstration)
    before, files_before = published(demonstration), files_in(demonstration)
    states = standing_still(demonstration, tmp_path / "states", lambda: work(demonstration))
    after, files_after = published(demonstration), files_in(demonstration)
    assert after != before
    is_done = []
    for touch, state in states:
        seen = published(state)
        assert seen in (before, after), touch
        is_done.append(seen == after)
        if seen == before:
            last_before = state
    # There is one moment of publication: nothing before it, everything after it.
    assert is_done == sorted(is_done)
    assert set(is_done) == {False, True}
    # The last moment before it has the most to clear, and the same command again does all of its work there.
    assert not work(last_before).is_refused
    assert published(last_before) == after
    assert open_store(last_before).root == last_before
    for (touch, state), is_whole in zip(states, is_done, strict=True):
        for top in (state / "snapshots", state / "official"):
            if top.is_dir():
                with staging_area(top):
                    pass
        if state != last_before:
            assert files_in(state) == (files_after if is_whole else files_before), touch


# Warms up once and forks publishers, each the command as it is typed. Three are killed with SIGKILL, one after the
# other in the same store, as they touch it; then come two at once. Prints how each ended, what it said and what the
# store then held.
PUBLISHERS = """
import json, os, signal, sys, tempfile
from pathlib import Path
import duckdb, pyarrow
from tests.touching import touching
from transparency import cli
from transparency.publishing import publish
from transparency.store.snapshots import list_snapshots

root, command = Path(os.environ["TRANSPARENCY_DATA"]), sys.argv[1:]
deaths = ["open snapshot.json", "os.rename 2026-01-01_r1", "os.remove in_flight.json"]

def run(death):
    said = tempfile.TemporaryFile()
    child = os.fork()
    if child:
        return child, said
    def act(touch):
        if str(touch) == death:
            os.kill(os.getpid(), signal.SIGKILL)
    os.dup2(said.fileno(), 1)
    os.dup2(said.fileno(), 2)
    sys.argv = ["transparency", *command]
    with touching(root, act):
        cli.main()

def ended(child, said):
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    said.seek(0)
    return {"code": code, "said": said.read().decode(), "published": len(list_snapshots(root))}

for death in deaths:
    print(json.dumps(ended(*run(death))))
racing = [run(None), run(None)]
for child, said in racing:
    print(json.dumps(ended(child, said)))
"""


def test_after_killed_publishers_one_of_two_at_once_wins_and_the_other_is_told(
    demonstration: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSPARENCY_DATA", str(demonstration))
    before = len(list((demonstration / "snapshots").glob("*/*")))
    arguments = [f"--file={item.dataset.name}={item.path}" for item in submissions(tmp_path)]
    command = [sys.executable, "-c", PUBLISHERS, "publish", *arguments, "--as-at", "2026-01-01"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    *killed, first, second = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(each["code"], each["published"]) for each in killed] == [(-9, before)] * 3
    winner, told = sorted((first, second), key=lambda each: int(each["code"]))
    assert (winner["code"], told["code"]) == (0, 1)
    assert second["published"] == before + 2
    assert "Published staffing 2026-01-01_r1: 1 row." in winner["said"]
    assert "staffing 2026-01-01_r1 is published already" in told["said"]
    assert "add --revise --reason" in told["said"]
    assert "Traceback" not in told["said"]
