"""How much memory a visitor costs, whether it comes back, and whether mixed traffic makes the server grow.

    python -m benchmarks.memory [--sessions 200] [--wait 130] [--soak-minutes 1]

Sessions are opened, each shows a ward, and are left; then they end. The framework keeps a session that lost its
connection for two minutes, so that a telephone in a tunnel comes back to its page; `--wait` is how long is waited for
the end. Then the same is done again: what the first time cost for good, it costs once.

The soak is mixed traffic: visitors who act and leave, plain pages, the API and files, of all wards. The full one is
`--soak-minutes 10`. The first fifth fills what the server keeps; growth is that of the last fifth over the second.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx
from benchmarks.figures import Figure, keep, median, resident_mb
from benchmarks.interaction import reader
from benchmarks.visitors import Visit, Visitor
from tests.serving import serve

from transparency.store import shared_store

SOAK_VISITORS = 10
SOAK_READERS = 4
VISITS_OF_A_SOAKING_VISITOR = 10
SAMPLE_S = 2.0


def newest_child() -> int:
    """The process that this one started last: the server."""
    own = os.getpid()
    return int(Path(f"/proc/{own}/task/{own}/children").read_text(encoding="utf-8").split()[-1])


@asynccontextmanager
async def open_sessions(site: str, count: int, codes: list[str]) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        for number in range(count):
            visitor = await stack.enter_async_context(Visitor(site))
            await visitor.rerun(Visit("", f"ward={codes[number % 20]}"))
        yield


async def sessions(site: str, server: int, count: int, wait_s: float, codes: list[str]) -> list[Figure]:
    async with open_sessions(site, 20, codes):
        pass
    await asyncio.sleep(wait_s)
    start = resident_mb(server)
    held, after = [], []
    for _ in range(2):
        async with open_sessions(site, count, codes):
            held.append(resident_mb(server))
        await asyncio.sleep(wait_s)
        # Old sessions are let go when a new one comes.
        async with open_sessions(site, 1, codes):
            after.append(resident_mb(server))
    return [
        Figure("server, warm, no session", start, "MB"),
        Figure(f"with {count} sessions open", held[0], "MB"),
        Figure("growth for each session", 1000 * (held[0] - start) / count, "kB"),
        Figure("after they ended", after[0], "MB", after[0] / start, "the start"),
        Figure(f"with {count} sessions again", held[1], "MB", held[1] / held[0], "the first time", at_most=1.05),
        Figure("after these ended", after[1], "MB", after[1] / after[0], "the first time", at_most=1.05),
    ]


async def soak(site: str, server: int, minutes: float, codes: list[str]) -> list[Figure]:
    ends = time.monotonic() + 60 * minutes
    choose, asked = reader(), 0
    samples: list[float] = []

    async def visits(number: int) -> None:
        nonlocal asked
        chance = random.Random(number)
        while time.monotonic() < ends:
            async with Visitor(site) as visitor:
                for _ in range(VISITS_OF_A_SOAKING_VISITOR):
                    await visitor.rerun(choose(chance))
                    asked += 1
                    await asyncio.sleep(chance.uniform(0, 1))

    async def reads(number: int) -> None:
        nonlocal asked
        chance = random.Random(1000 + number)
        paths = ("/ward/{}", "/api/v1/wards/{}", "/plain/boroughs", "/data/ward_status/latest.csv", "/?ward={}")
        async with httpx.AsyncClient(base_url=site, timeout=60) as client:
            while time.monotonic() < ends:
                answer = await client.get(chance.choice(paths).format(chance.choice(codes)))
                answer.raise_for_status()
                asked += 1
                await asyncio.sleep(chance.uniform(0, 0.2))

    async def watch() -> None:
        while time.monotonic() < ends:
            samples.append(resident_mb(server))
            await asyncio.sleep(SAMPLE_S)

    await asyncio.gather(watch(), *map(visits, range(SOAK_VISITORS)), *map(reads, range(SOAK_READERS)))
    fifth = max(1, len(samples) // 5)
    early, late = median(samples[fifth : 2 * fifth]), median(samples[-fifth:])
    what = f"soak of {minutes:g} minutes, {asked:,} answers"
    return [
        Figure(f"{what}: second fifth", early, "MB"),
        Figure(f"{what}: last fifth", late, "MB", late / early, "the second fifth", at_most=1.05),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=200)
    parser.add_argument("--wait", type=float, default=130)
    parser.add_argument("--soak-minutes", type=float, default=1)
    asked = parser.parse_args()
    codes = [row["ward_code"] for row in shared_store().rows("SELECT ward_code FROM wards_2022 ORDER BY ward_code")]
    with serve() as site:
        server = newest_child()
        figures = asyncio.run(sessions(site, server, asked.sessions, asked.wait, codes))
        figures += asyncio.run(soak(site, server, asked.soak_minutes, codes))
    keep("memory", figures)


if __name__ == "__main__":
    main()
