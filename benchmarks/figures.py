"""What a benchmark found, kept as JSON in `build/benchmarks/` for `docs/performance.md` to be written from."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from transparency.core.project import EMBEDDED_DATA

ROOT = EMBEDDED_DATA.parent
KEPT = ROOT / "build" / "benchmarks"


@dataclass(frozen=True)
class Figure:
    """One measured number, with its ratio to a comparison and its goal, where there are such.

    `at_most` and `at_least` are the goal of the ratio where there is one, else of the value.
    """

    what: str
    value: float
    unit: str
    ratio: float | None = None
    of: str = ""
    at_most: float | None = None
    at_least: float | None = None

    @property
    def goal(self) -> str:
        unit = f"× {self.of}" if self.ratio is not None else self.unit
        if self.at_most is not None:
            return f"at most {self.at_most:g} {unit}"
        return "" if self.at_least is None else f"at least {self.at_least:g} {unit}"

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        held = self.value if self.ratio is None else self.ratio
        if self.at_most is not None:
            return held <= self.at_most
        return None if self.at_least is None else held >= self.at_least

    @property
    def words(self) -> tuple[str, str, str, str]:
        """What, the figure, the ratio and the goal, as they are printed and written."""
        ratio = "" if self.ratio is None else f"{shown(self.ratio)} × {self.of}"
        verdict = "" if self.is_met is None else ("; met" if self.is_met else "; MISSED")
        return self.what, f"{shown(self.value)} {self.unit}", ratio, self.goal + verdict


def shown(number: float) -> str:
    """Three significant digits, with a comma from a thousand on."""
    if abs(number) >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if abs(number) >= 10 else f"{number:.2f}"


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """The value that one in twenty exceeds (nearest rank)."""
    return sorted(values)[max(0, -(-95 * len(values) // 100) - 1)]


def resident_mb(process: int | None = None) -> float:
    """The memory a process holds now, in megabytes of 1,000,000 bytes; of this one where none is named."""
    text = Path(f"/proc/{process or os.getpid()}/status").read_text(encoding="utf-8")
    kilobytes = next(line.split()[1] for line in text.splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) * 1024 / 1e6


def machine() -> dict[str, Any]:
    """What the figures were measured on, and how busy it was."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(memory),
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in ("duckdb", "streamlit", "uvicorn", "starlette")},
        "commit": commit,
        "measured_on": date.today().isoformat(),
        "load_average": round(os.getloadavg()[0], 1),
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def found(name: str) -> list[Figure]:
    """What a benchmark found last; nothing where it has not been run here."""
    file = KEPT / f"{name}.json"
    if not file.exists():
        return []
    return [Figure(**figure) for figure in json.loads(file.read_text(encoding="utf-8"))["figures"]]


def keep(name: str, figures: Sequence[Figure], note: str = "") -> None:
    """Print the figures as a table and keep them under the benchmark's name."""
    rows = [figure.words for figure in figures]
    widths = [max(len(row[place]) for row in rows) for place in range(4)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    if note:
        print(note)
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    KEPT.mkdir(parents=True, exist_ok=True)
    kept = {"machine": machine(), "note": note, "figures": [asdict(figure) for figure in figures]}
    (KEPT / f"{name}.json").write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
