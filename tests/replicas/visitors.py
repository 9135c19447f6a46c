"""Readers for the tests of replicas: of plain pages, by threads, and of the dashboard, by websockets."""

from __future__ import annotations

import asyncio
import itertools
import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

import httpx
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

VERSION = re.compile(rb"[Dd]ata version ([0-9a-f]{12})")
QUESTION = "ward=E05900013&as_at=2017-01-04"
SECONDS_BETWEEN_REQUESTS = 0.12
SECONDS_BETWEEN_RUNS = 0.4


@dataclass(frozen=True)
class Seen:
    """One request or page run: when it began and ended, by the monotonic clock, and the data versions it named."""

    began: float
    ended: float
    versions: frozenset[str]
    fault: str = ""


@dataclass
class Traffic:
    """What every reader saw; `reconnections` counts, for each visitor of the dashboard, the sockets that broke."""

    pages: list[Seen] = field(default_factory=list)
    runs: dict[str, list[Seen]] = field(default_factory=dict)
    reconnections: dict[str, int] = field(default_factory=dict)


def versions_in(body: bytes) -> frozenset[str]:
    return frozenset(found.decode() for found in VERSION.findall(body))


@contextmanager
def traffic(address: str, plain: Sequence[str], dashboard: Sequence[str]) -> Iterator[Traffic]:
    """Readers at work while the block runs, each from an address of its own on this machine."""
    seen, stop = Traffic(), threading.Event()
    threads = [threading.Thread(target=_read_pages, args=(address, each, seen, stop)) for each in plain]
    threads += [threading.Thread(target=_use_dashboard, args=(address, each, seen, stop)) for each in dashboard]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=180)
            assert not thread.is_alive(), "a reader is still waiting"


def _read_pages(address: str, local_address: str, seen: Traffic, stop: threading.Event) -> None:
    """Ward pages of ever another day, so that none of them is kept on the way."""
    offset = int(local_address.rpartition(".")[2]) * 400
    with httpx.Client(transport=httpx.HTTPTransport(local_address=local_address)) as client:
        for number in itertools.count(offset):
            if stop.is_set():
                return
            day = date(2016, 7, 21) + timedelta(days=number % 3000)
            began = time.monotonic()
            try:
                answer = client.get(f"{address}/ward/E05900012", params={"as_at": day.isoformat()})
                fault = "" if answer.status_code == 200 else f"status {answer.status_code}"
                seen.pages.append(Seen(began, time.monotonic(), versions_in(answer.content), fault))
            except httpx.HTTPError as failure:
                seen.pages.append(Seen(began, time.monotonic(), frozenset(), type(failure).__name__))
            stop.wait(SECONDS_BETWEEN_REQUESTS)


def _use_dashboard(address: str, local_address: str, seen: Traffic, stop: threading.Event) -> None:
    seen.runs[local_address], seen.reconnections[local_address] = [], -1
    asyncio.run(_visit(address.replace("http", "ws") + "/_stcore/stream", local_address, seen, stop))


async def _visit(stream: str, local_address: str, seen: Traffic, stop: threading.Event) -> None:
    """One browser: it runs the page again and again, and connects again as soon as its socket breaks."""
    while not stop.is_set():
        try:
            async with websockets.connect(stream, local_addr=(local_address, 0), max_size=None) as socket:
                seen.reconnections[local_address] += 1
                while not stop.is_set():
                    seen.runs[local_address].append(await _run(socket))
                    await asyncio.sleep(SECONDS_BETWEEN_RUNS)
        except (OSError, websockets.WebSocketException):
            await asyncio.sleep(0.1)


async def _run(socket: websockets.ClientConnection) -> Seen:
    message = BackMsg()
    message.rerun_script.query_string = QUESTION
    began, versions = time.monotonic(), frozenset[str]()
    await socket.send(message.SerializeToString())
    while True:
        sent = await asyncio.wait_for(socket.recv(), timeout=180)
        assert isinstance(sent, bytes)
        versions |= versions_in(sent)
        answer = ForwardMsg()
        answer.ParseFromString(sent)
        if answer.WhichOneof("type") == "script_finished":
            return Seen(began, time.monotonic(), versions)
