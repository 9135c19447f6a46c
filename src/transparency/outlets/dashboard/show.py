"""What a page shows, as it is sent: HTML that stands together in one message, each chart and map in one of its own."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from sys import getsizeof
from threading import Lock
from typing import Any, cast
from urllib.parse import urlsplit

import plotly.graph_objects as go
import streamlit as st
from cachetools import LRUCache, cached
from cachetools.keys import hashkey
from streamlit.runtime.scriptrunner import RerunException, StopException

from transparency.core.errors import TransparencyError
from transparency.core.keeping import PIECES_BYTES
from transparency.core.settings import settings
from transparency.exhibits.exhibit import Chart, Exhibit
from transparency.exhibits.html import exhibit_foot_html, in_one_line, render, still_exhibit_html
from transparency.exhibits.maps import SITE_LAYER, WARD_LAYER
from transparency.exhibits.terms import NOTHING_LINKED, with_terms
from transparency.outlets.dashboard.failures import failure_text, warn
from transparency.outlets.dashboard.menu import framework_page
from transparency.outlets.tools import tools_html
from transparency.pages.landing import LANDING
from transparency.pages.page import (
    DAY_PARAMETER,
    Asked,
    Commands,
    Map,
    Page,
    Part,
    Shown,
    Tools,
    contents,
)
from transparency.store.store import Store

LOG = logging.getLogger(__name__)
PICTURE_BYTES = 250_000  # about what a map takes, with its shapes
PLOTLY_CONFIG = {"displayModeBar": False, "responsive": True}
MAP_SHARE = (2, 5)  # of the width: what stands beside a map, and the map


@dataclass(frozen=True)
class Piece:
    """HTML ready to be sent. As a plain string the framework would look for a file of that name, and search the whole
    of it for indents to take out."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


class Settled(go.Figure):  # type: ignore[misc]
    """A figure that nothing changes any more. The framework copies a figure in each run, which took 3 ms; of this one
    it gets the same copy."""

    def to_dict(self) -> dict[str, Any]:
        if not hasattr(self, "_copy"):
            self._copy = super().to_dict()
        return cast(dict[str, Any], self._copy)


@dataclass(frozen=True)
class Picture:
    """A chart or a map between pieces of HTML, by the key that the browser knows it by; a map with what stands
    beside it."""

    key: str
    chart: Chart
    beside: str = ""

    @cached_property
    def wide(self) -> Settled:
        """The chart as it is drawn on a wide screen."""
        return Settled(self.chart.figure)

    @cached_property
    def narrow(self) -> Settled:
        """On a telephone a finger drawn over the chart moves the page, not the range of months."""
        return Settled(self.chart.figure, layout_dragmode=False)


@dataclass(frozen=True)
class Reader:
    """What else decides how a page is drawn: the site's address, a telephone, the scheme of the page."""

    site: str
    is_narrow: bool
    theme: str | None


def reader() -> Reader:
    """The reader of this run, as far as the browser says: the server cannot measure the page."""
    here = urlsplit(st.context.url or "")
    found = f"{here.scheme}://{here.netloc}" if here.netloc else ""
    return Reader(settings().site or found, "Mobi" in st.context.headers.get("User-Agent", ""), st.context.theme.type)


Drawn = str | Picture | Shown


def _drawn(store: Store, page: Page, asked: Asked, part: Part, read_by: Reader) -> Iterator[Drawn]:
    """What a part shows, as HTML and pictures in their order; what only acts is left as it is."""
    for each in contents(part.make(store, asked)):
        match each:
            case Exhibit():
                yield from _exhibit(each, part)
            case Map():
                yield from _map(store, each, read_by)
            case Commands():
                yield in_one_line(render("commands.html", commands=each.make(read_by.site)))
            case Tools():
                yield in_one_line(tools_html(store, each, asked, page.address_of(asked), read_by.site))
            case _:
                yield each


def _exhibit(exhibit: Exhibit, part: Part) -> Iterator[Drawn]:
    is_open = len(exhibit.table.rows) <= part.most_open_rows
    if isinstance(exhibit.picture, Chart):
        yield render("exhibit_head.html", exhibit=exhibit, level=part.level)
        yield Picture(f"{exhibit.key}-chart", exhibit.picture)
        yield in_one_line(exhibit_foot_html(exhibit, is_open))
    else:
        yield in_one_line(still_exhibit_html(exhibit, part.level, is_open))


def _map(store: Store, drawn: Map, read_by: Reader) -> Iterator[Drawn]:
    shown = drawn.make(store, *drawn.arguments, read_by.theme)
    if shown is not None and isinstance(shown.exhibit.picture, Chart):
        yield Picture(f"{shown.exhibit.key}-map", shown.exhibit.picture, f'<div class="tp">{shown.beside_html}</div>')
        yield shown.after_html


Linked = tuple[tuple[Drawn, ...], frozenset[str]]


def _bytes_of(linked: Linked) -> int:
    # A text with one letter beyond Latin-1 takes two bytes for each of its letters.
    return sum(getsizeof(each) if isinstance(each, str) else PICTURE_BYTES for each in linked[0])


# Decided by the data's version and what is asked, and handed out as it is: nothing changes it once it is made. The
# framework's own caches hash every argument and copy the answer, which took longer than the rest of a page.
@cached(
    LRUCache[tuple[object, ...], Linked](PIECES_BYTES, getsizeof=_bytes_of),
    key=lambda store, page, asked, part, read_by, told: hashkey(
        store.data_version, page.name, asked, part, read_by, told
    ),
    lock=Lock(),
)
def linked(store: Store, page: Page, asked: Asked, part: Part, read_by: Reader, told: frozenset[str]) -> Linked:
    """What a part shows with its terms linked, and which the page has linked by then."""
    pieces: list[Drawn] = []
    for each in _drawn(store, page, asked, part, read_by):
        if not each:
            continue
        if isinstance(each, str):
            each, told = with_terms(each, told)
            each = f'<div class="tp">{each}</div>'
        elif isinstance(each, Picture):
            beside, told = with_terms(each.beside, told)
            each = replace(each, beside=beside)
        pieces.append(each)
    return tuple(pieces), told


class Writer:
    """Sends a page in its order. HTML waits for what stands with it, since each message costs a visit time."""

    def __init__(self, store: Store, page: Page, asked: Asked) -> None:
        self.store, self.page, self.asked = store, page, asked
        self._reader = reader()
        self._told = NOTHING_LINKED
        self._waiting: list[str] = []

    def html(self, html: str) -> None:
        """Show HTML that is not kept, with the terms it uses first on the page linked."""
        if html:
            html, self._told = with_terms(html, self._told)
            self._waiting.append(f'<div class="tp">{html}</div>')

    def flush(self) -> None:
        """Send what waits, before something that is not HTML is drawn."""
        if self._waiting:
            st.html(Piece("".join(self._waiting)))
            self._waiting.clear()

    def warn(self, text: str) -> None:
        """A warning, where the page has come to."""
        self.flush()
        warn(text)

    @contextmanager
    def guarded(self, name: str) -> Iterator[None]:
        """One part of a page: when it fails the page says which part, and the rest is shown."""
        try:
            yield
        except (RerunException, StopException):
            raise
        except TransparencyError as error:
            self.warn(str(error))
        except Exception:
            LOG.exception("part of a page failed: %s", name)
            self.warn(failure_text(f"{name} cannot be shown at the moment. The rest of the page is not affected."))

    def part(self, part: Part) -> None:
        """Show one part."""
        with self.guarded(part.name):
            read_by = replace(self._reader, is_narrow=False, theme=self._reader.theme if part.has_map else None)
            pieces, self._told = linked(self.store, self.page, self.asked, part, read_by, self._told)
            for each in pieces:
                if isinstance(each, str):
                    self._waiting.append(each)
                else:
                    self.flush()
                    self._act(each)

    def _act(self, what: Drawn) -> None:
        """Show what a reader acts with."""
        match what:
            case Picture(beside=""):
                show_chart(what, self._reader.is_narrow)
            case Picture():
                self._open(show_map(what))

    def _open(self, chosen: Mapping[str, Any]) -> None:
        """Open the ward whose shape, or the site whose symbol, was chosen on a map."""
        for site in chosen.get(SITE_LAYER, []):
            st.query_params["site"] = site["site_id"]
            st.rerun()
        for ward in chosen.get(WARD_LAYER, []):
            dated = {DAY_PARAMETER: self.asked.as_at} if self.asked.is_dated else {}
            st.switch_page(framework_page(LANDING), query_params={"ward": ward["code"]} | dated)


def show_chart(picture: Picture, is_narrow: bool) -> None:
    """The chart as the reader's screen needs it."""
    figure = picture.narrow if is_narrow else picture.wide
    st.plotly_chart(figure, key=picture.key, config=PLOTLY_CONFIG, alt=picture.chart.alt)


def show_map(picture: Picture) -> Mapping[str, Any]:
    """The map beside its key, as high as the sheet says; gives what a reader chose on it, by layer."""
    narrow, wide = st.columns(MAP_SHARE, gap="medium")
    narrow.html(Piece(picture.beside))
    event: Any = wide.pydeck_chart(
        picture.chart.figure,
        key=picture.key,
        alt=picture.chart.alt,
        on_select="rerun",
        selection_mode="single-object",
    )
    return cast(Mapping[str, Any], event.selection.get("objects", {}))
