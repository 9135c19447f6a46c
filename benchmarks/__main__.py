"""Every benchmark in turn, each as a separate process: `make bench`, or `python -m benchmarks NAME …`.

After them docs/performance.md is written anew from what they and earlier runs found.
"""

from __future__ import annotations

import subprocess
import sys

BENCHMARKS = (
    "setup",
    "interaction",
    "first_content",
    "plain",
    "growth",
    "publishing",
    "memory",
    "soak",
    "lookup",
    "map",
    "handouts",
    "export",
    "import_dwo",
    "postcodes",
    "kills",
    "suite",
)


def main(names: list[str]) -> int:
    """Run those named, or all; the number of those that failed."""
    unknown = sorted(set(names) - set(BENCHMARKS))
    if unknown:
        print(f"No benchmark is called {', '.join(unknown)}. There are: {', '.join(BENCHMARKS)}.", file=sys.stderr)
        return 2
    failed = 0
    for name in (*(names or BENCHMARKS), "performance"):
        print(f"\n== {name}", flush=True)
        failed += subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
