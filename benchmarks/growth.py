"""How the product grows: the store of facts, stores of more months and of more wards: opening, memory, pages' queries.

    python -m benchmarks.growth [--rounds 24] [--stores "1 month" …]

Each store (grown_store.py) is opened by a process of its own, which then asks what every page asks, for days and places
that nobody asked for before; each query is timed alone. Memory is what the process holds after it, Python and all.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, keep, median, p95, resident_mb
from benchmarks.grown_store import LAST_MONTH, write_store

from transparency.core.project import EMBEDDED_DATA
from transparency.outlets.plain import dated_paths, document_at
from transparency.places.queries import all_boroughs
from transparency.store.database import open_store
from transparency.store.store import Store

EMBEDDED = "embedded"
SIZES = {"1 month": (679, 1), "12 months": (679, 12), "60 months": (679, 60), "120 months": (679, 120)}
LARGE = "9,000 wards, 120 months"
STORES = {**SIZES, LARGE: (9000, 120)}
SLOWEST_OPENING_S = {LARGE: 4}
SLOWEST_QUERY_MS = {LARGE: 50}


@dataclass(frozen=True, eq=False)
class TimedStore(Store):
    """A store that notes of each of its queries how many milliseconds it took, of the clock and of the processors, and
    which it was."""

    taken: list[tuple[float, float, str]] = field(default_factory=list)

    def rows(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:
        return self._timed(super().rows, sql, parameters)

    def _timed(self, ask: Callable[..., Any], sql: str, parameters: dict[str, Any]) -> Any:
        clock, processors = time.perf_counter(), time.process_time()
        answer = ask(sql, **parameters)
        took, worked = time.perf_counter() - clock, time.process_time() - processors
        self.taken.append((1000 * took, 1000 * worked, sql))
        return answer


def timed(store: Store) -> TimedStore:
    return TimedStore(**{each.name: getattr(store, each.name) for each in fields(Store)})


def pages(store: Store, chance: random.Random) -> dict[str, Callable[[date], object]]:
    """What each page asks on a day, of a place drawn anew each time."""
    codes = sorted(row["ward_code"] for row in store.rows("SELECT ward_code FROM ward_on($day)", day=LAST_MONTH))
    boroughs = [borough.borough_code for borough in all_boroughs(store)]
    drawn: dict[str, Callable[[date], object]] = {
        "ward": lambda day: document_at(store, f"/ward/{chance.choice(codes)}", day),
        "borough": lambda day: document_at(store, f"/borough/{chance.choice(boroughs)}", day),
    }
    return drawn | {
        path.removeprefix("/plain/"): lambda day, path=path: document_at(store, path, day) for path in dated_paths()
    }


def measured(root: Path, rounds: int, is_told: bool) -> dict[str, Any]:
    """One store: seconds to open, memory in MB, and each page's p95 query and all its queries together, in ms."""
    started = time.perf_counter()
    store = timed(open_store(root))
    opened_s = time.perf_counter() - started
    opened_mb = resident_mb()
    chance = random.Random(2017)
    days = [LAST_MONTH - timedelta(days=number) for number in chance.sample(range(600), rounds + 1)]
    asked = {}
    for name, page in pages(store, chance).items():
        page(days[0])
        store.taken.clear()
        sums = []
        for day in days[1:]:
            before = len(store.taken)
            page(day)
            sums.append(sum(took for took, *_ in store.taken[before:]))
        asked[name] = {
            "p95": p95([took for took, *_ in store.taken] or [0.0]),
            "processor_p95": p95([worked for _, worked, _ in store.taken] or [0.0]),
            "all": median(sums),
        }
        if is_told:
            tell_slowest(name, store.taken)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    return {"opened_s": opened_s, "opened_mb": opened_mb, "mb": resident_mb(), "peak_mb": peak_mb, "pages": asked}


def tell_slowest(page: str, taken: list[tuple[float, float, str]]) -> None:
    for took, worked, sql in sorted(taken, key=lambda one: one[1], reverse=True)[:3]:
        print(f"{page:20} {took:7.1f} ms, {worked:7.1f} worked  {' '.join(sql.split())[:150]}", file=sys.stderr)


def figures(found: dict[str, dict[str, Any]]) -> list[Figure]:
    told = []
    for name, one in found.items():
        slowest = max(one["pages"], key=lambda page: one["pages"][page]["p95"])
        told += [
            Figure(f"{name}: open, with checks", one["opened_s"], "s", at_most=SLOWEST_OPENING_S.get(name, 1)),
            Figure(f"{name}: resident memory after every page", one["mb"], "MB", at_most=1500),
            Figure(f"{name}: most memory ever held", one["peak_mb"], "MB", at_most=1500),
            *(
                figure
                for page in (one["pages"] if name in (EMBEDDED, "120 months", LARGE) else (slowest,))
                for figure in (
                    Figure(
                        f"{name}: p95 query of {page}",
                        one["pages"][page]["p95"],
                        "ms",
                        at_most=SLOWEST_QUERY_MS.get(name, 10),
                    ),
                    Figure(
                        f"{name}: p95 query of {page}, time of the processors",
                        one["pages"][page]["processor_p95"],
                        "ms",
                    ),
                )
            ),
        ]
    smallest, largest = (next(iter(SIZES)), "120 months")
    if smallest in found and largest in found:
        growth = found[largest]["opened_s"] / found[smallest]["opened_s"]
        told.append(Figure("open, 120 months to 1 month", growth, "times", growth / 120, "the growth of the data", 1))
    if largest in found and LARGE in found:
        growth = found[LARGE]["opened_s"] / found[largest]["opened_s"]
        told.append(
            Figure("open, 9,000 wards to 679", growth, "times", growth / (9000 / 679), "the growth of the data", 1)
        )
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=24)
    parser.add_argument("--stores", nargs="*", choices=[EMBEDDED, *STORES], default=[EMBEDDED, *STORES])
    parser.add_argument("--one", type=Path, metavar="FOLDER", help="measure one store")
    parser.add_argument("--tell", action="store_true", help="name the slowest queries")
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measured(asked.one, asked.rounds, asked.tell)))
        return
    found = {}
    for name in asked.stores:
        with tempfile.TemporaryDirectory() as folder:
            root = EMBEDDED_DATA
            if name != EMBEDDED:
                root = Path(folder)
                write_store(root, *STORES[name], has_activity=name != LARGE)
            command = ["-m", "benchmarks.growth", "--one", str(root), "--rounds", str(asked.rounds)]
            told = subprocess.run([sys.executable, *command], check=True, capture_output=True, text=True).stdout
            found[name] = json.loads(told)
    keep("growth", figures(found))


if __name__ == "__main__":
    main()
