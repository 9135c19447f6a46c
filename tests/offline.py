"""Refusing every connection to another machine, and telling which were asked for.

Python tells each before it is made (`sys.addaudithook`). The database asks nobody: it is locked when a store is opened.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

CONNECTIONS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
LOOK_UPS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
HERE = frozenset({"127.0.0.1", "::1", "localhost", "", None})

_refused: list[list[str]] = []


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if not _refused or event not in CONNECTIONS | LOOK_UPS:
        return
    host = arguments[0] if event in LOOK_UPS else arguments[1]
    if event in CONNECTIONS:
        host = host[0] if isinstance(host, tuple) else None  # a socket of this machine has a path
    if host not in HERE:
        _refused[-1].append(f"{event} {host}")
        raise ConnectionRefusedError(f"{event} {host}: no other machine may be asked")


sys.addaudithook(_hear)  # which cannot be taken away again


@contextmanager
def refusing_connections() -> Iterator[list[str]]:
    """Refuse every connection to another machine, and every look-up of one; gives those that were asked for."""
    attempts: list[str] = []
    _refused.append(attempts)
    try:
        yield attempts
    finally:
        _refused.pop()
