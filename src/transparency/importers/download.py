"""Downloading an official file: resumed where it broke off, tried again with growing pauses, checked at the end."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from transparency.core.errors import ImportRefusedError
from transparency.core.files import naming, write_file
from transparency.core.findings import quoted
from transparency.core.text import is_web_address
from transparency.importers.packed import GZIP_FILE, HEAD_BYTES, members, what_it_is

ATTEMPTS = 6
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
MAXIMUM_BYTES = 200_000_000
TIMEOUT = httpx.Timeout(30.0, connect=10.0)
WORKBOOK_START = b"PK\x03\x04"
# Codings of a body (RFC 9110, section 8.4.1) that are sent though none was asked for, and are not read here.
UNREAD_CODINGS = frozenset({"br", "compress", "deflate", "zstd"})
_BY_HAND = "Download the file by hand."
_CHECK = "Check the address on the publisher's page."
# What the system and the library of TLS put about their words.
_NOT_WORDS = re.compile(r"\[[^\]]*\] ?| \(_ssl\.c:\d+\)")
USER_AGENT = "transparency-dashboard/0.1 (public dashboard of London ward policing)"

OnBytes = Callable[[int, int | None], None]


class _TryAgainError(Exception):
    """A failure that may pass. `pause_seconds` is what the server asked for, None where it did not."""

    def __init__(self, reason: str, pause_seconds: float | None = None) -> None:
        super().__init__(reason)
        self.pause_seconds = pause_seconds


@dataclass(frozen=True)
class _Part:
    """What is there of a file that is not complete: its bytes, and the tag of the version they belong to."""

    path: Path
    tag_path: Path

    @property
    def unpacked_path(self) -> Path:
        return self.path.with_name(self.path.name + ".unpacked")

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    @property
    def tag(self) -> str | None:
        return self.tag_path.read_text(encoding="utf-8") if self.tag_path.exists() else None

    def start(self, tag: str | None) -> None:
        write_file(self.path, b"")
        if tag:
            write_file(self.tag_path, tag.encode())
        else:
            self.tag_path.unlink(missing_ok=True)

    def discard(self) -> None:
        self.path.unlink(missing_ok=True)
        self.tag_path.unlink(missing_ok=True)
        self.unpacked_path.unlink(missing_ok=True)


def check_address(url: str) -> None:
    """Raise ImportRefusedError where a text is no address that can be asked for."""
    if not is_web_address(url):
        raise ImportRefusedError(
            f"{quoted(url)!r} is no address that can be asked for. Write it whole: https:// or http://, then the host."
        )


def cannot_be_asked_for(url: str, failure: Exception) -> ImportRefusedError:
    """The refusal of an address that is asked for in vain however often."""
    if isinstance(failure, httpx.TooManyRedirects):
        return ImportRefusedError(f"{url} leads on and on, from one address to the next. {_CHECK}")
    return ImportRefusedError(f"{url} leads to an address that cannot be asked for. {_CHECK}")


def in_words(failure: Exception) -> str:
    """What went wrong on the way, without what only a programmer reads."""
    if isinstance(failure, httpx.TimeoutException):
        return "no answer in time"
    if isinstance(failure, httpx.DecodingError):
        return "the answer cannot be read"
    return _NOT_WORDS.sub("", str(failure)) or "the connection broke off"


# An address of another kind (file:, ftp:) to which a server leads on, or of no form at all.
IN_VAIN = (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.InvalidURL, httpx.TooManyRedirects)


def download(
    url: str,
    target: Path,
    on_bytes: OnBytes = lambda received, total: None,
    pause: Callable[[float], None] = time.sleep,
) -> Path:
    """Download the workbook at `url` to `target`, which appears only when it is complete.

    What was received before a break is kept in `<target>.part` and asked for no second time, in this run or the
    next, as long as the server still has the same version. `on_bytes` gets the bytes received and their total,
    None where the server does not say. Proxies are those of the environment.

    Raises ImportRefusedError when the address has no workbook, or when every attempt failed.
    """
    check_address(url)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = _Part(target.with_name(target.name + ".part"), target.with_name(target.name + ".part.tag"))
    last = ""
    with httpx.Client(
        follow_redirects=True, timeout=TIMEOUT, headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
    ) as client:
        for attempt in range(ATTEMPTS):
            try:
                _receive(client, url, part, on_bytes)
            except IN_VAIN as failure:
                raise cannot_be_asked_for(url, failure) from failure
            except (httpx.TransportError, _TryAgainError) as failure:
                last = in_words(failure)
                if attempt < ATTEMPTS - 1:
                    pause(_pause_seconds(failure, attempt))
                continue
            _workbook(url, part).replace(target)
            part.discard()
            return target
    raise ImportRefusedError(
        f"{url} was asked for {ATTEMPTS} times without success ({last}). "
        f"What was received is kept; run the command again to go on, or download the file by hand."
    )


def _pause_seconds(failure: Exception, attempt: int) -> float:
    asked = failure.pause_seconds if isinstance(failure, _TryAgainError) else None
    growing = FIRST_PAUSE_SECONDS * 2.0**attempt
    return min(growing if asked is None else max(asked, growing), LONGEST_PAUSE_SECONDS)


def _receive(client: httpx.Client, url: str, part: _Part, on_bytes: OnBytes) -> None:
    """Receive what is missing of the file. Returns when it is complete."""
    headers = {}
    if part.size and part.tag:
        # If-Range: the rest of this version, or all of a newer one (RFC 9110, section 13.1.5).
        headers = {"Range": f"bytes={part.size}-", "If-Range": part.tag}
    with client.stream("GET", url, headers=headers) as response:
        total = _total(response, url, part, is_resumed=bool(headers))
        with naming(part.path), part.path.open("ab") as file:
            received = part.size
            on_bytes(received, total)
            # As received, not in blocks of a size: what a block lacks when the connection breaks would be lost.
            for block in response.iter_raw():
                file.write(block)
                received += len(block)
                if received > MAXIMUM_BYTES:
                    raise _refused(part, f"{url} is larger than {MAXIMUM_BYTES // 1_000_000} MB and was left there.")
                on_bytes(received, total)
        if total is not None and received != total:
            raise _TryAgainError(f"{received:,} of {total:,} bytes were received")


def _total(response: httpx.Response, url: str, part: _Part, is_resumed: bool) -> int | None:
    """The size the whole file will have, after preparing the part for what the answer brings."""
    if response.status_code == 429 or response.status_code >= 500:
        asked = response.headers.get("Retry-After", "")
        raise _TryAgainError(f"the server answered {response.status_code}", float(asked) if asked.isdigit() else None)
    if response.status_code == 416:
        part.discard()
        raise _TryAgainError("the server has another version now")
    if response.status_code not in (200, 206):
        raise _refused(part, f"{url} answered {response.status_code}. {_CHECK}")
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().casefold()
    if kind in ("text/html", "application/xhtml+xml", "application/json"):
        raise _refused(part, f"{url} is a page ({kind}), not a workbook. {_CHECK}")
    coding = response.headers.get("Content-Encoding", "").casefold()
    if UNREAD_CODINGS & {word.strip() for word in coding.split(",")}:
        told = f"is sent in a coding that was not asked for and cannot be read here ({coding})"
        raise _refused(part, f"{url} {told}. {_BY_HAND}")
    length = response.headers.get("Content-Length", "")
    left = int(length) if length.isdigit() else None
    if response.status_code == 206:
        if not is_resumed or not response.headers.get("Content-Range", "").startswith(f"bytes {part.size}-"):
            part.discard()
            raise _TryAgainError("the server sent another part than was asked for")
        return None if left is None else part.size + left
    # A strong tag or a date names one version; a weak tag ("W/…") does not vouch for the bytes.
    tag = response.headers.get("ETag", "")
    part.start(response.headers.get("Last-Modified") if not tag or tag.startswith("W/") else tag)
    if left is not None and left > MAXIMUM_BYTES:
        raise _refused(part, f"{url} is larger than {MAXIMUM_BYTES // 1_000_000} MB and was left there.")
    return left


def _workbook(url: str, part: _Part) -> Path:
    """The workbook of a complete part, unpacked where the server gzipped it."""
    path = part.path if what_it_is(_head(part.path)) != GZIP_FILE else _unpacked(part)
    head = _head(path)
    if not head.startswith(WORKBOOK_START):
        kind = what_it_is(head)
        raise _refused(part, f"{url} is {f'{kind}, ' if kind else ''}not an Excel workbook. {_CHECK}")
    return path


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)


def _unpacked(part: _Part) -> Path:
    try:
        with (
            members(part.path, _BY_HAND, MAXIMUM_BYTES) as (packed,),
            packed.opened() as stream,
            naming(part.unpacked_path),
            part.unpacked_path.open("wb") as file,
        ):
            shutil.copyfileobj(stream, file)
    except ImportRefusedError:
        part.discard()
        raise
    return part.unpacked_path


def _refused(part: _Part, message: str) -> ImportRefusedError:
    part.discard()
    return ImportRefusedError(message)
