"""A hundred kills of a publish and of each import of an official file: what the store is after each of them.

    python -m benchmarks.kills [--kills 100] [--only crime]

Each command is run in processes forked from one that has read the program and, where that takes long, the file. A first
run is not killed: it gives the store as it is afterwards, which must open, the file operations there are and the time
they take. Half of the kills (SIGKILL) come at file operations, spread evenly over all there are; the others at moments
spread evenly over that time, wherever the process is then, so also within a library that writes a table. After each,
what a reader is given must be, byte for byte, the store before or the store after; the next writer must leave nothing
of the killed one; and the command again, every tenth time to its end, must give the store after.

The official files are those of `../shared/official` and `../shared/geo`; where one is not there, its import is left
out.
The monthly workbook is invented, since its publisher's file is not there.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import os
import select
import shutil
import signal
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType

import pyarrow.parquet as pq
from benchmarks.figures import Figure, keep
from demo.months import FULL_MONTHS, invent
from tests.importers.dwo_files import files_in
from tests.small_city import build_small_city
from tests.touching import Touch, touching

from transparency.core.project import EMBEDDED_DATA
from transparency.importers.teams import Register
from transparency.publishing import import_edition, import_official, import_workbook
from transparency.publishing.import_edition import CRIME_WARDS
from transparency.publishing.import_official import import_postcodes
from transparency.publishing.outcome import Outcome
from transparency.publishing.publish import Submission, Terms, publish
from transparency.store.database import open_store
from transparency.store.descriptors import dataset
from transparency.store.reference import SUMS_FILE, reference_sums
from transparency.store.replica_manifest import published_files
from transparency.store.write_once import staging_area

SHARED = EMBEDDED_DATA.parents[1] / "shared"
OFFICIAL = SHARED / "official"
WHOLE_REPEATS = 10  # of so many kills, one is followed by the whole command again
Work = Callable[[Path], Outcome]


@dataclass(frozen=True)
class Command:
    """A command with the store it begins with."""

    name: str
    store: Path
    work: Work


# ---------------------------------------------------------------- what is killed


def publishing(folder: Path) -> Command:
    store = folder / "city"
    in_a_fork(lambda: build_small_city(store))
    sources, staffing = folder / "sources.csv", folder / "staffing.csv"
    sources.write_text(
        "source_id,publisher,title,published_on,url,licence,kind\nnew,City Police,New,,,facts only,police\n"
    )
    staffing.write_text(
        "ward_code,as_at_precision,dedicated_pcs,dedicated_pcsos,is_minimum,basis,evidence,source_id\n"
        "E05900011,day,2,1,false,officers,confirmed,new\n"
    )
    files = [Submission(dataset(path.stem), path) for path in (sources, staffing)]
    return Command("publish", store, lambda root: publish(root, files, Terms("2026-01-01")))


def importing_dwo(folder: Path) -> Command:
    store = reference_alone(folder)
    (store / "store.json").write_text('{"is_demonstration": true}\n', encoding="utf-8")
    made = invent(EMBEDDED_DATA / "reference", first=FULL_MONTHS[1])
    made.write_xlsx(folder / "DWO.xlsx")
    made.write_aliases(store / "reference" / "team_aliases.csv")
    (store / "reference" / SUMS_FILE).write_text(reference_sums(store), encoding="utf-8")
    return Command("import dwo", store, lambda root: import_workbook.import_dwo(root, [folder / "DWO.xlsx"]))


def importing_crime(folder: Path) -> Command:
    official = pq.read_table(OFFICIAL / "mps_ward_crime_2010_2026" / "recorded-crime-ward.parquet", use_threads=False)
    path = folder / "crime.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(official.column_names)
        writer.writerows(zip(*official.to_pydict().values(), strict=True))
    read_once(import_edition, "read_crime", [path], Register.read(EMBEDDED_DATA).ward_codes(CRIME_WARDS))
    return Command("import crime", reference_alone(folder), lambda root: import_edition.import_crime(root, [path]))


def importing_attitude(folder: Path) -> Command:
    exported = (OFFICIAL / "mopac_public_attitude_2014_2023" / "PAS_buroughs.csv").read_text(encoding="utf-8-sig")
    path = folder / "PAS.csv"
    path.write_text(exported.replace(",", ".").replace(";", ","), encoding="utf-8")
    store = reference_alone(folder)
    return Command("import attitude", store, lambda root: import_edition.import_attitude(root, path))


def importing_postcodes(folder: Path) -> Command:
    path = OFFICIAL / "nspl_2021_2026" / "NSPL_NOV_2021_UK_SM_first_399.csv"
    return Command("import postcodes", reference_alone(folder), lambda root: import_postcodes(root, path))


def importing_boundaries(folder: Path) -> Command:
    """Into a store that holds postcodes, whose wards are found again."""
    store = importing_postcodes(folder)
    in_a_fork(lambda: store.work(store.store))
    path = SHARED / "geo" / "wards_2022.geojson"
    read_once(import_official, "read_boundaries", path)
    return Command("import boundaries", store.store, lambda root: import_official.import_boundaries(root, path))


COMMANDS = (
    publishing,
    importing_dwo,
    importing_crime,
    importing_attitude,
    importing_postcodes,
    importing_boundaries,
)


def reference_alone(folder: Path) -> Path:
    """The published reference tables and an empty list of snapshots."""
    store = folder / "store"
    shutil.copytree(EMBEDDED_DATA / "reference", store / "reference")
    (store / "snapshots").mkdir()
    return store


def read_once(module: ModuleType, reader: str, *arguments: object) -> None:
    """Read a file before the processes are forked: what reads it touches no store."""
    found = getattr(module, reader)(*arguments)
    setattr(module, reader, lambda *_: found)


# ---------------------------------------------------------------- killing


def in_a_fork(work: Callable[[], object], kill_after: float | None = None) -> int:
    """Work in a process of its own, killed after some seconds where they are given; how it ended.

    This process opens no database, since one does not outlive a fork.
    """
    child = os.fork()
    if child == 0:
        ended = 1
        try:
            work()
            ended = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(ended)
    if kill_after is not None:
        process = os.pidfd_open(child)
        if not select.select([process], [], [], kill_after)[0]:
            signal.pidfd_send_signal(process, signal.SIGKILL)
        os.close(process)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def whole(command: Command, root: Path) -> None:
    outcome = command.work(root)
    if outcome.is_refused:
        raise SystemExit("\n".join(str(finding) for finding in outcome.findings))


def killing_at(step: int) -> Callable[[Touch], None]:
    """Kills this process at its step-th file operation."""
    steps = itertools.count(1)

    def act(_touch: Touch) -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    return act


def published(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in published_files(root)}


def measured(command: Command, root: Path, told: Path) -> tuple[int, float]:
    """Run the command whole: how many file operations it makes in the store, and the seconds it takes."""

    def run() -> None:
        touches: list[Touch] = []
        started = time.perf_counter()
        with touching(root, touches.append):
            whole(command, root)
        told.write_text(f"{len(touches)} {time.perf_counter() - started}", encoding="utf-8")
        open_store(root)

    if in_a_fork(run):
        raise SystemExit(f"{command.name} does not succeed.")
    steps, seconds = told.read_text(encoding="utf-8").split()
    return int(steps), float(seconds)


def kill(command: Command, root: Path, step: int, moment: float | None) -> None:
    """Kill the command at a file operation, or at a moment; where it ends before that, at half of the time."""

    def run() -> None:
        with touching(root, killing_at(step)):
            whole(command, root)

    shutil.copytree(command.store, root)
    while in_a_fork(run, moment) != -signal.SIGKILL:
        if moment is None:
            raise SystemExit(f"{command.name} has no file operation {step}.")
        moment /= 2
        shutil.rmtree(root)
        shutil.copytree(command.store, root)


def killed(command: Command, folder: Path, kills: int) -> Counter[str]:
    """How many kills left the store old, new or broken."""
    after, root = Path(shutil.copytree(command.store, folder / "after")), folder / "killed"
    steps, seconds = measured(command, after, folder / "measured")
    old, new, old_files = published(command.store), published(after), files_in(command.store)
    at_steps = [1 + steps * number // (kills // 2) for number in range(kills // 2)]
    at_times = [seconds * (number + 0.5) / (kills - kills // 2) for number in range(kills - kills // 2)]
    found: Counter[str] = Counter(steps=steps)
    for number, (step, moment) in enumerate([*((s, None) for s in at_steps), *((0, m) for m in at_times)], start=1):
        kill(command, root, step, moment)
        found["kills"] += 1
        seen = published(root)
        state = "old" if seen == old else "new" if seen == new else "broken"
        for top in (root / "snapshots", root / "official"):
            if top.is_dir():
                with staging_area(top):
                    pass
        if state == "old" and files_in(root) != old_files:
            state = "broken"
        if state == "old" and number % WHOLE_REPEATS == 0:
            is_whole = in_a_fork(partial(whole, command, root)) == 0 and published(root) == new
            found["repeats" if is_whole else "broken"] += 1
        found[state] += 1
        shutil.rmtree(root)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--only", nargs="*", default=[], help="the names of some of the commands, such as crime")
    asked = parser.parse_args()
    figures = []
    for prepare in COMMANDS:
        if asked.only and not any(name in prepare.__name__ for name in asked.only):
            continue
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            try:
                command = prepare(folder)
            except FileNotFoundError as error:
                print(f"{prepare.__name__} is left out: {error}")
                continue
            found = killed(command, folder, asked.kills)
        told = f"{command.name} ({found['steps']} file operations)"
        figures += [
            Figure(f"{told}: killed", found["kills"], "kills"),
            Figure(f"{told}: store wholly old", found["old"], "stores"),
            Figure(f"{told}: store wholly new", found["new"], "stores"),
            Figure(f"{told}: whole again after a kill", found["repeats"], "runs"),
            Figure(f"{told}: broken", found["broken"], "stores", at_most=0),
        ]
        print(f"{told}: {dict(found)}", flush=True)
    keep("kills", figures)


if __name__ == "__main__":
    main()
