"""Visitors of the dashboard as the server sees them, and the servers they are measured against.

A visitor is an open websocket that asks for a page and waits until its script has finished. The load is made by the
process of the benchmark, on the same cores as the servers, which slows all of them alike.
"""

from __future__ import annotations

import asyncio
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import websockets
from benchmarks.figures import ROOT
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ONE_LINE = 'import streamlit as st\nst.html("<h1>One line</h1>")\n'
ONE_LINE_APP = 'import streamlit as st\napp = st.App("page.py")\n'
SECONDS_TO_START = 60


@dataclass(frozen=True)
class Visit:
    """An address of the dashboard: the page's name and what the address asks of it."""

    page: str = ""
    query: str = ""


class Visitor:
    """One open session."""

    def __init__(self, address: str) -> None:
        self.socket_address = address.replace("http", "ws") + "/_stcore/stream"
        # As a browser does: it keeps the large messages of its last run, says so, and gets them as references.
        self.kept: set[str] = set()

    async def __aenter__(self) -> Visitor:
        # A server that is overwhelmed may not answer a ping for minutes; it is waited for, since that is measured.
        self.socket = await websockets.connect(
            self.socket_address, max_size=None, open_timeout=SECONDS_TO_START, ping_interval=None
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.socket.close()

    async def rerun(self, visit: Visit) -> float:
        """Milliseconds from the request to the end of the script."""
        message = BackMsg()
        message.rerun_script.query_string = visit.query
        message.rerun_script.page_name = visit.page
        message.rerun_script.cached_message_hashes.extend(self.kept)
        self.kept = set()
        started = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(await self.socket.recv())
            if answer.WhichOneof("type") == "ref_hash":
                self.kept.add(answer.ref_hash)
            elif answer.metadata.cacheable:
                self.kept.add(answer.hash)
            if answer.WhichOneof("type") == "script_finished":
                return (time.perf_counter() - started) * 1000


Choose = Callable[[random.Random], Visit]


async def acting(site: str, choose: Choose, visitors: int, every_s: float, seconds: float) -> list[float]:
    """Each visitor asks for a page every so many seconds, each from its own moment; the milliseconds of each answer.

    A visitor who still waits when the next moment comes asks as soon as the answer is there.
    """

    async def visits(visitor: Visitor, number: int, ends: float) -> list[float]:
        chance = random.Random(number)
        await asyncio.sleep(every_s * number / visitors)
        taken = []
        while time.perf_counter() < ends:
            taken.append(await visitor.rerun(choose(chance)))
            await asyncio.sleep(max(0.0, every_s - taken[-1] / 1000))
        return taken

    async with AsyncExitStack() as stack:
        opened = [await stack.enter_async_context(Visitor(site)) for _ in range(visitors)]
        for visitor in opened:  # the first run also makes the session
            await visitor.rerun(Visit())
        ends = time.perf_counter() + seconds
        every = await asyncio.gather(*(visits(visitor, number, ends) for number, visitor in enumerate(opened)))
    return [took for taken in every for took in taken]


async def hammering(site: str, choose: Choose, visitors: int, seconds: float) -> float:
    """Runs a second when each visitor asks again as soon as it has its answer, until the last has the answer it
    asked for within so many seconds."""

    async def visits(visitor: Visitor, number: int, ends: float) -> int:
        chance, runs = random.Random(number), 0
        while runs == 0 or time.perf_counter() < ends:
            await visitor.rerun(choose(chance))
            runs += 1
        return runs

    async with AsyncExitStack() as stack:
        opened = [await stack.enter_async_context(Visitor(site)) for _ in range(visitors)]
        for visitor in opened:
            await visitor.rerun(Visit())
        started = time.perf_counter()
        runs = await asyncio.gather(
            *(visits(visitor, number, started + seconds) for number, visitor in enumerate(opened))
        )
        return sum(runs) / (time.perf_counter() - started)


# ---------------------------------------------------------------- servers


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def one_line_server() -> Iterator[str]:
    """A one-line page with the dashboard's own settings, served as the dashboard is."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "page.py").write_text(ONE_LINE)
        (Path(folder) / "one_line.py").write_text(ONE_LINE_APP)
        (Path(folder) / ".streamlit").symlink_to(ROOT / ".streamlit")
        port = free_port()
        command = ["-m", "uvicorn", "one_line:app", "--port", str(port), "--log-level", "warning"]
        with started([*command, "--ws", "websockets-sansio"], port, folder, PYTHONPATH=folder) as site:
            yield site


@contextmanager
def stock_server() -> Iterator[str]:
    """The dashboard by `streamlit run`, with the framework's own settings where ours differ for speed."""
    port = free_port()
    command = ["-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(port), "--server.headless", "true"]
    stock = ["--runner.postScriptGC", "true", "--server.fileWatcherType", "auto", "--server.runOnSave", "false"]
    with started([*command, *stock], port, str(ROOT)) as site:
        yield site


@contextmanager
def started(command: Sequence[str], port: int, folder: str, **variables: str) -> Iterator[str]:
    """A server run by this Python; gives its address once it answers."""
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=folder,
        env={**os.environ, **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def wait_for(address: str) -> None:
    """Wait until something answers at the address."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        try:
            httpx.get(address)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"no answer from {address} within {SECONDS_TO_START} s")
