"""Cells, columns and sources that exhibits of several subjects share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from transparency.core.text import precise_date
from transparency.core.vocabulary import Precision
from transparency.exhibits.addresses import borough_address, ward_address
from transparency.exhibits.exhibit import Cell, Column, Link, Said, Source, named_in


def source_of(record: Any) -> Source:
    """The source of a record that has publisher, title, url, as_at and its precision, and maybe a day of release."""
    publisher, title, url, as_at = (named_in(record, name) for name in ("publisher", "title", "url", "as_at"))
    released = record.get("published_on") if isinstance(record, Mapping) else getattr(record, "published_on", None)
    return Source(publisher, title, url, as_at, Precision(named_in(record, "as_at_precision")), released)


def sources_of(records: Iterable[Any]) -> tuple[Source, ...]:
    """The sources of such records, each once."""
    return unique(source_of(record) for record in records)


def first_sources(records: Iterable[Any]) -> tuple[Source, ...]:
    """The source of each record as of its first mention, each once."""
    found: dict[str, Source] = {}
    for record in records:
        found.setdefault(named_in(record, "source_id"), source_of(record))
    return tuple(found.values())


def unique(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Each source once, in the order of first mention, with the newest day it speaks of."""
    newest: dict[tuple[str, str, str | None], Source] = {}
    for source in sources:
        known = newest.get((source.publisher, source.title, source.url))
        if known is None or (source.as_at or date.min) > (known.as_at or date.min):
            newest[source.publisher, source.title, source.url] = source
    return tuple(newest.values())


def source_link(record: Any) -> Cell:
    """The publisher of a record, as a link where the address of its source is known."""
    publisher, url = named_in(record, "publisher"), named_in(record, "url")
    return Link(publisher, url) if url else publisher


def ward_column(day: date) -> Column:
    """A ward's name, leading to its page on a day."""
    return Column(
        "ward_name",
        "Ward",
        cell=lambda record: Link(named_in(record, "ward_name"), ward_address(named_in(record, "ward_code"), day)),
    )


def borough_column(day: date) -> Column:
    """A borough's name, leading to its page on a day."""
    return Column(
        "borough_name",
        "Borough",
        cell=lambda record: Link(
            named_in(record, "borough_name"), borough_address(named_in(record, "borough_code"), day)
        ),
    )


def rounded(name: str, label: str, places: int | None = None) -> Column:
    """A column of numbers with so many places, whole without; a missing one stays missing."""

    def cell(record: Any) -> Cell:
        value = named_in(record, name)
        return None if value is None else Said(f"{value:,.{places or 0}f}", round(value, places))

    return Column(name, label, True, cell)


DATE = Column(
    "as_at", "Date", cell=lambda record: precise_date(named_in(record, "as_at"), named_in(record, "as_at_precision"))
)
SOURCE = Column("source", "Source", cell=source_link)
