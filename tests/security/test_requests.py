"""Requests that are too long, too large or too slow are refused in good time, and the rest is answered meanwhile."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from transparency.web import server as own_server
from transparency.web.middleware import LARGEST_BODY_BYTES, LARGEST_HEADERS_BYTES, LONGEST_QUERY, RequestLimits
from transparency.web.server import LARGEST_HEAD_BYTES, LARGEST_MESSAGE_BYTES, PatientProtocol, listening_socket

SHORT, LONG = 0.3, 180.0


async def echo(request: Request) -> Response:
    return PlainTextResponse(await request.body())


@pytest.fixture
def impatient() -> Iterator[tuple[str, int]]:
    """The server's own protocol and limits around an echo, with less patience than in earnest."""
    with awaiting(SHORT) as address:
        yield address


@pytest.fixture
def patient() -> Iterator[tuple[str, int]]:
    """The same with more patience than a busy machine tries."""
    with awaiting(LONG) as address:
        yield address


@contextmanager
def awaiting(seconds: float) -> Iterator[tuple[str, int]]:
    app = Starlette(
        routes=[Route("/", echo, methods=["GET", "POST"])],
        middleware=[Middleware(RequestLimits, seconds_for_body=seconds)],
    )
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, http=PatientProtocol))
    with listening_socket("127.0.0.1", "0") as listener, pytest.MonkeyPatch.context() as patch:
        patch.setattr(own_server, "SECONDS_FOR_HEAD", seconds)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield listener.getsockname()
        server.should_exit = True
        thread.join()


def said(address: tuple[str, int], *pieces: bytes) -> bytes:
    """What the server says to these pieces, sent a little apart, until it closes the connection."""
    with socket.create_connection(address, timeout=180) as talk:
        for piece in pieces:
            talk.sendall(piece)
            time.sleep(0.02)
        heard = b""
        while chunk := talk.recv(65536):
            heard += chunk
        return heard


@pytest.mark.parametrize("begun", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: a"])
def test_a_head_that_does_not_come_is_not_awaited(impatient: tuple[str, int], begun: bytes) -> None:
    assert said(impatient, begun) == b""


def test_a_second_head_on_a_connection_is_not_awaited_either(impatient: tuple[str, int]) -> None:
    heard = said(impatient, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"GET / HT")
    assert heard.startswith(b"HTTP/1.1 200 OK")
    assert heard.count(b"HTTP/1.1") == 1


def test_a_body_that_does_not_come_is_not_awaited(impatient: tuple[str, int]) -> None:
    heard = said(impatient, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n", b"slow")
    assert heard.startswith(b"HTTP/1.1 408")
    assert b"The body did not arrive in time." in heard


def test_a_body_in_pieces_is_put_together(patient: tuple[str, int]) -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert said(patient, head, b"3\r\nabc\r\n", b"2\r\nde\r\n", b"0\r\n\r\n").endswith(b"abcde")


def test_a_body_that_is_too_large_is_refused_however_it_comes(patient: tuple[str, int]) -> None:
    host, port = patient
    address = f"http://{host}:{port}/"
    assert httpx.post(address, content=b"x" * LARGEST_BODY_BYTES).status_code == 200
    assert httpx.post(address, content=b"x" * (LARGEST_BODY_BYTES + 1)).status_code == 413
    head = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"%x\r\n%s\r\n" % (LARGEST_BODY_BYTES // 2, b"x" * (LARGEST_BODY_BYTES // 2))
    assert said(patient, head, chunk, chunk, chunk).startswith(b"HTTP/1.1 413")
    told = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n"
    assert said(patient, told).startswith(b"HTTP/1.1 400")  # no number that a length can be


def test_an_address_or_headers_that_are_too_long_are_refused(patient: tuple[str, int]) -> None:
    host, port = patient
    address = f"http://{host}:{port}/"
    assert httpx.get(f"{address}?{'a' * LONGEST_QUERY}").status_code == 200
    assert httpx.get(f"{address}?{'a' * (LONGEST_QUERY + 1)}").status_code == 414
    assert httpx.get(address, headers={"X-Long": "a" * LARGEST_HEADERS_BYTES}).status_code == 431
    endless = said(patient, b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: ", b"a" * LARGEST_HEAD_BYTES, b"a")
    assert endless.startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    "raw",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Y: a\x00b\r\n\r\n",
        b"GET /\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)
def test_what_is_no_http_is_refused(impatient: tuple[str, int], raw: bytes) -> None:
    heard = said(impatient, raw)
    assert heard == b"" or heard.startswith(b"HTTP/1.1 400")


def test_a_message_that_is_too_large_closes_the_dashboards_socket(live_server: str) -> None:
    address = live_server.replace("http", "ws") + "/_stcore/stream"
    with connect(address, subprotocols=["streamlit"], max_size=None) as talk:  # type: ignore[list-item]
        talk.send(b"\x00" * (LARGEST_MESSAGE_BYTES + 1))
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                talk.recv(timeout=180)
    assert closed.value.rcvd is not None and closed.value.rcvd.code == 1009
    assert httpx.get(f"{live_server}/health").status_code == 200
