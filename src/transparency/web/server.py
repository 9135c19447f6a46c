"""Starts the dashboard: `python -m transparency.web.server`, with PORT and HOST from the environment."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import sys

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from transparency.about.operator import check_operator
from transparency.core.errors import CatalogueError, SettingError
from transparency.core.logs import set_up_logs
from transparency.core.project import PROJECT_ROOT
from transparency.core.settings import DEFAULT_PORT, listening, settings

# What is kept of a head that is not complete; a browser sends some 2 kB. web.middleware refuses large ones at once.
LARGEST_HEAD_BYTES = 16 * 1024
# What the dashboard sends of a reader's choices is a few kB.
LARGEST_MESSAGE_BYTES = 256 * 1024
SECONDS_FOR_HEAD = 10.0


class PatientProtocol(HttpToolsProtocol):
    """HTTP that waits for a request's first line and headers, but not for ever and not for any number of bytes.

    The server's own limit is of the time between requests and ends at the first byte of the next. The parser takes
    versions before 1.0, and a request with no Host header or with several, which HTTP/1.1 forbids (RFC 9112, 3.2);
    here they are refused.
    """

    _deadline: asyncio.TimerHandle | None = None
    _head_bytes = 0
    _is_in_head = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        if self._is_in_head:
            self._head_bytes += len(data)
        super().data_received(data)
        if self._is_in_head and self._head_bytes > LARGEST_HEAD_BYTES and not self.transport.is_closing():
            self.send_400_response("The headers are too long.")

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._is_in_head, self._head_bytes = True, 0
        self._await_head()

    def on_headers_complete(self) -> None:
        self._is_in_head = False
        self._stop_waiting()
        version, hosts = self.parser.get_http_version(), [name for name, _ in self.headers].count(b"host")
        if version not in ("1.0", "1.1") or (version == "1.1" and hosts != 1):
            raise ValueError(f"HTTP {version} with {hosts} Host headers")
        super().on_headers_complete()

    def _await_head(self) -> None:
        """Count the time while a head is incomplete; it is the first thing on a connection, and between requests."""
        if self._deadline is None:
            self._deadline = self.loop.call_later(SECONDS_FOR_HEAD, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class CannotListenError(Exception):
    """The address or port asked for cannot be used; the text says what to do."""


def listening_socket(host: str, port: str) -> socket.socket:
    """A socket bound to `host` and `port`.

    The protocol is named because asyncio turns Nagle's algorithm off only for sockets that say they are TCP;
    without that, an answer in several small frames waits about 40 ms for a delayed acknowledgement.
    """
    if not port.isdecimal() or not 0 <= int(port) <= 65535:
        raise CannotListenError(
            f"PORT is {port!r}: it must be a whole number from 0 to 65535, as in make run PORT=8502"
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, int(port)))
        # Two servers may both bind before either listens, so a taken port may show only here.
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise CannotListenError(_why(error, host, int(port))) from error
    listener.set_inheritable(True)
    return listener


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is already in use. Choose another, as in: make run PORT={port + 1}"
    if error.errno == errno.EACCES:
        return f"Port {port} needs special rights. Choose one above 1023, as in: make run PORT={DEFAULT_PORT}"
    return f"Cannot listen on {host}, port {port}: {error.strerror or error}"


def main() -> int:
    """Serve until stopped; 1 with one line on stderr when a setting, the operator or the port cannot be used."""
    host, port = listening()
    try:
        check_operator(settings().site)
        listener = listening_socket(host, port)
    except (CannotListenError, SettingError, CatalogueError) as error:
        print(error, file=sys.stderr)
        return 1
    set_up_logs()
    os.chdir(PROJECT_ROOT)  # Streamlit reads .streamlit/config.toml from the working directory.
    sys.path.insert(0, str(PROJECT_ROOT))
    server = uvicorn.Server(
        uvicorn.Config(
            "app:app",
            ws="websockets-sansio",
            http=PatientProtocol,
            ws_max_size=LARGEST_MESSAGE_BYTES,
            proxy_headers=False,  # web.middleware reads them, from known proxies alone
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=5,
        )
    )
    bound_host, bound_port = listener.getsockname()[:2]
    shown_host = f"[{bound_host}]" if ":" in bound_host else bound_host
    print(f"The dashboard is at http://{shown_host}:{bound_port} (stop with Ctrl+C)", flush=True)
    server.run(sockets=[listener])
    return 0 if server.started else 1


if __name__ == "__main__":
    sys.exit(main())
