"""How long a visitor waits for a rerun, through the websocket, against a one-line Streamlit page.

    python -m benchmarks.interaction            a table of medians and ratios

Both pages are served as the dashboard is (ASGI application under uvicorn, the same settings), each by a
process of its own, and are asked in turn so that a busy machine slows both alike. "Cached" is an address
asked before; "first" is a ward and day nobody has asked for.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from tests.serving import serve

from transparency.store import shared_store

ONE_LINE = 'import streamlit as st\nst.html("<h1>One line</h1>")\n'
ONE_LINE_APP = """
import streamlit as st
app = st.App("page.py")
"""
PAGES = {
    "landing": "",
    "ward": "ward=E05000139&as_at=2017-01-04",
}
ROUNDS = 40


@contextmanager
def one_line_server() -> Iterator[str]:
    """A one-line page with the dashboard's own settings."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "page.py").write_text(ONE_LINE)
        (Path(folder) / "one_line.py").write_text(ONE_LINE_APP)
        settings = Path(__file__).parents[1] / ".streamlit"
        (Path(folder) / ".streamlit").symlink_to(settings)
        port = random.randint(20000, 40000)
        process = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "one_line:app", "--port", str(port), "--log-level", "warning"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": folder},
        )
        try:
            time.sleep(4)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


class Visitor:
    """One open session: asks for a rerun and waits until the script has finished."""

    def __init__(self, address: str) -> None:
        self.socket_address = address.replace("http", "ws") + "/_stcore/stream"

    async def __aenter__(self) -> Visitor:
        self.socket = await websockets.connect(self.socket_address, max_size=None)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.socket.close()

    async def rerun(self, query: str, page_script_hash: str = "") -> float:
        """Milliseconds from the request to the end of the script."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_script_hash = page_script_hash
        started = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(await self.socket.recv())
            if answer.WhichOneof("type") == "script_finished":
                return (time.perf_counter() - started) * 1000


async def measure() -> None:
    with serve() as dashboard, one_line_server() as one_line:
        async with Visitor(dashboard) as visitor, Visitor(one_line) as other:
            await other.rerun("")
            base: list[float] = []
            cached: dict[str, list[float]] = {name: [] for name in PAGES}
            for query in PAGES.values():
                await visitor.rerun(query)
            for _ in range(ROUNDS):
                base.append(await other.rerun(""))
                for name, query in PAGES.items():
                    cached[name].append(await visitor.rerun(query))
            first = [await visitor.rerun(query) for query in fresh_addresses(ROUNDS)]
    report(base, cached, first)


def fresh_addresses(count: int) -> list[str]:
    """Wards of the 2014 set on days up to May 2018, seeded, none twice."""
    chance = random.Random(629)
    codes = [row["ward_code"] for row in shared_store().rows("SELECT ward_code FROM wards_2014")]
    return [
        f"ward={code}&as_at=2017-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        for code in chance.sample(codes, count)
    ]


def report(base: list[float], cached: dict[str, list[float]], first: list[float]) -> None:
    one_line = statistics.median(base)
    print(f"{'page':<28}{'median ms':>10}{'p95 ms':>10}{'ratio':>8}")
    rows = [("one-line page", base), *((f"{name}, cached", times) for name, times in cached.items())]
    for name, times in [*rows, ("ward and day, first time", first)]:
        middle, p95 = statistics.median(times), sorted(times)[int(0.95 * len(times))]
        print(f"{name:<28}{middle:>10.1f}{p95:>10.1f}{middle / one_line:>8.2f}")


if __name__ == "__main__":
    asyncio.run(measure())
