"""Starting the real server, and finding the browser, for tests that speak HTTP."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import httpx

ROOT = Path(__file__).parents[1]
SECONDS_TO_START = 180


def chromium_path() -> str | None:
    """The browser the tests drive: CHROMIUM, else the first of the usual names on PATH."""
    named = os.environ.get("CHROMIUM")
    names = [named] if named else ["chromium", "chromium-browser", "google-chrome"]
    return next((path for path in map(shutil.which, names) if path), None)


@contextmanager
def serve(data: Path | None = None, errors_to: Path | None = None, **settings: str) -> Iterator[str]:
    """The dashboard on a free port of this machine, as `make run` starts it; gives its address.

    `data` is the store to serve (TRANSPARENCY_DATA); without it the embedded one. `settings` are further variables
    of the environment, `errors_to` is where the log goes. Tests search more than a reader does, so there is no limit
    unless `settings` set one.
    """
    with server(data, errors_to, **settings) as (address, _):
        yield address


@contextmanager
def server(
    data: Path | None = None, errors_to: Path | None = None, python: str | Path = sys.executable, **settings: str
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The same, by another `python` if named; gives its process too, which a test may stop."""
    environment = {**os.environ, "PORT": "0", "HOST": "127.0.0.1", "TRANSPARENCY_SEARCHES": "0", **settings}
    environment.pop("TRANSPARENCY_DATA", None)
    if data is not None:
        environment["TRANSPARENCY_DATA"] = str(data)
    with errors_to.open("w+") if errors_to else tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(
            [python, "-m", "transparency.web.server"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            address = re.search(r"http://\S+", said)
            assert address, f"the server did not say where it is: {said!r} {_read(errors)}"
            wait_until_answering(address[0], process, lambda: _read(errors))
            yield address[0], process
        finally:
            process.terminate()
            try:
                process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_until_answering(address: str, process: subprocess.Popen[str], errors: Callable[[], str]) -> None:
    """Wait until /health answers, well or not; fail with what the server wrote when it ended first."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        assert process.poll() is None, f"the server ended with {process.returncode}: {errors()}"
        try:
            httpx.get(f"{address}/health", timeout=SECONDS_TO_START)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"no answer from {address} within {SECONDS_TO_START} s: {errors()}")


def _read(file: IO[str]) -> str:
    file.seek(0)
    return file.read()
