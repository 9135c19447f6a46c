"""How long `make run` takes on a machine that has nothing yet, to its first answer, against an earlier commit.

    python -m benchmarks.setup [--before 2019683]

Both are taken from the repository into folders of their own, and installed and started by their own `make run`, one
after the other. What pip or uv keep of downloads serves both, since each is installed once before.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import httpx
from benchmarks.figures import ROOT, Figure, keep

LONGEST_S = 600


def first_answer_s(folder: Path) -> float:
    """Seconds from `make run` in the folder to its first answer to GET /."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    started = time.perf_counter()
    server = subprocess.Popen(
        ["make", "run", f"PORT={port}"],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while time.perf_counter() - started < LONGEST_S:
            try:
                httpx.get(f"http://127.0.0.1:{port}/", timeout=LONGEST_S).raise_for_status()
            except httpx.TransportError:
                time.sleep(0.1)
            else:
                return time.perf_counter() - started
        raise SystemExit(f"make run in {folder} gave no answer in {LONGEST_S} s")
    finally:
        os.killpg(server.pid, 15)
        server.wait()


def taken(commit: str, folder: Path) -> Path:
    """The commit's files in a folder of their own."""
    folder.mkdir()
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True).stdout
    subprocess.run(["tar", "-x"], cwd=folder, input=archive, check=True)
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", default="2019683")
    before = parser.parse_args().before
    with tempfile.TemporaryDirectory() as folder:
        for commit in (before, "HEAD"):
            first_answer_s(taken(commit, Path(folder) / f"{commit}-first"))
        earlier = first_answer_s(taken(before, Path(folder) / before))
        now = first_answer_s(taken("HEAD", Path(folder) / "HEAD"))
    of = f"commit {before}"
    keep(
        "setup",
        [
            Figure(f"make run to the first answer, {of}", earlier, "s"),
            Figure("make run to the first answer", now, "s", now / earlier, of, at_most=0.5),
        ],
    )


if __name__ == "__main__":
    main()
