"""The parts of the counters page that are more than a table: nearest counters, small maps, what is open now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from transparency.core.text import capitalised, full_date, number, precise_date
from transparency.core.vocabulary import BEFORE_CONSULTATION, Figure, Precision, SiteOnDay, today
from transparency.counters.exhibits import compiled, growth_exhibit, site_address, source_column, where
from transparency.counters.pictures import counters_map, map_of_2013
from transparency.counters.queries import (
    CounterTotals,
    boroughs_counters,
    counter_totals,
    open_counters,
    places_of_2013,
    published_totals,
    ward_access,
)
from transparency.counters.sentences import (
    EVIDENCE_WORDS,
    HOURS_NOT_KNOWN,
    borough_sentence,
    hours,
    hours_doubt,
    opening_words,
    small_maps_sentence,
)
from transparency.exhibits.addresses import borough_address, ward_address
from transparency.exhibits.exhibit import Column, Exhibit, Link, table
from transparency.exhibits.files import published_as
from transparency.exhibits.html import image_html, render, still_exhibit_html
from transparency.places.queries import find_borough, find_ward
from transparency.published.queries import sources_by_id
from transparency.store.store import Store

# When London's counters were counted: before the consultation, after the closures of 2017, before those of 2026.
COUNTED_ON = (
    (BEFORE_CONSULTATION, "July 2017"),
    (date(2017, 12, 31), "December 2017"),
    (date(2025, 7, 1), "July 2025"),
)
LAST_OF_BEFORE_2013 = date(2013, 1, 31)


# ---------------------------------------------------------------- the nearest


def near_ward_html(store: Store, ward_code: str, day: date) -> str:
    """The three open counters nearest to a ward. Raises UnknownPlaceError for a code of no ward."""
    ward = find_ward(store, ward_code)
    access = ward_access(store, ward, day)
    missing = "" if access.nearest_three else "No distance is known from the middle of this ward on this day."
    if access.counters_possibly_nearer:
        missing = f"Could be nearer: {', '.join(access.counters_possibly_nearer)}."
    return _near_html(
        store,
        f"Nearest to {ward.ward_name}, {ward.borough_name}",
        missing,
        access.nearest_three,
        Link(f"All about {ward.ward_name}", ward_address(ward.ward_code, _dated(day))),
        day,
    )


def in_borough_html(store: Store, borough_code: str, day: date) -> str:
    """The open counters of a borough, and how many it had. Raises UnknownPlaceError for a code of no borough."""
    name = find_borough(store, borough_code).borough_name
    counted = boroughs_counters(store, borough_code, day)
    said = ""
    if counted is not None:
        before = boroughs_counters(store, borough_code, BEFORE_CONSULTATION) if day > BEFORE_CONSULTATION else None
        said = borough_sentence(name, *counted, before[0] if before else None, day == today())
    sites = tuple(site for site in open_counters(store, day) if site.borough_code == borough_code)
    link = Link(f"All about {name}", borough_address(borough_code, _dated(day)))
    return _near_html(store, f"Counters in {name}", said, sites, link, day)


def _near_html(store: Store, heading: str, said: str, sites: Sequence[SiteOnDay], link: Link, day: date) -> str:
    return render(
        "counters_near.html",
        heading=heading,
        said=said,
        sites=sites,
        link=link,
        address=lambda site: site_address(site.site_id, _dated(day)),
        hours=lambda site: opening_words(site.opening_hours) if site.opening_hours else HOURS_NOT_KNOWN,
        hours_doubt=hours_doubt,
        where=where,
        is_today=day == today(),
    )


def _dated(day: date) -> date | None:
    """The day as a link names it; today's is left out."""
    return None if day == today() else day


# ---------------------------------------------------------------- then and now


@published_as("counters-then")
def then_exhibit(store: Store, day: date) -> Exhibit | None:
    """How many counters were open on the days on which they were counted, and on the day asked."""
    counted = [(on, words, totals) for on, words, totals in _counted(store, day)]
    if not counted:
        return None
    columns = (
        Column("as_at", "As at", cell=lambda row: full_date(row[0])),
        Column("counters_open_count", "Open", True, lambda row: row[2].counters_open_count),
        Column("counters_open_at_most_count", "Open at most", True, lambda row: row[2].counters_open_at_most_count),
        Column("counters_24_7_count", "Open 24 hours", True, lambda row: row[2].counters_24_7_count),
        Column(
            "counters_24_7_inferred_count", "Of these promised", True, lambda row: row[2].counters_24_7_inferred_count
        ),
        Column(
            "counters_hours_not_published_count",
            "Hours not known",
            True,
            lambda row: row[2].counters_hours_not_published_count,
        ),
    )
    return Exhibit(
        key="then",
        headline=small_maps_sentence([(words, totals) for _, words, totals in counted]),
        subtitle="Filled: open 24 hours. Outlined: open for part of the day. Small grey dot: hours not known.",
        table=table("Counters open, by day", columns, counted),
        sources=compiled(day),
        note="Early 2013 is before our list begins: totals were published, and of the Assembly's list of counters we "
        "hold only the places that no other source gives, each to its street. It shows no closure.",
    )


def _counted(store: Store, day: date) -> Iterable[tuple[date, str, CounterTotals]]:
    for on, words in (*COUNTED_ON, (day, "today" if day == today() else f"on {full_date(day)}")):
        totals = counter_totals(store, on)
        if totals is not None and (on < day or (on == day and not words[0].isupper())):
            yield on, f"in {words}" if words[0].isupper() else words, totals


def small_maps_html(store: Store, day: date, is_folded: bool = False) -> str:
    """Early 2013 as far as it is known, three days between, and the day asked, all on one scale."""
    exhibit = then_exhibit(store, day)
    if exhibit is None:
        return ""
    places = places_of_2013(store)
    maps = (
        [
            (
                _heading_of_2013(store, len(places), day),
                map_of_2013(store, places, day),
                _caption_of_2013(store, len(places), day),
            )
        ]
        if places
        else []
    )
    for on, words, _ in _counted(store, day):
        if shown := counters_map(store, on):
            maps.append((capitalised(words.removeprefix("in ").removeprefix("on ")), shown.image, shown.caption))
    return render(
        "counters_maps.html",
        exhibit=exhibit,
        is_folded=is_folded,
        maps=[(words, Markup(image_html(image)), caption) for words, image, caption in maps],  # noqa: S704 - ours
    )


def _totals_of_2013(store: Store, day: date) -> list[Figure]:
    return [
        total
        for total in reversed(published_totals(store, day))
        if total.metric == "front_counters_open" and total.as_at <= LAST_OF_BEFORE_2013
    ]


def _heading_of_2013(store: Store, places: int, day: date) -> str:
    """How few of them are drawn, so that the map of all beside it is no rise: only 17 of 136 to 140 drawn."""
    totals = sorted({total.value for total in _totals_of_2013(store, day) if total.value})
    if not totals:
        return "Early 2013, in part"
    known = " to ".join(number(value) for value in dict.fromkeys((totals[0], totals[-1])))
    return f"Early 2013: only {number(places)} of {known} drawn"


def _caption_of_2013(store: Store, places: int, day: date) -> str:
    totals = [
        f"{'about ' if total.kind == 'approximate' else ''}{number(total.value or 0)} "
        f"({precise_date(total.as_at, Precision(total.as_at_precision))})"
        for total in _totals_of_2013(store, day)
    ]
    published = f" Published totals: {', '.join(totals)}." if totals else ""
    return f"The {number(places)} drawn are the places of the Assembly's list that we hold.{published}"


# ---------------------------------------------------------------- open now


@dataclass(frozen=True)
class HoursGroup:
    """Counters with the same hours, known in the same way."""

    hours: str
    doubt: str
    sites: tuple[SiteOnDay, ...]

    @property
    def note(self) -> str:
        """How sure the hours are."""
        return f"⚠ {capitalised(self.doubt.replace('this one', 'each one'))}." if self.doubt else ""


def hours_groups(sites: Iterable[SiteOnDay]) -> tuple[HoursGroup, ...]:
    """Counters by their hours: open 24 hours first, then those a source gives, then inferred, then not known."""
    found: dict[tuple[int, str, str], list[SiteOnDay]] = {}
    for site in sites:
        doubt = hours_doubt(site)
        words = opening_words(site.opening_hours) if site.opening_hours else HOURS_NOT_KNOWN
        rank = 3 if not site.opening_hours else (0 if site.is_24_7 else 1) + bool(doubt)
        found.setdefault((rank, words, doubt), []).append(site)
    return tuple(
        HoursGroup(capitalised(words), doubt, tuple(sorted(found[rank, words, doubt], key=lambda each: each.site_name)))
        for rank, words, doubt in sorted(found, key=lambda key: (key[0], -len(found[key]), key[1]))
    )


@published_as("counters-open")
def open_exhibit(store: Store, day: date) -> Exhibit | None:
    """The counters open on the day with address, hours and how the hours are known; None where none is known to be."""
    sites = open_counters(store, day)
    if not sites:
        return None
    columns = (
        Column("site_name", "Counter", cell=lambda site: Link(site.site_name, site_address(site.site_id, day))),
        Column("borough_name", "Borough"),
        Column("address", "Address", cell=where),
        Column("opening_hours", "Hours", cell=hours),
        Column(
            "opening_hours_evidence",
            "How we know the hours",
            cell=lambda site: site.opening_hours_evidence and EVIDENCE_WORDS[site.opening_hours_evidence],
        ),
        source_column(sources_by_id(store), "Source of the last word"),
    )
    when = "today" if day == today() else f"on {full_date(day)}"
    is_today, is_one = day == today(), len(sites) == 1
    are = ("is" if is_one else "are") if is_today else "was" if is_one else "were"
    open_then = f"{number(len(sites))} police counter{'s' * (not is_one)} {are} open to the public {when}"
    return Exhibit(
        key="open",
        headline=f"{open_then}, by our list.",
        subtitle="By hours, with how sure we are of them",
        table=table(f"Counters open on {full_date(day)}", columns, sites),
        sources=compiled(day),
    )


def now_html(store: Store, day: date) -> str:
    """What is open, by its hours, beside where it got farthest."""
    exhibit, growth = open_exhibit(store, day), growth_exhibit(store, day)
    sites = open_counters(store, day)
    return render(
        "counters_now.html",
        exhibit=exhibit,
        groups=hours_groups(sites),
        is_sourced=any(site.opening_hours_evidence and not hours_doubt(site) for site in sites),
        address=lambda site: site_address(site.site_id, _dated(day)),
        known=lambda site: EVIDENCE_WORDS[site.opening_hours_evidence] if site.opening_hours_evidence else "",
        growth=Markup(still_exhibit_html(growth, 2, is_table_open=False)) if growth else "",  # noqa: S704 - ours
    )


def folded_html(exhibit: Exhibit | None) -> str:
    """An exhibit in one line, which opens; empty for none."""
    context: dict[str, Any] = {"exhibit": exhibit}
    return render("exhibit_folded.html", **context) if exhibit is not None else ""
