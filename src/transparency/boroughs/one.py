"""One borough on a day: its answer, its map, its wards, what is measured of it, its counters and its figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Any

from transparency.boroughs.measures import MEASURES, SITE_LIST, Reading, reading
from transparency.boroughs.queries import borough_changes, borough_figures
from transparency.boroughs.sentences import (
    change_words,
    changes_sentence,
    counters_answer,
    figures_sentence,
    proposed_sentence,
    wards_sentence,
)
from transparency.core.text import full_date, listed, number, precise_date
from transparency.core.vocabulary import (
    BEFORE_CONSULTATION,
    FIRST_SITE_DAY,
    PROMISED_ON,
    Basis,
    Half,
    HalfKnown,
    Precision,
    SiteKind,
    SiteOnDay,
    SiteStatus,
)
from transparency.counters.dots import counters_then_and_now
from transparency.counters.exhibits import site_column, source_column
from transparency.counters.queries import borough_sites, closures_proposed, sites_on
from transparency.counters.sentences import hours
from transparency.exhibits.addresses import ward_address
from transparency.exhibits.cells import DATE, SOURCE, sources_of, ward_column
from transparency.exhibits.exhibit import Cell, Column, Exhibit, Image, Link, Mark, Said, table
from transparency.exhibits.files import one_of, published_as
from transparency.exhibits.locator import BoroughMap, borough_svg
from transparency.exhibits.marks import month_mark, site_mark
from transparency.exhibits.shapes import shapes_on
from transparency.exhibits.strips import scale_to, value_row
from transparency.months.queries import PlaceMonth, place_months_until, strength_month
from transparency.places.arguments import a_borough
from transparency.places.queries import Ward, find_borough
from transparency.progress.exhibits import ward_sources
from transparency.published.queries import SAID_KINDS, sources_by_id
from transparency.published.sentences import FIGURE_KIND_WORDS, metric_words
from transparency.store.store import Store, memoised
from transparency.wards.queries import boroughs_on
from transparency.wards.standing import WardStanding, standings_on
from transparency.wards.verdict import officers

CARDS = ("officers", "elsewhere", "known", "crime")
THEN = precise_date(BEFORE_CONSULTATION, Precision.YEAR)


def borough_verdict(store: Store, borough_code: str, day: date) -> str:
    """The borough's counters on a day, and how many it had; where no list is stored what is known of its wards."""
    name = find_borough(store, borough_code).borough_name
    now = borough_sites(store, borough_code, day)
    if now["counters_open_count"] is None and day >= FIRST_SITE_DAY:
        return f"{wards_known(store, borough_code, day).partition('. ')[0].rstrip('.')}."
    then = borough_sites(store, borough_code, BEFORE_CONSULTATION) if day > BEFORE_CONSULTATION else None
    is_open = [site for site in _counters(store, borough_code, day) if site.site_status is SiteStatus.OPEN]
    return counters_answer(name, is_open, now, then, THEN, day)


def _counters(store: Store, borough_code: str, day: date) -> list[SiteOnDay]:
    sites = (site for site in sites_on(store, day) if site.site_kind is SiteKind.FRONT_COUNTER)
    return [site for site in sites if site.borough_code == borough_code]


@memoised
def newest_month(store: Store, borough_code: str, day: date) -> PlaceMonth | None:
    """The borough in the newest month with strengths; None where no month is stored."""
    newest = strength_month(store, day)
    found = place_months_until(store, day, borough_code) if newest else ()
    return next((each for each in found if newest and each.month == newest.month), None)


def wards_known(store: Store, borough_code: str, day: date) -> str:
    """What is known of the borough's wards, in a sentence."""
    name = find_borough(store, borough_code).borough_name
    return wards_sentence(name, boroughs_on(store, day)[borough_code], newest_month(store, borough_code, day))


# ---------------------------------------------------------------- the map and the list of wards


@dataclass(frozen=True)
class WardLine:
    """A ward with the number it has on the map, its link, and its mark where something is known of it."""

    number: int
    link: Link
    mark: Mark | None


def ward_lines(store: Store, borough_code: str, day: date, address_day: date | None) -> list[WardLine]:
    """The borough's wards of the day by name; links ask for a day where the reader did."""
    return [
        WardLine(number, Link(row.ward.ward_name, ward_address(row.ward.ward_code, address_day)), _known_mark(row))
        for number, row in enumerate(standings_on(store, day, borough_code), 1)
    ]


def _known_mark(row: WardStanding) -> Mark | None:
    if row.month is not None:
        return month_mark(row.month.ward_status)
    return row.mark if row.evidence is not None or row.own is not None else None


def map_image(store: Store, borough_code: str, day: date) -> Image | None:
    """The borough with its wards and counters; None where its shape is not stored."""
    shapes, name = shapes_on(store, day), find_borough(store, borough_code).borough_name
    wards = {row.ward.ward_code: row.ward.ward_name for row in standings_on(store, day, borough_code)}
    if not wards.keys() & shapes.wards.keys() or all(each.borough_code != borough_code for each in shapes.outlines):
        return None
    sites = [site for site in sites_on(store, day) if site.site_kind is SiteKind.FRONT_COUNTER]
    is_open = tuple(site for site in sites if site.site_status is SiteStatus.OPEN)
    closed = tuple(
        site for site in sites if site.site_status is SiteStatus.NOT_OPEN and site.borough_code == borough_code
    )
    own = [site.site_name for site in is_open if site.borough_code == borough_code]
    alt = f"Map of {name} with its {len(wards)} wards. " + (
        f"Open counters: {listed(own)}." if own else "No counter is open in it."
    )
    return Image(borough_svg(BoroughMap(shapes, borough_code, wards, is_open, closed, name, alt)), alt)


def not_drawn_words(store: Store, borough_code: str, day: date) -> str:
    """The borough's counters that its map leaves out, open or closed, and why; empty where all are drawn."""
    left_out = [site for site in _counters(store, borough_code, day) if site.position is None]
    on_street = [site.site_name for site in left_out if site.lon is not None]
    nowhere = [site.site_name for site in left_out if site.lon is None]
    said = [
        f"{listed(names)} {'are' if len(names) > 1 else 'is'} {words}, and not drawn."
        for names, words in ((on_street, "known only to the street"), (nowhere, "of a place not known"))
        if names
    ]
    return " ".join(said)


# ---------------------------------------------------------------- its place among London's boroughs


@dataclass(frozen=True)
class MeasureCard:
    """A measure of the borough beside all others: its name, the value, what it is beside, and a picture of both."""

    name: str
    label: str
    words: str
    when: str
    beside: str
    image: Image | None


def measure_cards(store: Store, borough_code: str, day: date) -> list[MeasureCard]:
    """The borough on each of the four series that is known on the day."""
    readings = {name: read for name in CARDS if (read := reading(store, name, day)) is not None}
    return [_card(name, read, borough_code) for name, read in readings.items()]


def _card(name: str, read: Reading, borough_code: str) -> MeasureCard:
    own = next(each for each in read.boroughs if each.borough_code == borough_code)
    others = [each.value for each in read.boroughs if each.value is not None and each is not own]
    london = read.london.value if read.london else None
    image = None
    if own.value is not None:
        range_words = f" {len(others)} other boroughs: {min(others):g} to {max(others):g}." if others else ""
        alt = f"{MEASURES[name].caption}: {own.words}.{range_words}"
        marks = [] if london is None else [london]
        image = value_row(own.borough_name, alt, scale_to(max([own.value, *others]), marks), own.value, others=others)
    if read.london and london is not None:
        beside = f"London {read.london.words}"
    else:
        beside = f"Other boroughs {min(others):,.0f} to {max(others):,.0f}" if others else ""
    return MeasureCard(name, MEASURES[name].label, own.words, read.when, beside, image)


# ---------------------------------------------------------------- exhibits


@published_as("borough-wards", borough=a_borough())
def wards_exhibit(store: Store, borough_code: str, day: date) -> Exhibit:
    """The borough's wards with what is known of each."""
    name = find_borough(store, borough_code).borough_name
    return Exhibit(
        key="wards",
        headline=wards_known(store, borough_code, day),
        subtitle=f"Wards of {name}, {full_date(day)}.",
        table=table(
            f"Wards of {name}",
            (
                Column("ward_name", "Ward", cell=lambda row: _ward_link(row.ward, day)),
                Column("status", "Status", cell=attrgetter("mark")),
                Column("dedicated_pcs", "Constables", True, lambda row: _count_words(row.pcs)),
                Column("dedicated_pcsos", "PCSOs", True, lambda row: _count_words(row.pcsos)),
                Column("basis", "Counted in", cell=lambda row: row.pcs.basis or row.pcsos.basis),
                Column("evidence", "How we know", cell=_evidence_word),
                Column("as_at", "As at", cell=lambda row: _as_at(row.newest)),
            ),
            standings_on(store, day, borough_code),
            missing="not known",
        ),
        sources=ward_sources(store, day, borough_code),
    )


def _ward_link(ward: Ward, day: date) -> Link:
    return Link(ward.ward_name, ward_address(ward.ward_code, day))


def _as_at(newest: HalfKnown | None) -> str | None:
    return precise_date(newest.as_at, newest.precision) if newest and newest.as_at else None


def _evidence_word(row: WardStanding) -> str | None:
    evidence = row.pcs.evidence or row.pcsos.evidence
    return evidence.word if evidence else None


def _count_words(known: HalfKnown) -> Cell:
    """The count of one half: at least 2; 2 posts, which are not people."""
    if known.count is None:
        return None
    if known.basis is Basis.POSTS:
        return Said(f"{number(known.count)} post{'s' * (known.count != 1)}", known.count)
    return f"at least {number(known.count)}" if known.is_minimum else known.count


@published_as("borough-changes", borough=a_borough())
def changes_exhibit(store: Store, borough_code: str, day: date) -> Exhibit | None:
    """What changed: each ward's two latest rows side by side; None where no ward has two."""
    changed = borough_changes(store, borough_code, day)
    if not changed:
        return None
    return Exhibit(
        key="changes",
        headline=changes_sentence(find_borough(store, borough_code).borough_name, changed),
        subtitle="The two latest rows of each ward, newest first. A change is given only between figures of the same "
        "kind that are not minimums.",
        table=table(
            "What changed",
            (
                ward_column(day),
                Column("before", "Before", cell=lambda row: _reading(row, "previous_")),
                Column("after", "Then", cell=lambda row: _reading(row, "")),
                Column("change", "Change in constables", cell=lambda row: change_words(row["dedicated_pcs_change"])),
                SOURCE,
            ),
            changed,
        ),
        sources=sources_of(changed),
    )


def _reading(row: dict[str, Any], side: str) -> str:
    is_minimum, basis = row[f"{side}is_minimum"], Basis(row[f"{side}basis"])
    counts = []
    for half, column, unknown in (
        (Half.PCS, "dedicated_pcs", "constables not known"),
        (Half.PCSOS, "dedicated_pcsos", "PCSO not known"),
    ):
        count = row[f"{side}{column}"]
        counts.append(unknown if count is None else officers(half, count, is_minimum, basis))
    when = precise_date(row[f"{side}as_at"], row[f"{side}as_at_precision"])
    return f"{', '.join(counts)} ({row[f'{side}evidence']}, {when})"


@published_as("borough-counters", borough=a_borough())
def counters_exhibit(store: Store, borough_code: str, day: date) -> Exhibit | None:
    """The borough's counters before the consultation of 2017 and on the day; None where none is known."""
    counters = _counters(store, borough_code, day) if day >= FIRST_SITE_DAY else []
    if not counters:
        return None
    before = min(BEFORE_CONSULTATION, day)
    name, sources = find_borough(store, borough_code).borough_name, sources_by_id(store)
    then = {site.site_id: site for site in _counters(store, borough_code, before)}
    proposed = closures_proposed(store, borough_code, day)
    days = full_date(day) if before == day else f"{full_date(before)} and {full_date(day)}"
    on_day_before = (
        Column("before_status", full_date(before), cell=lambda it: _state(then[it.site_id])),
        Column("before_opening_hours", "Hours then", cell=lambda it: _hours(then[it.site_id])),
    )
    return Exhibit(
        key="counters",
        headline=borough_verdict(store, borough_code, day),
        subtitle=f"Counters of {name}. A closed counter is not a closed station.",
        picture=counters_then_and_now(store, borough_code, day),
        table=table(
            f"Counters of {name}, {days}",
            (
                site_column("Counter", day),
                Column("site_status", full_date(day), cell=_state),
                Column("opening_hours", "Hours", cell=_hours),
                *(() if before == day else on_day_before),
                source_column(sources, "Source of the last word"),
            ),
            counters,
            missing="not known",
        ),
        sources=(SITE_LIST, *sources_of(proposed)),
        note=proposed_sentence(proposed),
    )


def _state(site: SiteOnDay) -> Mark:
    """The mark of a counter's state; where the last word is an opening we infer, it says so."""
    mark = site_mark(site.site_status)
    is_inferred = site.evidence == "inferred" and site.last_event in ("opened", "reopened")
    if site.site_status is not SiteStatus.OPEN or not is_inferred or site.last_event_on is None:
        return mark
    when = precise_date(site.last_event_on, site.last_event_precision)
    return replace(mark, word=f"{mark.word} (opening inferred: {when})")


def _hours(site: SiteOnDay) -> str:
    return hours(site) if site.site_status is SiteStatus.OPEN else "–"


@published_as("borough-figures", borough=a_borough(), history=one_of("is_history", (True, False)))
def figures_exhibit(store: Store, borough_code: str, day: date, is_history: bool) -> Exhibit | None:
    """The borough's own published figures since the promise, or its history before it; None where there is none."""
    every = borough_figures(store, borough_code, day)
    rows = [figure for figure in every if (figure.as_at < PROMISED_ON) is is_history]
    plans = [figure for figure in rows if figure.kind not in SAID_KINDS]
    name = find_borough(store, borough_code).borough_name
    if not rows:
        return None
    headline = (
        f"History: {len(rows)} figure{'s' * (len(rows) != 1)} of {name} from before the promise of July 2016."
        if is_history
        else figures_sentence(name, len(rows) - len(plans), len(plans), len(every) - len(rows))
    )
    return Exhibit(
        key="history" if is_history else "figures",
        headline=headline,
        subtitle="Of earlier models and wider teams: not to be set beside a ward's figure of today."
        if is_history
        else f"What was published of {name} as a whole. Plans and promises are named as such.",
        table=table(
            "History before the promise" if is_history else "Figures of the borough itself",
            (
                DATE,
                Column("metric", "What", cell=lambda figure: metric_words(figure.metric)),
                Column("value", "Value", True),
                Column("unit", "Unit"),
                Column("kind", "Kind", cell=lambda figure: FIGURE_KIND_WORDS[figure.kind]),
                Column("note", "Note"),
                SOURCE,
            ),
            rows,
            missing="–",
        ),
        sources=sources_of(rows),
    )
