"""Starting the server: the three ways, the taken port, the faulty port."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.serving import ROOT, serve, wait_until_answering
from transparency.web.server import CannotListenError, listening_socket


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_with_port(port: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "transparency.web.server"],
        env={**os.environ, "PORT": port, "HOST": "127.0.0.1"},
        capture_output=True,
        text=True,
        timeout=180,
    )


def test_taken_port_gives_one_clear_line() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ended = start_with_port(str(port))
    assert ended.returncode == 1
    assert ended.stderr == (f"Port {port} is already in use. Choose another, as in: make run PORT={port + 1}\n")


@pytest.mark.parametrize("port", ["eighty", "-1", "65536", "80.5", ""])
def test_faulty_port_is_refused(port: str) -> None:
    with pytest.raises(CannotListenError, match="whole number from 0 to 65535"):
        listening_socket("127.0.0.1", port)


def test_small_frames_are_not_held_back() -> None:
    """asyncio turns Nagle's algorithm off only for sockets that name TCP as their protocol."""
    with listening_socket("127.0.0.1", "0") as listener:
        assert listener.proto == socket.IPPROTO_TCP


@contextmanager
def running(command: list[str], port: int) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_answering(address, process, lambda: "its output was not kept")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=180)


@pytest.mark.parametrize("way", ["uvicorn", "streamlit"])
def test_the_same_application_starts_the_framework_s_own_ways(way: str) -> None:
    port = free_port()
    command = {
        "uvicorn": ["uvicorn", "app:app", "--port", str(port)],
        "streamlit": [
            "streamlit",
            "run",
            "app.py",
            "--server.port",
            str(port),
            "--server.address",
            "127.0.0.1",
        ],
    }[way]
    with running(command, port) as address:
        assert httpx.get(f"{address}/health").status_code == 200
        assert '<html lang="en-GB">' in httpx.get(address).text


def test_a_stopped_server_leaves_no_file_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with serve() as address:
        assert httpx.get(f"{address}/data/transparency.zip").status_code == 200
        assert list(tmp_path.glob("transparency-data-*"))
    assert not list(tmp_path.glob("transparency-data-*"))
