"""How long a visitor waits for a rerun, through the websocket: one visitor, a hundred, a hundred who never rest.

    python -m benchmarks.interaction [--rounds 40] [--visitors 100] [--seconds 20]

Every page of the dashboard, against a one-line Streamlit page with the same settings under the same kind of server, and
against `streamlit run` of the dashboard with the framework's own settings. Each is served by a process of its own, and
they are asked in turn so that a busy machine slows all alike. Each rests before it is asked, as with a reader: for 5 ms
after it has sent something the framework sends nothing, so that an answer asked for at once would wait for that alone.
"Kept" is an address asked before; "first" is a ward and day nobody has asked for. The hundred ask for wards (half of
them, any of London's), the landing page and the other pages, as readers would.
"""

from __future__ import annotations

import argparse
import asyncio
import random
from collections.abc import Sequence

from benchmarks.figures import Figure, keep, median, p95
from benchmarks.visitors import Choose, Visit, Visitor, acting, hammering, one_line_server, stock_server
from tests.serving import serve

from transparency.pages.registry import PAGES
from transparency.store.current import shared_store

WARD = Visit("", "ward=E05000139&as_at=2017-01-04")
BOROUGH = Visit("boroughs", "borough=E09000007")
KEPT = {
    "landing": Visit(),
    "ward": WARD,
    "one borough": BOROUGH,
    **{page.name: Visit(page.name) for page in PAGES if not page.is_landing},
}
MOST_TIMES = 2.0
MOST_TIMES_WITH_A_CHART = {"counters": 2.5, "ring_fencing": 2.5}  # pydeck and Plotly
MOST_P95_MS, MOST_P95_TIMES = 300, 10
EVERY_S = 5.0
WARMING_ROUNDS = 3
REST_S = 0.02


def fresh_addresses(count: int) -> list[Visit]:
    """Wards of the 2014 set on days up to May 2018, seeded, none twice."""
    chance = random.Random(629)
    codes = [row["ward_code"] for row in shared_store().rows("SELECT ward_code FROM wards_2014")]
    return [
        Visit("", f"ward={code}&as_at=2017-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}")
        for code in chance.sample(codes, count)
    ]


def reader() -> Choose:
    """What a reader asks for: half of them a ward, a fifth the landing page, the others any page."""
    codes = [row["ward_code"] for row in shared_store().rows("SELECT ward_code FROM wards_2022")]
    pages = list(KEPT.values())

    def choose(chance: random.Random) -> Visit:
        lot = chance.random()
        if lot < 0.5:
            return Visit("", f"ward={chance.choice(codes)}")
        return Visit() if lot < 0.7 else chance.choice(pages)

    return choose


async def one_visitor(dashboard: str, one_line: str, rounds: int) -> list[Figure]:
    """The median rerun of each page by a visitor who stays on it, in turn with the one-line page.

    Each ratio is to the reruns of the one-line page between the page's own, so that both are met by a machine in the
    same state.
    """
    of, told, every = "the one-line page", [], []
    async with Visitor(one_line) as other:
        for name, visit in KEPT.items():
            async with Visitor(dashboard) as visitor:
                base, taken = [], []
                for _ in range(rounds + WARMING_ROUNDS):
                    await asyncio.sleep(REST_S)
                    base.append(await other.rerun(Visit()))
                    await asyncio.sleep(REST_S)
                    taken.append(await visitor.rerun(visit))
            one, own = median(base[WARMING_ROUNDS:]), median(taken[WARMING_ROUNDS:])
            every += base[WARMING_ROUNDS:]
            most = MOST_TIMES_WITH_A_CHART.get(name, MOST_TIMES)
            told.append(Figure(f"{name}, kept", own, "ms", own / one, of, most))
        async with Visitor(dashboard) as visitor:
            base, first = [], []
            for visit in fresh_addresses(rounds):
                await asyncio.sleep(REST_S)
                base.append(await other.rerun(Visit()))
                await asyncio.sleep(REST_S)
                first.append(await visitor.rerun(visit))
    told.append(Figure("ward and day, first", median(first), "ms", median(first) / median(base), of))
    return [Figure("one-line page", median(every), "ms"), *told]


async def many(sites: Sequence[str], visitors: int, seconds: float) -> list[Figure]:
    """A hundred visitors on the dashboard, the one-line page and the dashboard as stock."""
    dashboard, one_line, stock = sites
    choose = reader()
    told, slowest = [], {}
    for name, site, chosen, goal in (
        ("dashboard", dashboard, choose, MOST_P95_MS),
        ("one-line page", one_line, lambda _: Visit(), None),
        ("dashboard by stock streamlit run", stock, choose, None),
    ):
        taken = await acting(site, chosen, visitors, EVERY_S, seconds)
        what = f"{visitors} visitors each acting every {EVERY_S:g} s"
        slowest[name] = p95(taken)
        told += [
            Figure(f"{what}, {name}: p95", slowest[name], "ms", at_most=goal),
            Figure(f"{what}, {name}: median", median(taken), "ms"),
        ]
    times = slowest["dashboard"] / slowest["one-line page"]
    told.append(Figure(f"{what}: p95", slowest["dashboard"], "ms", times, "the one-line page's", MOST_P95_TIMES))
    one = await hammering(one_line, lambda _: Visit(), visitors, seconds / 2)
    of_stock = await hammering(stock, choose, visitors, seconds / 2)
    ours = await hammering(dashboard, choose, visitors, seconds / 2)
    hammer = f"{visitors} visitors hammering"
    return [
        *told,
        Figure(f"{hammer}, one-line page", one, "runs/s"),
        Figure(f"{hammer}, dashboard by stock streamlit run", of_stock, "runs/s"),
        Figure(f"{hammer}, dashboard", ours, "runs/s", ours / of_stock, "stock streamlit run", at_least=8),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--visitors", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=20)
    asked = parser.parse_args()
    with serve() as dashboard, one_line_server() as one_line:
        figures = asyncio.run(one_visitor(dashboard, one_line, asked.rounds))
        with stock_server() as stock:
            figures += asyncio.run(many((dashboard, one_line, stock), asked.visitors, asked.seconds))
    keep("interaction", figures)


if __name__ == "__main__":
    main()
