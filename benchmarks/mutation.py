"""How many of the faults one could make in `core`, `store`, the verdict and the SQL the tests find.

    python -m benchmarks.mutation                        the mutants of docs/mutation.md, which is written anew
    python -m benchmarks.mutation --again                only those that survived last time; written anew as well
    python -m benchmarks.mutation --sample 40 --seed 2   so many of Python and of SQL, others by another seed

Each mutant is written into a copy of the tree and tried in a process forked from one that has imported the libraries.
The tests nearest to its file run first, then WIDE; the first that fails, or time used up, finds it. Exits with 1 where
fewer than 90 % are found or a survivor has no answer: answers are written into docs/mutation.md by hand and kept.
"""

from __future__ import annotations

import argparse
import compileall
import importlib
import io
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from benchmarks.mutants import Mutant, made, python_mutants, sampled, sql_mutants

# What is mutated, below src/transparency; a file is of the last part that it matches.
PARTS = {
    "core": "core/*.py",
    "store": "store/*.py",
    "verdict and standing": "wards/[vs]*.py",
    "views and macros": "*/sql/*.sql",
    "checks": "store/checks/*.sql",
    "reconciliations": "store/reconciliations/*.sql",
}
_SENTENCES = (
    "wards/test_sentences wards/test_verdicts counters/test_sentences progress/test_sentences months/test_sentences"
)
_MORE = "wards/test_queries counters/test_queries exhibits/test_files web/test_plain"
_STORE = "store/test_store publishing/test_publishing publishing/test_verification"
_MONTHS = (
    "months/test_ward_months months/test_borough_series months/test_exhibits months/test_measures "
    "months/test_months_shown importers/test_against_pandas"
)
# The tests that are to find a mutant, by the longest beginning of its file's path; they run in this order.
TESTS = {
    "core/": f"core/test_text {_SENTENCES} {_MORE}",
    "core/files": "publishing/test_disk_faults",
    "core/findings": "core/test_findings publishing/test_refusals",
    "core/keeping": "core/test_keeping",
    "core/vocabulary": f"core/test_findings core/test_text {_SENTENCES} {_MORE}",
    "core/text": f"core/test_text publishing/test_text_and_addresses {_SENTENCES} {_MORE}",
    "core/limits": "security/test_limits",
    "core/logs": "security/test_log security/test_faults",
    "core/settings": "security/test_settings security/test_hosts",
    "store/": _STORE,
    "store/age": "replicas/test_clock",
    "store/current": "store/test_store replicas/test_renewal replicas/test_clock",
    "store/dataset_releases": "outlets/test_table_files importers/test_listed_values web/test_data",
    "store/definitions": "about/test_about contracts/test_docs",
    "store/descriptors": "outlets/test_data_package publishing/test_refusals web/test_data about/test_about",
    "store/differences": "publishing/test_publishing about/test_changes",
    "store/holdings": "store/test_strays importers/test_boundaries importers/test_postcodes",
    "store/reference": "publishing/test_docs publishing/test_verification",
    "store/renewal": "replicas/test_renewal",
    "store/replica": "replicas/test_replica",
    "store/roots": "store/test_store security/test_settings about/test_about",
    "store/snapshots": f"publishing/test_disk_faults {_STORE}",
    "store/strays": "store/test_strays",
    "store/store": "store/test_store store/test_runs",
    "store/announced": "store/test_announced",
    "store/write_once": "store/test_strays publishing/test_disk_faults publishing/test_publishing",
    "store/checks/": "store/test_checks",
    "store/reconciliations/": "store/test_reconciliation publishing/test_verification",
    "wards/verdict": f"{_SENTENCES} wards/test_queries",
    "wards/standing": "wards/test_sentences wards/test_queries web/test_api web/test_plain",
    "about/": "about/test_changes about/test_about",
    "boroughs/": "boroughs/test_compared boroughs/test_queries",
    "counters/": "counters/test_queries boroughs/test_compared",
    "crime/": "crime/test_city crime/test_measures crime/test_shown",
    "listed/": "listed/test_calendar importers/test_listed_values importers/test_teams",
    "months/": _MONTHS,
    "places/": "wards/test_queries places/test_search places/test_postcodes",
    "progress/": "progress/test_queries progress/test_sentences promises/test_series",
    "promises/": "promises/test_ledger promises/test_series",
    "published/": "progress/test_queries wards/test_queries promises/test_ledger",
    "survey/": "survey/test_measures",
    "wards/": "wards/test_queries boroughs/test_queries",
}
# Every day asked one by one: what these find, others find sooner.
LONG = (
    "tests/wards/test_queries.py::test_a_boroughs_counts_are_those_of_its_wards_on_every_day",
    "tests/progress/test_answer.py::test_every_borough_has_a_short_answer_on_every_day",
)
LIBRARIES = (
    "pytest _pytest.pytester xdist.scheduler hypothesis duckdb pyarrow.parquet httpx starlette.testclient streamlit"
)
OPTIONS = ["-xq", "-pno:cacheprovider", "-pno:playwright", "-mnot browser", *(f"--deselect={test}" for test in LONG)]
PROCESSOR_SECONDS, SECONDS = 150, 3600  # a file of tests; all of them, by the clock
GOAL_PCT = 90
# Nothing of the project is imported here but the mutants: it is to come from the copy.
ROOT = Path(__file__).parents[1]
KEPT = ROOT / "build" / "benchmarks"
PACKAGE = Path("src", "transparency")
DOCUMENT = ROOT / "docs" / "mutation.md"
SEED = 1
# So many mutants of each part; of the store fewer, since each opens and publishes many.
SAMPLE = dict.fromkeys(PARTS, 20) | {"store": 10}
TEXT = """\
# Mutation testing

A test that cannot fail shows nothing. So one operator or constant of the code is changed at a time, and the tests have
to notice: in `core`, `store`, the verdict and the standing of a ward by cosmic-ray, in every view, check and
reconciliation by `benchmarks/mutants.py`. Of each part a sample is drawn, the same each time by its seed ({seed}).

    python -m benchmarks.mutation

**{found} of {made} mutants are found ({pct} %).** The goal is 90 %, and an answer for each that survives. The command
writes this page, keeps the answers, which are written here by hand, and fails while one is missing or the goal is not
met. It takes hours of one core; uv fetches cosmic-ray when it runs. The golden files find no mutant here: pages print
the SQL itself, so they change with every one.

| Part | Made | Found | Survive |
|---|---|---|---|
{parts}

## What survives, and why

| File below `src/transparency` | Line | Becomes | Answer |
|---|---|---|---|
{survivors}
"""
_ROW = re.compile(r"^\| `(.+?)` \| `(.+?)` \| `(.+?)` \| (.*) \|$", re.MULTILINE)


def part_of(path: str) -> str:
    return next(name for name, pattern in reversed(PARTS.items()) if Path(path).match(pattern))


def finders(path: str) -> list[str]:
    """The tests that are to find a mutant of a file, in the order in which they are run."""
    beginning = max((known for known in TESTS if path.startswith(known)), key=len)
    first = "contracts/test_frozen " if path.endswith(".py") else ""
    return [f"tests/{test}.py" for test in (first + TESTS[beginning]).split()]


def copy_tree(tree: Path) -> None:
    """The project's files, with their times, so that what is compiled of the unchanged ones is used again."""
    shutil.rmtree(tree, ignore_errors=True)
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, tree / name)
    compileall.compile_dir(tree / "src", quiet=1)
    sys.path[:0] = [str(tree / "src"), str(tree)]
    os.environ["PYTHONPATH"] = f"{tree / 'src'}:{tree}"
    os.chdir(tree)


def passes(tests: Iterable[str]) -> bool:
    """Whether tests pass in the tree as it stands, in a process of their own."""
    child = os.fork()
    if child == 0:
        os.setsid()
        log = os.open("last.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(log, 1)
        os.dup2(log, 2)
        for test in tests:  # one file after the other, so that no more is imported than finds it
            most = int(time.process_time()) + PROCESSOR_SECONDS
            resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))
            if pytest.main([*OPTIONS, test]) not in (0, 5):
                os._exit(1)
        os._exit(0)
    began = time.monotonic()
    while not (ended := os.waitpid(child, os.WNOHANG))[0]:
        time.sleep(0.05)
        if time.monotonic() - began > SECONDS:
            os.killpg(child, signal.SIGKILL)
    return ended[1] == 0


def survives(mutant: Mutant) -> bool:
    target = PACKAGE / mutant.path
    target.write_text(mutant.text, encoding="utf-8")
    try:
        return passes(finders(mutant.path))
    finally:
        shutil.copy2(ROOT / PACKAGE / mutant.path, target)


def chosen(part: str, sample: int, seed: int) -> list[Mutant]:
    """So many mutants of a part."""
    root = ROOT / PACKAGE
    paths = [path.relative_to(root).as_posix() for path in sorted(root.glob(PARTS[part]))]
    if not PARTS[part].endswith(".sql"):
        return made(root, sampled(python_mutants(root, paths), sample, seed))
    return sampled([mutant for path in paths for mutant in sql_mutants(path, (root / path).read_text())], sample, seed)


def tried(part: str, sample: int, seed: int, is_again: bool) -> list[tuple[Mutant, bool]]:
    """Each mutant of a part, and whether it survives; where asked again, those found before are found."""
    mutants = chosen(part, sample, seed)
    if PARTS[part].endswith(".sql"):  # read when a store is opened, so the tests can be imported before
        files = {test.partition("::")[0] for mutant in mutants for test in finders(mutant.path)}
        with redirect_stdout(io.StringIO()):
            pytest.main(["-q", "--collect-only", "-pno:cacheprovider", *files])
    kept = KEPT / f"mutation {part}.json"
    before: dict[str, bool] = json.loads(kept.read_text("utf-8")) if is_again and kept.exists() else {}
    results = []
    for mutant in mutants:
        name = " ".join((*mutant.key, mutant.place))
        if before.get(name, True):
            before[name] = survives(mutant)
            failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", Path("last.txt").read_text("utf-8"), re.MULTILINE)
            how = "SURVIVES" if before[name] else f"found by {' '.join(failed) or 'time used up'}"
            print(f"{mutant.path}: {mutant.before} -> {mutant.after}: {how}", flush=True)
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(json.dumps(before, indent=1), encoding="utf-8")
        results.append((mutant, before[name]))
    return results


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--sample", type=int, help="how many mutants of each part")
    asked.add_argument("--seed", type=int, default=SEED)
    asked.add_argument("--part", choices=PARTS, help="of one part only")
    asked.add_argument("--again", action="store_true", help="try only what is new or survived last time")
    options = asked.parse_args()
    sys.dont_write_bytecode = True  # of a mutant
    copy_tree(ROOT / "build" / "mutation" / (options.part or "all").replace(" ", "-"))
    for name in LIBRARIES.split():
        importlib.import_module(name)
    results = [
        result
        for part in ([options.part] if options.part else PARTS)
        for result in tried(part, options.sample or SAMPLE[part], options.seed, options.again)
    ]
    if options.part:
        return 0
    text, is_good = document(results, options.seed, DOCUMENT.read_text("utf-8") if DOCUMENT.exists() else "")
    print(text)
    if not options.sample and options.seed == SEED:
        DOCUMENT.write_text(text, encoding="utf-8")
    return 0 if is_good else 1


def document(tried: list[tuple[Mutant, bool]], seed: int, before: str) -> tuple[str, bool]:
    """docs/mutation.md with the answers that `before` holds, and whether the goal is met and all are answered."""
    answers = {row[:3]: row[3].strip() for row in _ROW.findall(before)}
    alive = [mutant for mutant, survived in tried if survived]
    every, left = (Counter(part_of(mutant.path) for mutant in those) for those in ([m for m, _ in tried], alive))
    cells = sorted(tuple(cell.replace("|", "\\|") for cell in mutant.key) for mutant in alive)
    found = len(tried) - len(alive)
    text = TEXT.format(
        found=found,
        made=len(tried),
        pct=100 * found // len(tried),
        seed=seed,
        parts="\n".join(f"| {part} | {every[part]} | {every[part] - left[part]} | {left[part]} |" for part in PARTS),
        survivors="\n".join(f"| `{row[0]}` | `{row[1]}` | `{row[2]}` | {answers.get(row, '')} |" for row in cells),
    )
    return text, 100 * found >= GOAL_PCT * len(tried) and all(answers.get(row) for row in cells)


if __name__ == "__main__":
    sys.exit(main())
