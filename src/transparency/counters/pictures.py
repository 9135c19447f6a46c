"""Small maps of London's counters on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from transparency.core.text import capitalised, full_date, in_words, number
from transparency.core.vocabulary import SiteKind, SiteOnDay, SiteStatus
from transparency.counters.queries import sites_on
from transparency.exhibits.dots import Dots, dots_svg
from transparency.exhibits.exhibit import Image
from transparency.exhibits.shapes import shapes_on
from transparency.store.store import Store

# How a counter is drawn and named by whether it is open 24 hours; None where its hours are not known.
_LOOKS: dict[bool | None, tuple[str, int, str]] = {
    None: ("soft", 4, "with hours not known"),
    False: ("place-hollow", 6, "for part of the day"),
    True: ("place", 7, "for 24 hours"),
}


@dataclass(frozen=True)
class CountersMap:
    """The open counters of a day on a map of London, and what it shows in words."""

    image: Image
    caption: str


def counters_map(store: Store, day: date) -> CountersMap | None:
    """The counters open on a day; None where none is known to be."""
    counters = [
        site
        for site in sites_on(store, day)
        if site.site_kind is SiteKind.FRONT_COUNTER and site.site_status is SiteStatus.OPEN
    ]
    if not counters:
        return None
    kinds = [
        Dots(tuple(place for site in counters if site.is_24_7 is hours and (place := _place(site))), look, radius)
        for hours, (look, radius, _) in _LOOKS.items()
    ]
    title, caption = full_date(day), _caption(counters)
    alt = f"Map of London's police counters on {title}. {caption}"
    return CountersMap(Image(dots_svg(shapes_on(store, day).outlines, kinds, title, alt), alt), caption)


def map_of_2013(store: Store, places: tuple[tuple[float, float], ...], day: date) -> Image:
    """The places known of the list of early 2013: a part of it, drawn as counters whose hours are not known."""
    look, radius, _ = _LOOKS[None]
    title, alt = "Early 2013, in part", f"Map of {len(places)} places of the Assembly's list of counters of early 2013."
    outlines = shapes_on(store, day).outlines
    return Image(dots_svg(outlines, [Dots(places, look, radius)], title, alt), alt)


def _place(site: SiteOnDay) -> tuple[float, float] | None:
    """Where it is, be it known to its street only: on a map this small that is the same."""
    return None if site.lon is None or site.lat is None else (site.lon, site.lat)


def _caption(counters: Sequence[SiteOnDay]) -> str:
    kinds = {words: sum(site.is_24_7 is hours for site in counters) for hours, (_, _, words) in _LOOKS.items()}
    said = ", ".join(f"{number(count)} {words}" for words, count in reversed(kinds.items()) if count)
    inferred = sum(site.opening_hours_evidence == "inferred" for site in counters)
    not_drawn = sum(_place(site) is None for site in counters)
    hours = f" Hours of {number(inferred)} inferred." if inferred else ""
    place = f" {capitalised(in_words(not_drawn))} not drawn: place not known." if not_drawn else ""
    return f"{number(len(counters))} open: {said}.{hours}{place}"
