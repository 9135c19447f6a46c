"""Asking politely: a header that asks to wait is understood or ignored, an answer that is no JSON is said in words."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from transparency.core.errors import ImportRefusedError
from transparency.importers.polite import LONGEST_WAIT_S, PoliteClient, _asked_to_wait_s


@pytest.mark.parametrize(
    ("header", "wait_s"),
    [
        (None, None),
        ("", None),
        ("3", 3.0),
        ("-3", 0.0),
        ("1e9", LONGEST_WAIT_S),
        ("inf", LONGEST_WAIT_S),
        ("nan", None),
        ("soon", None),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
        ("Wed, 21 Oct 2015 07:28:00 -0000", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_WAIT_S),
    ],
)
def test_how_long_a_server_asks_to_wait(header: str | None, wait_s: float | None) -> None:
    assert _asked_to_wait_s(header) == wait_s


@contextmanager
def answering(body: bytes) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Nothing on the console."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    "body",
    [b"", b"[", b"<html>busy</html>", b"\xff\xfe", b"[" * 200_000, b"1" * 5_000, b'{"a": 1'],
)
def test_what_is_no_json_is_asked_for_again_and_refused_in_words(body: bytes) -> None:
    with (
        answering(body) as address,
        PoliteClient(1000, backoff_s=0, most_tries=2) as client,
        pytest.raises(ImportRefusedError, match=r"did not answer in 2 tries \(what it sent is .*, not whole JSON\)"),
    ):
        client.json(address)
