"""Plain pages, API and data files under load, against Datasette serving the same table on the same machine.

    python -m benchmarks.plain [--seconds 3] [--rounds 3]

Requests a second and p95 at 8 connections, by wrk (Debian's package of that name). Both servers are asked in turn, as
one process each; Datasette is installed from PyPI into an environment of its own, build/datasette, and serves an
immutable SQLite file, its fastest way. "One" is one address again and again; "every ward" each ward in turn, all
of them asked once before; "new" a ward and a day that nobody asked for before, so that every answer is worked out.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import venv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import httpx
from benchmarks.figures import ROOT, Figure, keep, median
from tests.serving import serve

from transparency.core.vocabulary import today
from transparency.store.current import shared_store

DATASETTE = "datasette==0.65.5"
ENVIRONMENT = ROOT / "build" / "datasette"
CONNECTIONS = 8
ONE_WARD = "E05013653"
LOAD_SCRIPT = Path(__file__).with_name("load.lua")


@dataclass(frozen=True)
class Load:
    """What one run of the load generator found; p95 in milliseconds."""

    per_second: float
    p95_ms: float


@dataclass(frozen=True)
class Case:
    """Addresses requested in turn, with whose they are and the page of Datasette they are compared with."""

    name: str
    is_ours: bool
    addresses: Sequence[str]
    against: str = ""
    at_least: float | None = None
    p95_at_most: float | None = None


def ask(site: str, addresses: Sequence[str], seconds: int) -> Load:
    """Ask with 8 connections for so long; fails where an answer was not a good one."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listed:
        listed.write("\n".join(addresses))
        listed.flush()
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(LOAD_SCRIPT), site]
        said = subprocess.run(
            command, env={**os.environ, "ADDRESSES": listed.name}, check=True, capture_output=True, text=True
        ).stdout
    requests, microseconds, p95_us, failed = map(
        int, next(line for line in said.splitlines() if line.startswith("FOUND")).split()[1:]
    )
    if failed:
        raise SystemExit(f"{failed} of {requests} answers of {site}{addresses[0]} failed")
    return Load(requests / microseconds * 1e6, p95_us / 1000)


@contextmanager
def datasette() -> Iterator[str]:
    """Datasette with the table of every ward's status today; gives its address."""
    program = ENVIRONMENT / "bin" / "datasette"
    if not program.exists():
        venv.create(ENVIRONMENT, with_pip=True)
        subprocess.run([ENVIRONMENT / "bin" / "pip", "install", "--quiet", DATASETTE], check=True)
    rows = shared_store().rows("SELECT * FROM ward_status_on($day) ORDER BY ward_code", day=today())
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        path = Path(folder) / "store.db"
        with sqlite3.connect(path) as database:
            columns = ", ".join(f'"{name}"' for name in rows[0])
            database.execute(f"CREATE TABLE wards ({columns}, PRIMARY KEY (ward_code))")
            holes = ", ".join("?" * len(rows[0]))
            cells = [[None if cell is None else str(cell) for cell in row.values()] for row in rows]
            database.executemany(f"INSERT INTO wards VALUES ({holes})", cells)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        process = subprocess.Popen(
            [program, "-i", path, "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/store.json")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


def wait_for(address: str) -> None:
    for _ in range(300):
        try:
            httpx.get(address)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"no answer from {address}")


def cases(codes: Sequence[str]) -> list[Case]:
    chance = random.Random(2016)
    days = [date(2016, 8, 1) + timedelta(days=number) for number in range(600)]
    old = [row["ward_code"] for row in shared_store().rows("SELECT ward_code FROM wards_2014")]
    new = chance.sample([f"{code}?as_at={day}" for code in old for day in days], 60_000)
    every = list(codes)

    def of(kind: str, path: str, at_least: float, at_least_new: float) -> list[Case]:
        against = f"Datasette's ward as {kind}"
        return [
            Case(f"ward {kind}, one", True, [path + ONE_WARD], against, at_least, 10),
            Case(f"ward {kind}, every ward", True, [path + code for code in every], against, at_least, 10),
            Case(f"ward {kind}, new", True, [path + each for each in new], against, at_least_new),
        ]

    theirs = "/store/wards"
    return [
        *of("JSON", "/api/v1/wards/", 5, 1),
        Case("Datasette's ward as JSON", False, [f"{theirs}/{code}.json?_shape=objects" for code in every]),
        *of("HTML", "/ward/", 2, 2),
        Case("Datasette's ward as HTML", False, [f"{theirs}/{code}" for code in every]),
        Case("all wards as CSV", True, ["/data/ward_status/latest.csv"], "Datasette's table as CSV", None, 10),
        Case("Datasette's table as CSV", False, [f"{theirs}.csv?_size=max"]),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("The load generator wrk was not found. On Debian: apt-get install wrk")
    codes = [row["ward_code"] for row in shared_store().rows("SELECT ward_code FROM wards_2022 ORDER BY ward_code")]
    tried = cases(codes)
    found: dict[str, list[Load]] = defaultdict(list)
    with serve() as ours, datasette() as theirs:
        with httpx.Client() as reader:
            for case in tried:
                for address in case.addresses[:1] if "new" in case.name else case.addresses:
                    reader.get((ours if case.is_ours else theirs) + address).raise_for_status()
        for turn in range(asked.rounds):
            for case in tried:
                # What is new is asked for once only: each round has a share of it.
                share = len(case.addresses) // asked.rounds
                mine = case.addresses[turn * share : (turn + 1) * share] if "new" in case.name else case.addresses
                found[case.name].append(ask(ours if case.is_ours else theirs, mine, asked.seconds))
    figures = []
    for case in tried:
        per_second = median([load.per_second for load in found[case.name]])
        base = median([load.per_second for load in found[case.against]]) if case.against else None
        ratio = per_second / base if base else None
        figures.append(Figure(case.name, per_second, "requests/s", ratio, case.against, at_least=case.at_least))
        p95_ms = median([load.p95_ms for load in found[case.name]])
        figures.append(Figure(f"{case.name}: p95", p95_ms, "ms", at_most=case.p95_at_most))
    keep(
        "plain",
        figures,
        f"wrk, {CONNECTIONS} connections, median of {asked.rounds} runs of {asked.seconds} s; {DATASETTE}",
    )


if __name__ == "__main__":
    main()
