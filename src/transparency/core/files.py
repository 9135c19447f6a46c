"""Writing files so that a fault names the file, and nothing that was there is lost."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MAKE_ROOM = "Make room on that disk and run the command again."
_REMEDIES = {
    errno.ENOSPC: MAKE_ROOM,
    errno.EDQUOT: MAKE_ROOM,
    errno.EROFS: "Let that disk be written, or name another folder, and run the command again.",
}


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Have an error of the system name the file being written, which that of a full disk does not by itself."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(path)
        raise


def write_file(path: Path, content: bytes) -> None:
    """Write a new file; an error names it."""
    with naming(path):
        path.write_bytes(content)


def replace_file(path: Path, content: bytes, is_flushed: bool = False) -> None:
    """Put a file in place in one step: where it cannot be written whole, what was there before stays.

    `is_flushed` has it on disk before it takes its place, which is slow for many files.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with naming(path):
            with unfinished.open("wb") as file:
                file.write(content)
                if is_flushed:
                    file.flush()
                    os.fsync(file.fileno())
            unfinished.replace(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise


def told(error: OSError) -> str:
    """An error of the system for whoever typed a command; of a disk that takes no more, with what to do."""
    remedy = _REMEDIES.get(error.errno or 0)
    if remedy is None or error.errno is None:
        return str(error)
    file = error.filename2 or error.filename or "A file"
    return f"{file} cannot be written: {os.strerror(error.errno)}. {remedy}"
