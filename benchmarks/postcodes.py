"""How long the exact ward of one postcode takes, from a list of London's size and from one of the United Kingdom's.

    python -m benchmarks.postcodes [--look-ups 2000]

Lists of invented postcodes are written as an import writes them, then asked for postcodes that are in them and for
some that are not, in an order that no cache can guess. The goal is under 5 ms each.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice, product
from pathlib import Path

import pyarrow as pa
from benchmarks.figures import Figure, keep

from transparency.importers.postcodes import Assigned, write_postcodes
from transparency.places.postcode_wards import POSTCODES_FILE, PostcodeTable

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


def milliseconds(table: PostcodeTable, postcodes: Sequence[str]) -> tuple[list[float], list[float]]:
    """The time each look-up takes, and the processor's part of it, which a busy machine does not stretch."""
    taken, computed = [], []
    for postcode in postcodes:
        started, cpu_started = time.perf_counter(), time.process_time()
        table.rows(postcode)
        computed.append(1000 * (time.process_time() - cpu_started))
        taken.append(1000 * (time.perf_counter() - started))
    return taken, computed


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--look-ups", type=int, default=2000)
    options = arguments.parse_args()
    kept = []
    print(" postcodes  file MB  open ms   p50 ms   p95 ms   p99 ms  CPU p50  CPU p99")
    for count in SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            held = write_list(count, folder)
            started = time.perf_counter()
            table = PostcodeTable(folder / POSTCODES_FILE)
            opened = 1000 * (time.perf_counter() - started)
            chooser = random.Random(20170104)
            asked = chooser.sample(held, options.look_ups * 9 // 10)
            asked += [f"ZZ99{chooser.choice('0123456789')}ZZ" for _ in range(options.look_ups // 10)]
            chooser.shuffle(asked)
            taken, computed = milliseconds(table, asked)
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
