"""One counter or other place of the police: when it is open, what became of it, for which wards it is the nearest."""

from __future__ import annotations

from datetime import date
from typing import Any

from transparency.core.text import capitalised, distance, precise_date
from transparency.core.vocabulary import SiteKind, SiteOnDay, SiteStatus, today
from transparency.counters.exhibits import compiled, site_address, where
from transparency.counters.queries import counters_near, is_by_notices, site_events, site_on, wards_nearest_to
from transparency.counters.sentences import (
    BY_NOTICES,
    EVENT_WORDS,
    KIND_WORDS,
    hours_doubt,
    nearest_to_sentence,
    opening_words,
    site_answer,
)
from transparency.exhibits.cells import ward_column
from transparency.exhibits.exhibit import Column, Exhibit, Image, Link, table
from transparency.exhibits.files import a_text, published_as
from transparency.exhibits.html import render
from transparency.exhibits.locator import Locator, locator_svg
from transparency.exhibits.shapes import shapes_on
from transparency.store.store import Store

EVENTS_SHOWN = 3


def site_head_html(store: Store, site_id: str, day: date) -> str:
    """The name of a place as the page's heading, with what it is. Raises UnknownPlaceError."""
    site = site_on(store, site_id, day)
    return render("counter_head.html", site=site, kind=capitalised(KIND_WORDS[site.site_kind]), where=where(site))


def site_html(store: Store, site_id: str, day: date) -> str:
    """Answer, how sure it is, map, and the last that happened there."""
    site = site_on(store, site_id, day)
    is_counter = site.site_kind is SiteKind.FRONT_COUNTER
    is_open = is_counter and site.site_status is SiteStatus.OPEN
    near = counters_near(store, site, day)
    return render(
        "counter.html",
        site=site,
        answer=site_answer(site, day == today()),
        doubt=capitalised(hours_doubt(site)) if is_open else "",
        decided=site.opening_hours_decided if is_open else None,
        opening_words=opening_words,
        is_today=day == today(),
        by_notices=BY_NOTICES if is_open and is_by_notices(store, day) else "",
        nearest_to=nearest_to_sentence(wards_nearest_to(store, site_id, day)) if is_open and site.position else "",
        is_placed=site.position is not None,
        is_counter=is_counter,
        is_open=is_open,
        near=near,
        distance=distance,
        address=lambda each: site_address(each.site_id, None if day == today() else day),
        events=[_event(row) for row in site_events(store, site_id, day)[-EVENTS_SHOWN:]],
        map_image=_map(store, site, near, day),
        way_back=Link("All counters", "/counters" + ("" if day == today() else f"?as_at={day.isoformat()}")),
    )


def _event(row: dict[str, Any]) -> tuple[str, str]:
    """When, and what happened or was said."""
    words = EVENT_WORDS[row["event"]]
    if row["opening_hours"]:
        words += f": {opening_words(row['opening_hours'])}"
    inferred = ", as we infer" if row["evidence"] == "inferred" else ""
    return precise_date(row["event_on"], row["date_precision"]), f"{capitalised(words)}{inferred}"


def _map(store: Store, site: SiteOnDay, near: tuple[SiteOnDay, ...], day: date) -> Image | None:
    """The place among the nearest open counters; None where its place is not known."""
    if site.position is None or not near:
        return None
    is_open = site.site_kind is SiteKind.FRONT_COUNTER and site.site_status is SiteStatus.OPEN
    open_ = (site, *near) if is_open else near
    names = ", ".join(f"{each.site_name} {distance(each.distance_m)}" for each in near if each.distance_m is not None)
    alt = f"Map of {site.borough_name} with {site.site_name}. Nearest open counters: {names or 'none known'}."
    return Image(
        locator_svg(
            Locator(
                shapes=shapes_on(store, day),
                ward_code="",
                borough_code=site.borough_code,
                counters=open_,
                nearest=site,
                title=site.site_name,
                description=alt,
                closed=() if is_open else (site,),
                neighbours={},
            )
        ),
        alt,
    )


@published_as("counters-nearest-wards", site=a_text("site_id"))
def nearest_wards_exhibit(store: Store, site_id: str, day: date) -> Exhibit | None:
    """The wards to whose centre a counter is the nearest; None where it is so for none."""
    wards = wards_nearest_to(store, site_id, day)
    if not wards:
        return None
    columns = (
        ward_column(day),
        Column("borough_name", "Borough"),
        Column("counter_distance_m", "Km", True, lambda row: f"{row['counter_distance_m'] / 1000:.1f}"),
    )
    name = site_on(store, site_id, day).site_name
    return Exhibit(
        key="nearest-wards",
        headline=f"The wards with {name} as their nearest counter.",
        subtitle="From the middle of each ward in a straight line",
        table=table(f"Wards nearest to {name}", columns, wards),
        sources=compiled(day),
    )
