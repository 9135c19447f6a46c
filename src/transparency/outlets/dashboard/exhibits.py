"""An exhibit on a dashboard page: headline, subtitle, picture, table, source, in that order and complete."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Lock

import plotly.graph_objects as go
import streamlit as st
from cachetools import LRUCache, cached

from transparency.exhibits.exhibit import Chart, Exhibit
from transparency.exhibits.html import exhibit_foot_html, in_one_line, render, still_exhibit_html
from transparency.exhibits.terms import NOTHING_LINKED, LinkedTerms, with_terms

EXHIBITS_KEPT = 500
PIECES_KEPT_BYTES = 32 * 1024 * 1024
PLOTLY_CONFIG = {"displayModeBar": False, "responsive": True}


@dataclass(frozen=True)
class Piece:
    """HTML ready to be sent. As a plain string the framework would look for a file of that name, and search the whole
    of it for indents to take out."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


# Which terms the page of this run has linked so far; a page's pieces come in the order in which they are read.
_TOLD: ContextVar[LinkedTerms] = ContextVar("told", default=NOTHING_LINKED)


def begin_page() -> None:
    """Begin a run of a page, on which no term is linked yet."""
    _TOLD.set(NOTHING_LINKED)


@cached(
    LRUCache[tuple[object, ...], tuple[str, LinkedTerms]](PIECES_KEPT_BYTES, getsizeof=lambda kept: len(kept[0])),
    lock=Lock(),
)
def _linked(html: str, told: LinkedTerms) -> tuple[str, LinkedTerms]:
    html, told = with_terms(html, told)
    return f'<div class="tp">{html}</div>', told


# The fragments of this run that wait to be sent together; None outside in_one_piece.
_WAITING: ContextVar[list[str] | None] = ContextVar("waiting", default=None)


def fragment(html: str) -> None:
    """Show a piece of HTML in the site's own style, with the terms it uses first on the page linked."""
    waiting = _WAITING.get()
    if waiting is None:
        _send(html)
    else:
        waiting.append(html)


@contextmanager
def in_one_piece() -> Iterator[None]:
    """What is shown inside is sent together: each message to the browser costs a visit time.

    A chart or a map is a message of its own, and so is a warning: what waits is sent before it (`send_waiting`). No
    list or field to choose with may stand inside, since it would come before what waits.
    """
    token = _WAITING.set([])
    try:
        yield
        send_waiting()
    finally:
        _WAITING.reset(token)


def send_waiting() -> None:
    """Send what waits, before something that is not HTML is drawn."""
    waiting = _WAITING.get()
    if waiting:
        _send(*waiting)
        waiting.clear()


def _send(*htmls: str) -> None:
    pieces = []
    for html in htmls:
        piece, told = _linked(html, _TOLD.get())
        _TOLD.set(told)
        pieces.append(piece)
    st.html(Piece("".join(pieces)))


@dataclass(frozen=True)
class Written:
    """An exhibit's HTML before and after its chart. It holds the exhibit, whose identity is its key below."""

    exhibit: Exhibit
    head: str
    foot: str


# Writing a table of hundreds of rows takes longer than all else of a rerun, and a kept exhibit never changes. Keyed by
# identity, since comparing two tables would take as long as writing one.
@cached(
    LRUCache[tuple[int, int, bool], Written](EXHIBITS_KEPT),
    key=lambda exhibit, level, is_table_open: (id(exhibit), level, is_table_open),
    lock=Lock(),
)
def _written(exhibit: Exhibit, level: int, is_table_open: bool) -> Written:
    if not isinstance(exhibit.picture, Chart):
        return Written(exhibit, in_one_line(still_exhibit_html(exhibit, level, is_table_open)), "")
    head = render("exhibit_head.html", exhibit=exhibit, level=level)
    return Written(exhibit, head, in_one_line(exhibit_foot_html(exhibit, is_table_open)))


def show(exhibit: Exhibit, *, level: int = 2, is_table_open: bool = True) -> None:
    """Show the exhibit; a table of more than a screen can start folded (`is_table_open` False)."""
    written = _written(exhibit, level, is_table_open)
    fragment(written.head)
    if isinstance(exhibit.picture, Chart):
        _show_chart(exhibit.key, exhibit.picture)
        fragment(written.foot)


def is_narrow() -> bool:
    """Whether the reader holds a telephone, as far as the browser says: the server cannot measure the page."""
    return "Mobi" in st.context.headers.get("User-Agent", "")


def _show_chart(key: str, chart: Chart) -> None:
    """The chart. On a telephone a finger drawn over it moves the page, not the range of months."""
    send_waiting()
    figure = go.Figure(chart.figure).update_layout(dragmode=False) if is_narrow() else chart.figure
    st.plotly_chart(figure, key=f"{key}-chart", config=PLOTLY_CONFIG, alt=chart.alt)
