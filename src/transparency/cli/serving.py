"""Serving a store from a command until it is stopped."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from pathlib import Path

from transparency.core.settings import environment_with


def leave_when_told() -> None:
    """End by way of every `finally` when the system asks to, so that temporary folders go too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def serve_store(root: Path) -> None:
    """Run the server on the store at `root`, with PORT and HOST as for the server, until it or this is stopped.

    Only `app.py` brings commands and server together, so it is started as a program of its own.
    """
    sys.stdout.flush()
    server = subprocess.Popen(
        [sys.executable, "-m", "transparency.web.server"], env=environment_with(TRANSPARENCY_DATA=str(root))
    )
    try:
        with contextlib.suppress(KeyboardInterrupt):  # which the server gets as well
            server.wait()
    finally:
        server.terminate()
        server.wait()
