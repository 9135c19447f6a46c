"""The second programme on a page, clearly separate: before the promise's own count where the day leads with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from transparency.exhibits.exhibit import Exhibit, Link
from transparency.exhibits.html import render
from transparency.months.exhibits import Programme, programme
from transparency.months.sentences import PROGRAMME, PROMISES_OWN_COUNT, WORKBOOK_GAPS, strength_not_loaded
from transparency.pages.page import Asked, Content, Group, Part, Tools, verdict
from transparency.store.store import Store

OPEN_ROWS = 40
MOST_MONTHS = 12


def beside_programme(own: tuple[Part, ...], monthly: tuple[Part, ...]) -> Group:
    """The promise's own count and the parts of the monthly programme, in the order of the day."""

    def in_order(store: Store, asked: Asked) -> Sequence[Part]:
        told = of_day(store, asked)
        if told is None:
            return own
        second = (HEAD, *(monthly if told.month is not None else ()))
        return (*second, OWN_HEADING, *own) if told.is_leading else (*own, *second)

    return Group(PROGRAMME, in_order, own)


def of_day(store: Store, asked: Asked) -> Programme | None:
    """The programme of the place and day asked for."""
    return store.memo(programme, asked.day, asked.borough)


def is_leading(store: Store, asked: Asked) -> bool:
    """Whether the day leads with the monthly programme."""
    told = of_day(store, asked)
    return told is not None and told.is_leading


def _head(store: Store, asked: Asked) -> Content:
    told = of_day(store, asked)
    if told is None:
        return None
    html = render("programme.html", name=PROGRAMME, programme=told)
    return (html, Tools(told.sentence, told.sources)) if told.month is not None else html


HEAD = Part(PROGRAMME, _head)
OWN_HEADING = Part(PROGRAMME, lambda _store, _asked: f"<h2>{PROMISES_OWN_COUNT}</h2>")


def monthly_part(make: Callable[[Store, Asked], Content], has_map: bool = False) -> Part:
    """An exhibit of the programme below its heading; a long table starts folded."""
    return Part("A part of the monthly series", make, level=3, most_open_rows=OPEN_ROWS, has_map=has_map)


def months_link(text: str, href: Callable[[Asked], str]) -> Part:
    """The way to the plain page that has the programme in full."""

    def make(_store: Store, asked: Asked) -> str:
        return render("plain_months_link.html", link=Link(text, href(asked)), day=asked.day)

    return Part(PROGRAMME, make)


def programme_line(store: Store, asked: Asked) -> str:
    """What a plain page of the programme says first."""
    told = of_day(store, asked)
    return told.sentence if told else PROGRAMME


def in_full(*makes: Callable[[Store, Asked], Exhibit | None]) -> Part:
    """The programme's exhibits on a plain page of their own, or that nothing of the series is loaded."""

    def make(store: Store, asked: Asked) -> Content:
        shown = tuple(exhibit for each in makes if (exhibit := each(store, asked)) is not None)
        sentence, _, editions = strength_not_loaded(asked.day).partition(". ")
        notes = (editions, WORKBOOK_GAPS) if editions else ()
        return shown or verdict(f"{sentence.removesuffix('.')}.", *notes)

    return Part(PROGRAMME, make)


def newest_rows(exhibit: Exhibit | None) -> Exhibit | None:
    """The exhibit with the newest rows of a long table; its file has them all."""
    if exhibit is None or len(exhibit.table.rows) <= MOST_MONTHS:
        return exhibit
    told = f"The newest {MOST_MONTHS} of {len(exhibit.table.rows)} months are shown; the file has them all."
    table = replace(exhibit.table, rows=exhibit.table.rows[:MOST_MONTHS])
    return replace(exhibit, table=table, note=f"{told} {exhibit.note}")
