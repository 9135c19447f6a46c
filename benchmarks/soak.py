"""Whether mixed traffic makes the server grow.

    python -m benchmarks.soak [--minutes 10]

Visitors who act and leave, plain pages, the API and files, of 150 wards. All of it is asked for once first, so that
what the server keeps is kept before the memory is looked at.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import time

import httpx
from benchmarks.figures import Figure, keep, median, resident_mb
from benchmarks.interaction import KEPT
from benchmarks.memory import newest_child
from benchmarks.visitors import Visit, Visitor
from tests.serving import serve

from transparency.store.current import shared_store

WARDS = 150
SOAK_VISITORS = 10
SOAK_READERS = 4
VISITS_OF_A_SOAKING_VISITOR = 10
SAMPLE_S = 2.0


async def soak(site: str, server: int, minutes: float, codes: list[str]) -> list[Figure]:
    paths = ("/ward/{}", "/api/v1/wards/{}", "/plain/boroughs", "/data/ward_status/latest.csv", "/?ward={}")
    asked, samples = 0, []

    def choose(chance: random.Random) -> Visit:
        return (
            Visit("", f"ward={chance.choice(codes)}") if chance.random() < 0.5 else chance.choice(list(KEPT.values()))
        )

    async with Visitor(site) as visitor, httpx.AsyncClient(base_url=site, timeout=60) as client:
        for visit in (*KEPT.values(), *(Visit("", f"ward={code}") for code in codes)):
            await visitor.rerun(visit)
        for address in {path.format(code) for code in codes for path in paths}:
            (await client.get(address)).raise_for_status()
    ends = time.monotonic() + 60 * minutes

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
    tenth = max(1, len(samples) // 10)
    early, late = median(samples[tenth : 3 * tenth]), median(samples[-2 * tenth :])
    what = f"{minutes:g} minutes, {asked:,} answers"
    return [
        Figure(f"{what}: second and third tenth", early, "MB"),
        Figure(f"{what}: last two tenths", late, "MB", late / early, "the early ones", at_most=1.05),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    asked = parser.parse_args()
    codes = [row["ward_code"] for row in shared_store().rows("SELECT ward_code FROM wards_2022 ORDER BY ward_code")]
    with serve() as site:
        figures = asyncio.run(soak(site, newest_child(), asked.minutes, codes[:WARDS]))
    keep("soak", figures)


if __name__ == "__main__":
    main()
