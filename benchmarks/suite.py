"""How long the tests take, and whether they pass, alone and beside busy processes.

    python -m benchmarks.suite [--busy 0] [--times 1]

Every test and the fast ones, by the commands of the README, in a fresh clone of the commit; or every test so many times
in a row beside so many processes that do nothing but count. What was found alone and what was found beside them stand
in one table; a run replaces its own. Exits with 1 where one fails.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figures import ROOT, Figure, found, keep

OFFICIAL_FILES = ROOT.parent / "shared"
COUNTING = "while True: pass"
MOST_S = {"test": 600, "test-fast": 120}
BESIDE = "beside"


@contextmanager
def busy(count: int) -> Iterator[None]:
    """So many processes that each take what they can of a processor."""
    counting = [subprocess.Popen([sys.executable, "-c", COUNTING]) for _ in range(count)]
    try:
        yield
    finally:
        for process in counting:
            process.kill()
            process.wait()


def seconds(target: str, folder: Path) -> tuple[float, bool]:
    """How long `make` takes for a target, and whether it passed."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    started = time.perf_counter()
    done = subprocess.run(["make", target], cwd=folder, env=environment, check=False)
    return time.perf_counter() - started, done.returncode == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--busy", type=int, default=0)
    parser.add_argument("--times", type=int, default=1)
    asked = parser.parse_args()
    beside = f", {BESIDE} {asked.busy} busy processes" if asked.busy else ""
    figures, failed = [], 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "clone"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
        if OFFICIAL_FILES.exists():  # which some tests read, and which no clone has
            (folder.parent / OFFICIAL_FILES.name).symlink_to(OFFICIAL_FILES)
        seconds("setup-dev", folder)
        with busy(asked.busy):
            for target, most in {"test": None}.items() if asked.busy else MOST_S.items():
                for time_of_it in range(1, asked.times + 1):
                    took, passed = seconds(target, folder)
                    failed += not passed
                    words = f"make {target}{beside}, run {time_of_it}: {'passed' if passed else 'FAILED'}"
                    figures.append(Figure(words, took, "s", at_most=most))
    others = [figure for figure in found("suite") if (BESIDE in figure.what) != bool(asked.busy)]
    keep("suite", [*figures, *others] if asked.busy == 0 else [*others, *figures])
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
