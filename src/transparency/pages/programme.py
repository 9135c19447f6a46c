"""The second programme: its line, whether a day leads with it, and its plain pages in full."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from transparency.exhibits.exhibit import Exhibit
from transparency.months.exhibits import Programme, programme
from transparency.months.sentences import PROGRAMME, WORKBOOK_GAPS, strength_not_loaded
from transparency.pages.page import Asked, Content, Part, verdict
from transparency.store.store import Store

MOST_MONTHS = 12


def of_day(store: Store, asked: Asked) -> Programme | None:
    """The programme of the place and day asked for."""
    return store.memo(programme, asked.day, asked.borough)


def is_leading(store: Store, asked: Asked) -> bool:
    """Whether the day leads with the monthly programme."""
    told = of_day(store, asked)
    return told is not None and told.is_leading


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
