"""How well and how fast the look-up finds a ward whose name was typed with one slip.

    python -m benchmarks.lookup [--per-kind 2] [--seed 20170104]

Every name of `wards_2014` (629) and `wards_2022` (679) is typed `per-kind` times with each kind of slip: a
letter inserted, deleted, replaced, or swapped with the next. A look-up is right when a ward of that name is
among the first three of today's wards, or of those that have ended, which stand in a group of their own. Where wards of
several boroughs bear the name any of them counts, and how often all of these boroughs are among the first eight is
counted separately.

When only five letters have been typed, no look-up can always be right: 22 names begin with "South". The best
possible figure, for one that knew every name and every slip beforehand, is computed beside ours.
"""

from __future__ import annotations

import argparse
import random
import statistics
import string
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from benchmarks.figures import Figure, keep

from transparency.places.search import SearchIndex
from transparency.store.current import shared_store
from transparency.store.store import Store

Slip = Literal["insert", "delete", "swap", "replace"]
SLIPS: tuple[Slip, ...] = ("insert", "delete", "swap", "replace")
BEGINNING = 5
RIGHT_AMONG = 3


@dataclass(frozen=True)
class Case:
    """A name and what was typed for it."""

    name: str
    typed: str


@dataclass(frozen=True)
class Measured:
    """Counts of look-ups, and the milliseconds that each took. `shared` are the cases whose name wards of
    several boroughs bear, `all_shown` those of them where every one of these boroughs was offered."""

    cases: int
    first_three: int
    first_eight: int
    shared: int
    all_shown: int
    milliseconds: tuple[float, ...]

    @property
    def first_three_pct(self) -> float:
        return 100 * self.first_three / self.cases

    @property
    def p95_ms(self) -> float:
        return statistics.quantiles(self.milliseconds, n=20)[-1]


def ward_names(store: Store) -> list[str]:
    """The 629 names of 2014 and the 679 of 2022, in the order of their codes."""
    rows = store.rows(
        "(SELECT ward_name FROM wards_2014 ORDER BY ward_code) "
        "UNION ALL (SELECT ward_name FROM wards_2022 ORDER BY ward_code)"
    )
    return [row["ward_name"] for row in rows]


def slips(text: str, slip: Slip, within: int | None = None) -> list[str]:
    """Every different text that one slip, in the first `within` letters, makes of another."""
    end = len(text) if within is None else min(within, len(text))
    letters = string.ascii_lowercase
    if slip == "insert":
        made = {text[:i] + letter + text[i:] for i in range(end + 1) for letter in letters}
    elif slip == "delete":
        made = {text[:i] + text[i + 1 :] for i in range(end)}
    elif slip == "swap":
        made = {text[:i] + text[i + 1] + text[i] + text[i + 2 :] for i in range(end - 1)}
    else:
        made = {text[:i] + letter + text[i + 1 :] for i in range(end) for letter in letters}
    return sorted(typed for typed in made if typed.casefold() != text.casefold())


def cases(names: Iterable[str], per_kind: int, seed: int, within: int | None = None) -> Iterator[Case]:
    """Each name, whole, `per_kind` times with each kind of slip, anywhere or in its first letters."""
    rng = random.Random(seed)
    for name in names:
        for slip in SLIPS:
            for typed in rng.choices(slips(name, slip, within), k=per_kind):
                yield Case(name, typed)


def beginnings(names: Iterable[str], per_kind: int, seed: int) -> Iterator[Case]:
    """Each name's first five letters, `per_kind` times with each kind of slip, and nothing more."""
    rng = random.Random(seed)
    for name in names:
        for slip in SLIPS:
            for typed in rng.choices(slips(name[:BEGINNING], slip), k=per_kind):
                yield Case(name, typed)


def boroughs_by_name(store: Store) -> dict[str, frozenset[str]]:
    """The boroughs in which a ward of 2014 or 2022 bears a name."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in store.rows(
        "SELECT ward_name, borough_name FROM wards_2014 JOIN boroughs USING (borough_code) "
        "UNION SELECT ward_name, borough_name FROM wards_2022 JOIN boroughs USING (borough_code)"
    ):
        found[row["ward_name"]].add(row["borough_name"])
    return {name: frozenset(boroughs) for name, boroughs in found.items()}


def measure(index: SearchIndex, boroughs: dict[str, frozenset[str]], to_find: Iterable[Case]) -> Measured:
    """Look every case up and count."""
    count: Counter[str] = Counter()
    milliseconds = []
    for case in to_find:
        started = time.perf_counter()
        suggestions = index.find(case.typed)
        milliseconds.append(1000 * (time.perf_counter() - started))
        wards = [ward for ward in suggestions if ward.kind == "ward"]
        groups = ([ward for ward in wards if not ward.note][:8], [ward for ward in wards if ward.note][:8])
        right = [{ward.borough_name for ward in group if ward.name == case.name} for group in groups]
        count["cases"] += 1
        count["first_three"] += any(ward.name == case.name for group in groups for ward in group[:RIGHT_AMONG])
        count["first_eight"] += any(right)
        if len(boroughs[case.name]) > 1:
            count["shared"] += 1
            count["all_shown"] += boroughs[case.name] <= set().union(*right)
    return Measured(
        cases=count["cases"],
        first_three=count["first_three"],
        first_eight=count["first_eight"],
        shared=count["shared"],
        all_shown=count["all_shown"],
        milliseconds=tuple(milliseconds),
    )


def best_possible_pct(names: Sequence[str], among: int = RIGHT_AMONG) -> float:
    """The share of misspelt beginnings for which the best look-up there could be has the name among its first
    answers: for each typed text it answers with the names most likely to have been meant."""
    meant: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for name in names:
        for slip in SLIPS:
            typed = slips(name[:BEGINNING], slip)
            for text in typed:
                meant[text.casefold()][name] += 1 / len(typed) / len(SLIPS)
    right = sum(sum(sorted(weights.values())[-among:]) for weights in meant.values())
    return 100 * right / len(names)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--per-kind", type=int, default=2)
    parser.add_argument("--seed", type=int, default=20170104)
    asked = parser.parse_args()
    store = shared_store()
    started = time.perf_counter()
    index = SearchIndex.from_store(store)
    print(f"index built in {1000 * (time.perf_counter() - started):.0f} ms")
    names, boroughs = ward_names(store), boroughs_by_name(store)
    tries = {
        "whole name, slip anywhere": cases(names, asked.per_kind, asked.seed),
        "whole name, slip in the first five letters": cases(names, asked.per_kind, asked.seed, BEGINNING),
        "first five letters alone, with a slip": beginnings(names, asked.per_kind, asked.seed),
    }
    kept = []
    for title, to_find in tries.items():
        found = measure(index, boroughs, to_find)
        kept += [
            Figure(f"{title}: among the first three", found.first_three_pct, "%"),
            Figure(f"{title}: p95", found.p95_ms, "ms"),
        ]
        print(
            f"{title}: {found.cases} look-ups, first three {found.first_three_pct:.2f} %, "
            f"first eight {100 * found.first_eight / found.cases:.2f} %; "
            f"all boroughs of a shared name {100 * found.all_shown / found.shared:.1f} % of {found.shared}; "
            f"median {statistics.median(found.milliseconds):.2f} ms, p95 {found.p95_ms:.2f} ms"
        )
    print(
        f"first five letters alone, best possible: first three {best_possible_pct(names):.2f} %, "
        f"first eight {best_possible_pct(names, 8):.2f} %"
    )
    keep("lookup", kept)


if __name__ == "__main__":
    main()
