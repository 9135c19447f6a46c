"""The site as a folder of files: every plain page, file and feed, with links that work from any folder or host.

The same functions make these bytes and the server's. Nothing here depends on the clock but the day that
"today" stands for, so the same data on the same day give the same bytes.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from transparency.outlets import plain
from transparency.outlets.addresses import borough_path, ward_path
from transparency.outlets.document import HTML, Document
from transparency.queries.boroughs import all_boroughs

if TYPE_CHECKING:
    from transparency.store import Store

_ADDRESS = re.compile(r'(href|src|action)="(/[^"]*)"')


@dataclass(frozen=True)
class ExportedPage:
    """One address of the site and how its document is made."""

    address: str
    make: Callable[[Store], Document]


def exported_pages(store: Store) -> Iterator[ExportedPage]:
    """Every plain page: the front, London, boroughs, counters, promises, about, each borough, each ward."""
    yield ExportedPage("/plain/find", lambda opened: plain.find_document(opened, is_exported=True))
    yield ExportedPage("/plain/about", plain.about_document)
    for name, make in plain.PAGES.items():
        yield ExportedPage(f"/plain/{name}", lambda opened, make=make: make(opened, None))  # type: ignore[misc]
    for borough in all_boroughs(store):
        code = borough.borough_code
        yield ExportedPage(
            borough_path(code),
            lambda opened, code=code: plain.borough_document(opened, code, None),  # type: ignore[misc]
        )
    for ward_code in ward_codes(store):
        yield ExportedPage(
            ward_path(ward_code),
            lambda opened, code=ward_code: plain.ward_document(opened, code, None),  # type: ignore[misc]
        )


def ward_codes(store: Store) -> list[str]:
    """The codes of every ward of every set."""
    return [row["ward_code"] for row in store.rows("SELECT ward_code FROM ward ORDER BY ward_code")]


def file_of(address: str, known: frozenset[str]) -> str | None:
    """The file an address is written to, as a path within the export; None where it is not exported.

    A page is a file ending in .html; the front page is index.html; anything else keeps its own name.
    """
    path = urlsplit(address).path
    if path == "/plain/find":
        return "index.html"
    if path in known:
        return path.lstrip("/") + ("" if "." in posixpath.basename(path) else ".html")
    return None


def relative_links(html: str, at: str, known: frozenset[str]) -> str:
    """HTML whose links within the site are relative to the file `at`; a link to what is not exported is undone.

    The day in a link is left out: the export answers for one day, and an ended ward for its own last.
    """
    folder = posixpath.dirname(at)

    def led(match: re.Match[str]) -> str:
        attribute, address = match[1], unescape(match[2])
        target = file_of(address, known)
        if target is None:
            return f'data-not-exported="{escape(urlsplit(address).path)}"'
        fragment = urlsplit(address).fragment
        relative = posixpath.relpath(target, folder or ".") + (f"#{fragment}" if fragment else "")
        return f'{attribute}="{escape(relative)}"'

    return _ADDRESS.sub(led, html)


def exported(document: Document, at: str, known: frozenset[str]) -> bytes:
    """A document's bytes as they are written to the file `at`."""
    if document.media_type != HTML:
        return document.content
    return relative_links(document.content.decode(), at, known).encode()
