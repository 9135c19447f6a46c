"""How long, and with how much memory, the monthly workbook is imported: at its real size and at five times that.

    python -m benchmarks.import_dwo [--times 1 5]

Each import runs in a process of its own, into a new store with the embedded reference tables, from a workbook made
by `make_dwo_workbook.py`. Then the same workbook is imported again (nothing may be written), one with a restated
month, and the store is opened. Memory is the largest the process ever held; seconds of the processor are told beside
those of the clock, because other work on the machine lengthens the latter.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks.figures import Figure, keep
from demo.months import FULL_ACTIVITY_ROWS, FULL_STRENGTH_ROWS, invent

from transparency.core.project import EMBEDDED_DATA
from transparency.store.reference import SUMS_FILE, reference_sums

RESTATED = date(2024, 3, 1)


def prepare(folder: Path, times: int) -> tuple[Path, Path, Path]:
    """A demonstration store without snapshots, a workbook, and one that restates a month."""
    store = folder / "store"
    shutil.copytree(EMBEDDED_DATA / "reference", store / "reference")
    (store / "store.json").write_text('{"is_demonstration": true}\n', encoding="utf-8")
    workbooks = folder / "first.xlsx", folder / "restated.xlsx"
    for path, restated in zip(workbooks, ((), (RESTATED,)), strict=True):
        made = invent(
            EMBEDDED_DATA / "reference",
            strength_rows=FULL_STRENGTH_ROWS,
            activity_rows=FULL_ACTIVITY_ROWS,
            parts=times,
            restated=restated,
        )
        made.write_xlsx(path)
    made.write_aliases(store / "reference" / "team_aliases.csv")
    (store / "reference" / SUMS_FILE).write_text(reference_sums(store), encoding="utf-8")
    return store, *workbooks


def measured(what: str, store: Path, *arguments: str) -> dict[str, float]:
    """Run one step in a process of its own; its seconds of clock and processor, megabytes and the months it wrote."""
    command = [sys.executable, "-m", "benchmarks.import_dwo", "--step", what, str(store), *arguments]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def step(what: str, store: Path, *arguments: str) -> None:
    from transparency.publishing.import_workbook import import_dwo
    from transparency.store.database import open_store

    start = time.perf_counter()
    months = 0
    if what == "import":
        outcome = import_dwo(store, [Path(argument) for argument in arguments])
        assert not outcome.is_refused, [str(finding) for finding in outcome.findings[:5]]
        months = sum(change.is_written for change in outcome.changes)
    else:
        open_store(store)
    seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_SELF)
    processor = used.ru_utime + used.ru_stime
    megabytes = used.ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "processor": processor, "megabytes": megabytes, "months": months}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, nargs="*", default=[1, 5])
    parser.add_argument("--step", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    if arguments.step:
        what, store, *rest = arguments.step
        step(what, Path(store), *rest)
        return
    kept = []
    print(f"{'rows':>18}  {'step':28} {'seconds':>8} {'processor':>10} {'MB':>6} {'months written':>15}")
    for times in arguments.times:
        with tempfile.TemporaryDirectory() as folder:
            store, first, restated = prepare(Path(folder), times)
            size = f"{FULL_STRENGTH_ROWS * times:,} + {FULL_ACTIVITY_ROWS * times:,}"
            for label, what, files in (
                (f"import {first.stat().st_size / 1e6:.1f} MB", "import", [str(first)]),
                ("import again", "import", [str(first)]),
                ("import, one month restated", "import", [str(restated)]),
                ("open the store, with checks", "open", []),
            ):
                got = measured(what, store, *files)
                kept += [
                    Figure(f"{size} rows: {label}", got["seconds"], "s"),
                    Figure(f"{size} rows: {label}, memory", got["megabytes"], "MB"),
                ]
                print(
                    f"{size:>18}  {label:28} {got['seconds']:8.2f} {got['processor']:10.2f} "
                    f"{got['megabytes']:6.0f} {got['months']:15.0f}"
                )
    keep("import_dwo", kept)


if __name__ == "__main__":
    main()
