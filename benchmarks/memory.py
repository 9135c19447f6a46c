"""How much memory a visitor costs, and whether it comes back when visitors have gone.

    python -m benchmarks.memory [--sessions 200] [--wait 30]

Sessions are opened, each shows a ward, and are left; then they end. The framework keeps a session that lost its
connection for 20 s, so that a telephone in a tunnel comes back to its page; `--wait` is how long is waited for
the end. Then the same is done again: what the first time cost for good, it costs once.
"""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from benchmarks.figures import Figure, keep, resident_mb
from benchmarks.visitors import Visit, Visitor
from tests.serving import serve

from transparency.store.current import shared_store

COLLECTED_WITHIN_S = 70


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
        # Old sessions are let go when a new one comes, and their memory is given back within the next minute.
        async with open_sessions(site, 1, codes):
            await asyncio.sleep(COLLECTED_WITHIN_S)
            after.append(resident_mb(server))
    return [
        Figure("server, warm, no session", start, "MB"),
        Figure(f"with {count} sessions open", held[0], "MB"),
        Figure("growth for each session", 1000 * (held[0] - start) / count, "kB"),
        Figure("after they ended", after[0], "MB", after[0] / start, "the start", at_most=1.05),
        Figure(f"with {count} sessions again", held[1], "MB", held[1] / held[0], "the first time", at_most=1.05),
        Figure("after these ended", after[1], "MB", after[1] / after[0], "the first time", at_most=1.05),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=200)
    parser.add_argument("--wait", type=float, default=30)
    asked = parser.parse_args()
    codes = [row["ward_code"] for row in shared_store().rows("SELECT ward_code FROM wards_2022 ORDER BY ward_code")]
    with serve() as site:
        server = newest_child()
        figures = asyncio.run(sessions(site, server, asked.sessions, asked.wait, codes))
    keep("memory", figures)


if __name__ == "__main__":
    main()
