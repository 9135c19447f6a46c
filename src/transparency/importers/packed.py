"""Files as they are handed over: what one is by its first bytes, and reading what is packed in it.

Every error of unpacking ends in an ImportRefusedError that says what is wrong with the file and what to do about it.
"""

from __future__ import annotations

import gzip
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from transparency.core.errors import ImportRefusedError
from transparency.core.findings import quoted

HEAD_BYTES = 4096
LARGEST_UNPACKED_BYTES = 4_000_000_000
NOTHING_IMPORTED = "Nothing was imported."
DOWNLOAD_AGAIN = "Download it again."

UNPACKING_ERRORS = (
    *(RuntimeError, OSError, EOFError, UnicodeDecodeError),
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
)
_BLOCK_BYTES = 1 << 20
GZIP_FILE = "a gzip file"
_GZIP = b"\x1f\x8b"
_TAR, _TAR_PLACE = b"ustar", 257
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# UTF-32 stands before UTF-16, whose mark begins UTF-32's.
_SIGNATURES = (
    *((start, "a zip archive") for start in _ZIP),
    (_GZIP, GZIP_FILE),
    (b"\xd0\xcf\x11\xe0", "an Excel workbook of before 2007 (.xls) or one with a password"),
    (b"\xff\xfe\x00\x00", "UTF-32 text"),
    (b"\x00\x00\xfe\xff", "UTF-32 text"),
    (b"\xff\xfe", "UTF-16 text"),
    (b"\xfe\xff", "UTF-16 text"),
    (b"{\\rtf", "RTF"),
    (b"%PDF-", "a PDF"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_MARKUP = (
    (re.compile(rb"\{\s*(\"|\}|$)|\[\s*([\[{\"\d\]-]|$)"), "JSON"),
    (re.compile(rb"(<\?.*?\?>|<!--.*?-->|\s)*<(!doctype\s+html|html|head|body)\b", re.DOTALL), "a web page (HTML)"),
    (re.compile(rb"<(\?xml|!--|[a-z][\w:.-]*[\s>/])"), "XML"),
)
_OFFICE_FOLDERS = {"xl": "an Excel workbook", "word": "a Word document", "ppt": "a PowerPoint presentation"}
# The ways of packing a zip that are met and that zipfile does not read, or not in every version of Python.
_PACKINGS = {1: "shrink", 6: "implode", 9: "deflate64", 93: "Zstandard", 95: "xz", 98: "PPMd", 99: "AES"}
_COMPRESSION = re.compile(r"compression type \d+ \((.+)\)")


# ---------------------------------------------------------------- what a file is


def what_it_is(head: bytes) -> str | None:
    """Name what a file is by its first bytes; None for a plain text table (UTF-8 or Latin-1) and what is not known."""
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head[_TAR_PLACE : _TAR_PLACE + len(_TAR)] == _TAR:
        return "a tar archive"
    if (wide := _wide_text(head)) is not None:
        return wide
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return next((kind for pattern, kind in _MARKUP if pattern.match(text)), None)


def _wide_text(head: bytes) -> str | None:
    """Text of two or four bytes a letter without its mark: NUL stands in the same place of each letter."""
    for width, kind in ((4, "UTF-32 text"), (2, "UTF-16 text")):
        whole = head[: len(head) - len(head) % width]
        columns = [whole[place::width] for place in range(width)]
        empty = [bool(column) and column.count(0) > 0.9 * len(column) for column in columns]
        if sum(empty) == width - 1 and (empty[0] or empty[-1]):
            return kind
    return None


def office_document(names: Iterable[str]) -> str | None:
    """Name the document that a zip with these members is, such as "an Excel workbook"; None for a plain archive."""
    there = set(names)
    if "[Content_Types].xml" in there:
        folders = {name.partition("/")[0] for name in there}
        return next((kind for folder, kind in _OFFICE_FOLDERS.items() if folder in folders), None)
    return "an OpenDocument file (.ods)" if {"mimetype", "content.xml"} <= there else None


# ---------------------------------------------------------------- errors in plain words


@contextmanager
def reading(file: str, remedy: str) -> Iterator[None]:
    """Turn every error of unpacking or decoding into an ImportRefusedError about `file`.

    `remedy` says what to do with a file that is whole and cannot be unpacked here, such as "Unpack it."
    """
    try:
        yield
    except UNPACKING_ERRORS as error:
        wrong, todo = what_is_wrong(error, remedy)
        raise ImportRefusedError(f"{file} {wrong}. {todo} {NOTHING_IMPORTED}") from error


def what_is_wrong(error: Exception, remedy: str) -> tuple[str, str]:
    """What one of `UNPACKING_ERRORS` says is wrong with a file, and what to do."""
    text = str(error)
    if isinstance(error, UnicodeDecodeError):
        return "is damaged or not text in UTF-8", "Save it in UTF-8, or download it again."
    if isinstance(error, RuntimeError) and ("password" in text or "encrypt" in text):
        return "needs a password", remedy
    if isinstance(error, NotImplementedError):
        way = _COMPRESSION.search(text)
        return f"is packed in a way that cannot be read here{f' ({way[1]})' if way else ''}", remedy
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror}", "Check that it is there and may be read."
    return "is cut short or damaged", DOWNLOAD_AGAIN


# ---------------------------------------------------------------- what is in a file


@dataclass(frozen=True)
class Member:
    """A file of an archive or a folder, or a file by itself: its path from there, and how to open it.

    `opened()` reads what is gzipped as it was before, and refuses where a file is damaged or endless.
    """

    name: str
    opened: Callable[[], io.BufferedReader]

    def read(self) -> bytes:
        """All of it."""
        with self.opened() as stream:
            return stream.read()


@contextmanager
def members(path: Path, remedy: str, largest_bytes: int = LARGEST_UNPACKED_BYTES) -> Iterator[list[Member]]:
    """Give the files of a folder or a zip, or the file itself, while the context lasts; hidden files are left out.

    No more than `largest_bytes` are read of them all. Sizes and checksums are compared at the end of a member.
    """
    allowance = _Allowance(path.name, largest_bytes)
    if path.is_dir():
        files = sorted(item for item in path.rglob("*") if item.is_file())
        inside = [(item.relative_to(path).as_posix(), _opener(item)) for item in files]
        yield [
            _member(f"{path.name}/{quoted(name)}", name, opener, remedy, allowance)
            for name, opener in inside
            if not _is_left_out(name)
        ]
    elif _is_zip(path, remedy):
        with reading(path.name, remedy):
            archive = zipfile.ZipFile(path)
        with archive:
            # Some programs of Windows write backslashes between folders.
            packed = [(item.filename.replace("\\", "/"), _unpacker(archive, item)) for item in archive.infolist()]
            yield [
                _member(f"{path.name}: {quoted(name)}", name, unpacker, remedy, allowance)
                for name, unpacker in packed
                if not _is_left_out(name)
            ]
    else:
        yield [_member(path.name, path.name, _opener(path), remedy, allowance)]


def _is_zip(path: Path, remedy: str) -> bool:
    """Whether a file begins as a zip, be it cut short, or ends as one."""
    with reading(path.name, remedy), path.open("rb") as file:
        return file.read(4) in _ZIP or zipfile.is_zipfile(file)


def _is_left_out(name: str) -> bool:
    """Whether it is a folder, or was left beside the others by a system: "__MACOSX/…", "._list.csv"."""
    return not name.rpartition("/")[2] or any(part.startswith((".", "__MACOSX")) for part in name.split("/"))


def _opener(path: Path) -> Callable[[], IO[bytes]]:
    return lambda: path.open("rb")


def _unpacker(archive: zipfile.ZipFile, item: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    def opened() -> IO[bytes]:
        try:
            return archive.open(item)
        except NotImplementedError as error:
            if (way := _PACKINGS.get(item.compress_type)) is None:
                raise
            raise NotImplementedError(f"compression type {item.compress_type} ({way})") from error

    return opened


def _member(place: str, name: str, open_packed: Callable[[], IO[bytes]], remedy: str, allowance: _Allowance) -> Member:
    def opened() -> io.BufferedReader:
        with reading(place, remedy):
            packed = cast(io.BufferedReader, open_packed())
            is_gzip = packed.peek(2).startswith(_GZIP)
        return io.BufferedReader(_Unpacked(packed, is_gzip, place, remedy, allowance), _BLOCK_BYTES)

    return Member(name, opened)


@dataclass
class _Allowance:
    """The bytes that may still be read of a file, however it is packed."""

    file: str
    left: int

    def spend(self, count: int) -> None:
        """Take so many from it; raises ImportRefusedError when that is more than there are."""
        self.left -= count
        if self.left < 0:
            told = "unpacks to far more than a file of its kind holds, and was not read further."
            raise ImportRefusedError(f"{self.file} {told} {DOWNLOAD_AGAIN} {NOTHING_IMPORTED}")


class _Unpacked(io.RawIOBase):
    """The bytes of a packed stream, as many as are allowed."""

    def __init__(self, packed: IO[bytes], is_gzip: bool, place: str, remedy: str, allowance: _Allowance) -> None:
        self._packed = packed
        self._stream = cast(IO[bytes], gzip.GzipFile(fileobj=packed)) if is_gzip else packed
        self._place = place
        self._remedy = remedy
        self._allowance = allowance

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with reading(self._place, self._remedy):
            block = self._stream.read(len(buffer))
        self._allowance.spend(len(block))
        buffer[: len(block)] = block
        return len(block)

    def close(self) -> None:
        self._packed.close()
        super().close()
