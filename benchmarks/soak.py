"""How much memory the server takes under an hour of everything it answers, and whether it goes on growing.

    python -m benchmarks.soak [--minutes 60]

Twenty visitors of the dashboard who act and leave, for every ward on any day and every other page; four readers of
all addresses of the sitemap, of the API, data files, feeds, pictures and handouts. Nothing is asked for before the
clock starts.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import time
from datetime import date, timedelta

import httpx
from benchmarks.figures import Figure, keep, median, resident_mb
from benchmarks.interaction import KEPT
from benchmarks.memory import newest_child
from benchmarks.visitors import Visit, Visitor
from tests.serving import serve

from transparency.core.vocabulary import PROMISED_ON, today
from transparency.store.current import shared_store

VISITORS = 20
READERS = 4
VISITS_OF_A_VISITOR = 60  # about a minute
SAMPLE_S = 2.0
MOST_MB = 600
OF_A_WARD = (
    "/ward/{code}?as_at={day}",
    "/api/v1/wards/{code}?as_at={day}",
    "/ward/{code}/handout.pdf",
    "/ward/{code}/preview.png",
    "/feeds/ward/{code}.atom",
    "/data/exhibits/ward-page.csv?ward={code}",
)


def any_day(chance: random.Random) -> date:
    return PROMISED_ON + timedelta(days=chance.randrange((today() - PROMISED_ON).days))


def any_visit(chance: random.Random, codes: list[str]) -> Visit:
    """Half of them a ward, half of these on a past day."""
    if chance.random() < 0.5:
        return chance.choice(list(KEPT.values()))
    dated = f"&as_at={any_day(chance)}" if chance.random() < 0.5 else ""
    return Visit("", f"ward={chance.choice(codes)}{dated}")


def any_address(chance: random.Random, codes: list[str], listed: list[str]) -> str:
    if chance.random() < 0.3:
        return chance.choice(listed)
    return chance.choice(OF_A_WARD).format(code=chance.choice(codes), day=any_day(chance))


async def soak(site: str, server: int, minutes: float, codes: list[str]) -> list[Figure]:
    sitemap = httpx.get(f"{site}/sitemap.xml", timeout=60).text
    listed = re.findall(r"<loc>[^<]*?//[^/<]+([^<]*)</loc>", sitemap)
    asked, samples = 0, []
    ends = time.monotonic() + 60 * minutes

    async def visits(number: int) -> None:
        nonlocal asked
        chance = random.Random(number)
        while time.monotonic() < ends:
            async with Visitor(site) as visitor:
                for _ in range(VISITS_OF_A_VISITOR):
                    await visitor.rerun(any_visit(chance, codes))
                    asked += 1
                    await asyncio.sleep(chance.uniform(0, 2))

    async def reads(number: int) -> None:
        nonlocal asked
        chance = random.Random(1000 + number)
        async with httpx.AsyncClient(base_url=site, timeout=180) as client:
            while time.monotonic() < ends:
                answer = await client.get(any_address(chance, codes, listed))
                answer.raise_for_status()
                asked += 1
                await asyncio.sleep(chance.uniform(0, 0.2))

    async def watch() -> None:
        while time.monotonic() < ends:
            samples.append(resident_mb(server))
            await asyncio.sleep(SAMPLE_S)

    await asyncio.gather(watch(), *map(visits, range(VISITORS)), *map(reads, range(READERS)))
    tenth = max(1, len(samples) // 10)
    middle, late = median(samples[4 * tenth : 6 * tenth]), median(samples[-2 * tenth :])
    what = f"{minutes:g} minutes, {asked:,} answers"
    return [
        Figure(f"{what}: most memory", max(samples), "MB", at_most=MOST_MB),
        Figure(f"{what}: two tenths in the middle", middle, "MB"),
        Figure(f"{what}: last two tenths", late, "MB", late / middle, "the middle", at_most=1.05),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    asked = parser.parse_args()
    every = "SELECT ward_code FROM wards_2014 UNION SELECT ward_code FROM wards_2022 ORDER BY ward_code"
    codes = [row["ward_code"] for row in shared_store().rows(every)]
    with serve() as site:
        figures = asyncio.run(soak(site, newest_child(), asked.minutes, codes))
    keep("soak", figures)


if __name__ == "__main__":
    main()
