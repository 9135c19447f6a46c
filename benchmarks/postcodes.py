"""How long the exact ward of one postcode takes: from the embedded list, and from imported ones of two sizes.

    python -m benchmarks.postcodes [--look-ups 2000]

The embedded list is a table of the store; what it adds to opening one is measured too. Lists of invented postcodes are
written as an import writes them. Each is asked for postcodes that are in it and for some that are not, in an order
that no cache can guess. The goal is under 5 ms each.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, product
from pathlib import Path

import duckdb
import pyarrow as pa
from benchmarks.figures import Figure, keep

from transparency.core.project import EMBEDDED_DATA
from transparency.importers.postcodes import Assigned, write_postcodes
from transparency.places.postcode_wards import POSTCODES_FILE, PostcodeTable, exact_wards
from transparency.store.database import open_store

SIZES = (180_000, 2_700_000)
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
WARDS = [f"E05{number:06}" for number in range(679)]


def invented_postcodes(count: int) -> list[str]:
    """As many different postcodes of the right shape, without spaces."""

    def every() -> Iterator[str]:
        for sector, first, second, district, area in product("123456789", LETTERS, LETTERS, range(1, 50), LETTERS):
            yield f"{area}{LETTERS[district % 20]}{district}{sector}{first}{second}"

    return list(islice(every(), count))


def write_list(count: int, folder: Path) -> list[str]:
    """Write a list as an import would; returns its postcodes."""
    postcodes = invented_postcodes(count)
    wards = [WARDS[number % len(WARDS)] for number in range(count)]
    none = pa.nulls(count, pa.string())
    table = pa.table(
        {
            "postcode": postcodes,
            "place": pa.array(["london"] * count).dictionary_encode(),
            "terminated": none,
            "ward_code_2014": pa.array(wards).dictionary_encode(),
            "ward_code_2022": pa.array(wards).dictionary_encode(),
            "lat": [51.5 + number % 997 / 10_000 for number in range(count)],
            "lon": [number % 991 / 10_000 for number in range(count)],
            "ward": none,
            "district": none,
        }
    )
    write_postcodes(Assigned(table.sort_by("postcode"), ()), folder)
    return postcodes


def milliseconds(look_up: Callable[[str], object], postcodes: Sequence[str]) -> tuple[list[float], list[float]]:
    """The time each look-up takes, and the processor's part of it, which a busy machine does not stretch."""
    taken, computed = [], []
    for postcode in postcodes:
        started, cpu_started = time.perf_counter(), time.process_time()
        look_up(postcode)
        computed.append(1000 * (time.process_time() - cpu_started))
        taken.append(1000 * (time.perf_counter() - started))
    return taken, computed


def shuffled(held: Sequence[str], count: int) -> list[str]:
    """Postcodes to ask for, one in ten of them in no list."""
    chooser = random.Random(20170104)
    asked = chooser.sample(held, count * 9 // 10)
    asked += [f"ZZ99{chooser.choice('0123456789')}ZZ" for _ in range(count // 10)]
    chooser.shuffle(asked)
    return asked


def added_to_opening() -> float:
    """Milliseconds that reading the embedded list into a database takes, the median of five."""
    path = str(EMBEDDED_DATA / "reference" / "postcode_wards.parquet")
    taken = []
    for _ in range(5):
        with duckdb.connect() as connection:
            started = time.perf_counter()
            connection.execute("CREATE TABLE postcode_wards AS SELECT * FROM read_parquet($path)", {"path": path})
            taken.append(1000 * (time.perf_counter() - started))
    return statistics.median(taken)


def embedded(look_ups: int) -> list[Figure]:
    """The look-up without any import, from what was typed to the answer."""
    store = open_store(EMBEDDED_DATA)
    held = [row["postcode"] for row in store.rows("SELECT postcode FROM postcode_wards ORDER BY postcode")]
    taken, _ = milliseconds(lambda postcode: exact_wards(store, postcode, 2022), shuffled(held, look_ups))
    percentiles = statistics.quantiles(taken, n=100)
    return [
        Figure("embedded list: added to opening the store", added_to_opening(), "ms"),
        *(Figure(f"embedded list: p{place}", percentiles[place - 1], "ms", at_most=5) for place in (50, 95)),
    ]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--look-ups", type=int, default=2000)
    options = arguments.parse_args()
    kept = embedded(options.look_ups)
    for figure in kept:
        print(*figure.words)
    print(" postcodes  file MB  open ms   p50 ms   p95 ms   p99 ms  CPU p50  CPU p99")
    for count in SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            held = write_list(count, folder)
            started = time.perf_counter()
            table = PostcodeTable(folder / POSTCODES_FILE)
            opened = 1000 * (time.perf_counter() - started)
            taken, computed = milliseconds(table.rows, shuffled(held, options.look_ups))
            size = (folder / POSTCODES_FILE).stat().st_size / 1e6
            figures = [statistics.quantiles(taken, n=100)[place - 1] for place in (50, 95, 99)]
            figures += [statistics.quantiles(computed, n=100)[place - 1] for place in (50, 99)]
            kept += [
                Figure(f"{count:,} postcodes: p50", figures[0], "ms"),
                Figure(f"{count:,} postcodes: p99", figures[2], "ms", at_most=5),
            ]
            print(f"{count:>10,} {size:>8.1f} {opened:>8.1f} " + " ".join(f"{figure:>8.2f}" for figure in figures))
    keep("postcodes", kept)


if __name__ == "__main__":
    main()
