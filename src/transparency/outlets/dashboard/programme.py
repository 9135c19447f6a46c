"""The second programme on a page, clearly apart: before the promise's own count where the day leads with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from transparency.exhibits.exhibit import Exhibit
from transparency.exhibits.html import render
from transparency.months.exhibits import Programme, programme
from transparency.months.sentences import PROGRAMME, PROMISES_OWN_COUNT
from transparency.outlets.dashboard.citation import cite
from transparency.outlets.dashboard.exhibits import fragment, show
from transparency.outlets.dashboard.frame import part
from transparency.outlets.dashboard.memory import Asked, remembered
from transparency.store.store import Store

OPEN_ROWS = 40


@contextmanager
def beside_programme(
    store: Store, day: date, borough_code: str | None, *parts: Callable[[], None]
) -> Iterator[Programme | None]:
    """What is shown inside is the promise's own count; the monthly programme stands before it, or else after it.

    `parts` show the programme's exhibits. Gives the programme of the day, None where there is none.
    """
    told: Programme | None = None
    with part(PROGRAMME):
        told = remembered(store, programme, day, borough_code)
    if told is not None and told.is_leading:
        _show(store, day, told, parts)
        fragment(f"<h2>{PROMISES_OWN_COUNT}</h2>")
        yield told
    else:
        yield told
        if told is not None:
            _show(store, day, told, parts)


def _show(store: Store, day: date, told: Programme, parts: tuple[Callable[[], None], ...]) -> None:
    fragment(render("programme.html", name=PROGRAMME, programme=told))
    if told.month is None:
        return
    cite(store, told.sentence, day, told.sources)
    for show_part in parts:
        with part("A part of the monthly series"):
            show_part()


def show_monthly(store: Store, make: Callable[..., Exhibit | None], *asked: Asked) -> None:
    """An exhibit of the programme, where there is one; a long table starts folded."""
    exhibit = remembered(store, make, *asked)
    if exhibit is not None:
        show(exhibit, level=3, is_table_open=len(exhibit.table.rows) <= OPEN_ROWS)
