"""Cells and sources that exhibits of several subjects share."""

from __future__ import annotations

from datetime import date
from typing import Any

from transparency.core.text import precise_date
from transparency.core.vocabulary import Precision
from transparency.exhibits.exhibit import Cell, Column, Link, Source


def source_of(row: dict[str, Any]) -> Source:
    """The source of a row that carries publisher, title, url, as_at and its precision."""
    return Source(row["publisher"], row["title"], row["url"], row["as_at"], Precision(row["as_at_precision"]))


def unique(sources: list[Source]) -> tuple[Source, ...]:
    """Each source once, in the order of first mention, with the newest day it speaks of."""
    newest: dict[tuple[str, str, str | None], Source] = {}
    for source in sources:
        known = newest.get((source.publisher, source.title, source.url))
        if known is None or (source.as_at or date.min) > (known.as_at or date.min):
            newest[source.publisher, source.title, source.url] = source
    return tuple(newest.values())


def source_link(publisher: str, url: str | None) -> Cell:
    """A source in a cell: a link where its address is known."""
    return Link(publisher, url) if url else publisher


DATE = Column("as_at", "Date", cell=lambda row: precise_date(row["as_at"], row["as_at_precision"]))
SOURCE = Column("source", "Source", cell=lambda row: source_link(row["publisher"], row["url"]))
