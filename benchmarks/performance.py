"""Writes docs/performance.md from what the benchmarks found (build/benchmarks/*.json).

    python -m benchmarks.performance

It measures nothing. Each benchmark keeps what it found last; the document says of each on what machine, how busy, when
and from which commit.
"""

from __future__ import annotations

import csv
import importlib
import json
from pathlib import Path
from typing import Any

from benchmarks.__main__ import BENCHMARKS
from benchmarks.figures import KEPT, ROOT, Figure

DOCUMENT = ROOT / "docs" / "performance.md"
HEAD = """# Performance

What was measured, against what, and the command that measures it again. `make bench` runs every benchmark and then
writes this document (`python -m benchmarks.performance`); it is made from what the benchmarks found last, not by hand.

Figures are medians where they are not said to be p95, the value that one in twenty exceeds. What is compared is
measured in the same run, in turn, so that a busy machine slows both: on such a machine the ratios hold and the times do
not. The load average stands under each table; where it is above the number of cores, times are longer than on a quiet
machine. How many of the mutants made of the code the tests find is in [mutation.md](mutation.md).

"""

# Why goals are missed: the benchmark, what the name of a figure has in it, the reason; the first that fits is given.
REASONS = Path(__file__).with_name("reasons.csv")
UNEXPLAINED = "No reason is known yet."


def missed_goals(every: list[tuple[str, Figure]]) -> str:
    """The goals missed, each below the reason it shares with others."""
    with REASONS.open(encoding="utf-8", newline="") as file:
        reasons = list(csv.DictReader(file))
    by_reason: dict[str, list[str]] = {}
    for name, figure in every:
        if figure.is_met is False:
            fitting = (row["reason"] for row in reasons if row["benchmark"] == name and row["figure"] in figure.what)
            line = f"- {name}: {figure.what}, {figure.words[2] or figure.words[1]}; the goal is {figure.goal}"
            by_reason.setdefault(next(fitting, UNEXPLAINED), []).append(line)
    listed = ["\n".join([why, "", *lines]) for why, lines in by_reason.items()]
    return "\n\n".join(listed) or "None."


def section(name: str, kept: dict[str, Any]) -> str:
    """One benchmark: what it is, its command, its table, and where it was run."""
    about = (importlib.import_module(f"benchmarks.{name}").__doc__ or "").strip().split("\n\n")
    rows = [" | ".join(Figure(**figure).words) for figure in kept["figures"]]
    machine = kept["machine"]
    libraries = ", ".join(f"{library} {version}" for library, version in machine["libraries"].items())
    parts = [
        f"## {name.replace('_', ' ').capitalize()}",
        " ".join(about[0].split()),
        "\n".join(f"    {line.strip()}" for line in about[1].splitlines()),
        "\n".join(["| what | figure | ratio | goal |", "|---|---|---|---|", *(f"| {row} |" for row in rows)]),
        kept["note"],
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB; Python {machine['python']}, "
        f"{libraries}; load average {machine['load_average']}; {machine['measured_on']}, commit {machine['commit']}.",
    ]
    return "\n\n".join(part for part in parts if part)


def main() -> None:
    found = {
        name: json.loads((KEPT / f"{name}.json").read_text(encoding="utf-8"))
        for name in BENCHMARKS
        if (KEPT / f"{name}.json").exists()
    }
    every = [(name, Figure(**figure)) for name, kept in found.items() for figure in kept["figures"]]
    missed = sum(figure.is_met is False for _, figure in every)
    goals = f"## Goals missed\n\n{missed_goals(every)}\n"
    sections = [section(name, kept) for name, kept in found.items()]
    DOCUMENT.write_text(HEAD + goals + "\n" + "\n\n".join(sections) + "\n", encoding="utf-8")
    print(f"{DOCUMENT.relative_to(ROOT)}: {len(found)} benchmarks, {missed} goals missed")


if __name__ == "__main__":
    main()
