"""What is made, opened for writing, moved or removed below a folder, told just before it happens.

Python tells every file operation of its own (`sys.addaudithook`). A process killed there leaves the folder exactly as
it is at that moment, so a copy of it is what the next process finds; an error raised there is that of the operation.
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MADE = frozenset({"open", "os.mkdir", "os.rename"})
REMOVED = frozenset({"os.remove", "os.rmdir", "shutil.rmtree"})


@dataclass(frozen=True)
class Touch:
    """One operation on a path below the folder that is watched."""

    event: str
    path: Path

    def __str__(self) -> str:
        return f"{self.event} {self.path.name}"


_watched: list[tuple[str, Callable[[Touch], None]]] = []


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watched or event not in MADE | REMOVED:
        return
    if isinstance(arguments[0], int) or (event == "open" and arguments[2] & os.O_ACCMODE == os.O_RDONLY):
        return
    folder, act = _watched[-1]
    path = os.fsdecode(arguments[0])
    if path.startswith(folder) and not (event == "os.mkdir" and Path(path).is_dir()):
        act(Touch(event, Path(path)))


sys.addaudithook(_hear)  # which cannot be taken away again


@contextmanager
def touching(root: Path, act: Callable[[Touch], None]) -> Iterator[None]:
    """Tell `act` of each touch below `root`, before it happens and in the thread where it does."""
    _watched.append((f"{root}{os.sep}", act))
    try:
        yield
    finally:
        _watched.pop()


def standing_still(root: Path, states: Path, work: Callable[[], object]) -> list[tuple[Touch, Path]]:
    """Copies of a folder before each touch of the work done in it: what a process killed there leaves behind."""
    found: list[tuple[Touch, Path]] = []
    one_at_a_time = threading.Lock()

    def copied(touch: Touch) -> None:
        with one_at_a_time:
            found.append((touch, shutil.copytree(root, states / str(len(found)))))

    with touching(root, copied):
        work()
    return found
