"""How long a submission of 9,000 rows takes to be checked and published, as a publisher types it.

    python -m benchmarks.publishing [--rounds 3]

A store of 9,000 invented wards with a year of monthly snapshots (grown_store.py) gets the next one: a CSV with a row
for each ward, through `transparency check` and `transparency publish`, each a process of its own, so that Python's
start and its imports are in the time. The same with one bad row is refused.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks.figures import Figure, keep, median
from benchmarks.grown_store import LAST_MONTH, SOURCE_ID, ward_codes, write_store

WARDS = 9000
MONTHS = 12
HEADER = (
    "ward_code",
    "as_at_precision",
    "dedicated_pcs",
    "dedicated_pcsos",
    "is_minimum",
    "basis",
    "evidence",
    "source_id",
)
AS_AT = date(2026, 11, 15)


def write_submission(path: Path, bad_count: str | None = None) -> None:
    """A row for each ward; with `bad_count` the last one says that many constables."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        codes = ward_codes(WARDS)
        for number, code in enumerate(codes):
            pcs = bad_count if bad_count and number == len(codes) - 1 else number % 4
            writer.writerow((code, "day", pcs, number % 3, "false", "posts", "demonstration", SOURCE_ID))


def seconds(store: Path, expected: int, *arguments: str) -> float:
    """How long a command takes on a store; fails where it does not end as expected."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "transparency", *arguments],
        env={**os.environ, "TRANSPARENCY_DATA": str(store)},
        capture_output=True,
        text=True,
        check=False,
    )
    took = time.perf_counter() - started
    if done.returncode != expected:
        raise SystemExit(f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store, good, bad = folder / "store", folder / "good.csv", folder / "bad.csv"
        write_store(store, WARDS, MONTHS, has_activity=False)
        write_submission(good)
        write_submission(bad, bad_count="two")
        to = ("--dataset", "staffing", "--as-at", AS_AT.isoformat(), "--coverage", "all_wards")
        snapshot = store / "snapshots" / "staffing" / f"{AS_AT}_r1"
        started, checked, refused, published = [], [], [], []
        for _ in range(asked.rounds):
            started.append(seconds(store, 0, "--help"))
            checked.append(seconds(store, 0, "check", str(good), *to))
            refused.append(seconds(store, 1, "publish", str(bad), *to))
            published.append(seconds(store, 0, "publish", str(good), *to))
            shutil.rmtree(snapshot)
    keep(
        "publishing",
        [
            Figure("the command itself (--help)", median(started), "s"),
            Figure("9,000 rows checked", median(checked), "s", at_most=2),
            Figure("9,000 rows with one that is wrong, refused", median(refused), "s", at_most=2),
            Figure("9,000 rows checked and published", median(published), "s", at_most=2),
        ],
        f"into a store of {WARDS:,} wards and {MONTHS} months to {LAST_MONTH}",
    )


if __name__ == "__main__":
    main()
