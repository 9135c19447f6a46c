"""The counters of a place on two days as dots: filled where open, a ring where closed since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from transparency.core.text import capitalised, full_date
from transparency.core.vocabulary import BEFORE_CONSULTATION, SiteKind, SiteOnDay, SiteStatus
from transparency.counters.queries import sites_on
from transparency.exhibits.exhibit import Image
from transparency.exhibits.svg import Drawing
from transparency.store.store import Store

WORDS = {SiteStatus.OPEN: "open", SiteStatus.NOT_OPEN: "closed", SiteStatus.NOT_KNOWN: "not known"}
_SHAPES = {
    SiteStatus.OPEN: "Filled: open",
    SiteStatus.NOT_OPEN: "ring: closed",
    SiteStatus.NOT_KNOWN: "dotted: not known",
}
_WIDTH, _LABEL_WIDTH, _STEP, _RADIUS = 320, 144, 32, 10


def counters_then_and_now(store: Store, borough_code: str, day: date) -> Image:
    """A borough's counters before the consultation of 2017 and on the day, each at the same place in both rows."""
    days = sorted({min(BEFORE_CONSULTATION, day), day})
    rows = [(on, _counters(store, borough_code, on)) for on in days]
    ever = {site.site_id for _, sites in rows for site in sites if site.site_status is not SiteStatus.NOT_OPEN}
    shown = [(on, [site for site in sites if site.site_id in ever]) for on, sites in rows]
    alt = " ".join(_row_alt(on, sites) for on, sites in shown)
    return Image(_svg(shown, alt), alt)


def _counters(store: Store, borough_code: str, day: date) -> list[SiteOnDay]:
    counters = (site for site in sites_on(store, day) if site.site_kind is SiteKind.FRONT_COUNTER)
    return [site for site in counters if site.borough_code == borough_code]


def _row_alt(day: date, sites: Sequence[SiteOnDay]) -> str:
    told = "; ".join(f"{site.site_name} {WORDS[site.site_status]}" for site in sites)
    return f"{full_date(day)}: {told or 'no counter'}."


def _svg(rows: Sequence[tuple[date, Sequence[SiteOnDay]]], alt: str) -> str:
    drawing = Drawing(_WIDTH, _STEP * len(rows) + 22, "Counters then and now", alt)
    for place, (day, sites) in enumerate(rows):
        y = _STEP * place + _STEP / 2
        drawing.add("text", full_date(day), x=0, y=y + 5)
        for column, site in enumerate(sites):
            _draw(drawing, _LABEL_WIDTH + _STEP * column + _RADIUS, y, site.site_status)
    drawn = {site.site_status for _, sites in rows for site in sites}
    key = ", ".join(words for status, words in _SHAPES.items() if status in drawn)
    drawing.add("text", f"{capitalised(key)}.", x=0, y=_STEP * len(rows) + 16, class_="soft")
    return drawing.text()


def _draw(drawing: Drawing, x: float, y: float, status: SiteStatus) -> None:
    if status is SiteStatus.OPEN:
        drawing.add("circle", cx=x, cy=y, r=_RADIUS, class_="met")
    elif status is SiteStatus.NOT_OPEN:
        drawing.add("circle", cx=x, cy=y, r=_RADIUS - 1, class_="short", stroke_width=2.5)
    else:
        drawing.add("circle", cx=x, cy=y, r=_RADIUS - 1, class_="unknown", stroke_width=2.5, stroke_dasharray="2 3")
