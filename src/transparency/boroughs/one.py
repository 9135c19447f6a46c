"""One borough on a day, as exhibits for the dashboard and the plain pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import Any

from transparency.boroughs.compared import OF_EVERY_BOROUGH, SITE_LIST, registers
from transparency.boroughs.queries import (
    borough_changes,
    borough_context,
    borough_figures,
    similar_boroughs,
)
from transparency.boroughs.sentences import (
    LIKENESS_RULE,
    borough_sentence,
    change_words,
    changes_sentence,
    counters_sentence,
    figures_sentence,
    left_out_sentence,
    proposed_sentence,
)
from transparency.core.text import full_date, number, precise_date
from transparency.core.vocabulary import (
    BEFORE_CONSULTATION,
    FIRST_SITE_DAY,
    PROMISED_ON,
    Basis,
    Half,
    HalfKnown,
    SiteKind,
    SiteOnDay,
    SiteStatus,
)
from transparency.counters.exhibits import site_column, source_column
from transparency.counters.queries import borough_sites, closures_proposed, sites_on
from transparency.counters.sentences import hours
from transparency.exhibits.addresses import ward_address
from transparency.exhibits.bars import ward_strip
from transparency.exhibits.cells import DATE, SOURCE, borough_column, sources_of, ward_column
from transparency.exhibits.exhibit import Cell, Column, Exhibit, Link, Mark, Said, table
from transparency.exhibits.files import one_of, published_as
from transparency.exhibits.marks import site_mark
from transparency.places.arguments import a_borough
from transparency.places.queries import Ward, find_borough
from transparency.progress.exhibits import ward_sources
from transparency.progress.queries import progress
from transparency.progress.sentences import evidence_sentence
from transparency.published.queries import SAID_KINDS, sources_by_id
from transparency.published.sentences import FIGURE_KIND_WORDS, metric_words
from transparency.store.store import Store
from transparency.wards.standing import WardStanding, standings_on
from transparency.wards.verdict import officers


def borough_verdict(store: Store, borough_code: str, day: date) -> str:
    """What is known of a borough's wards and counters on a day, in a few sentences."""
    known = progress(store, day, borough_code)
    context = next(row for row in borough_context(store, day) if row["borough_code"] == known.geography_code)
    return borough_sentence(known.place, known.counts, context, day)


@published_as("borough-wards", borough=a_borough())
def wards_exhibit(store: Store, borough_code: str, day: date) -> Exhibit:
    """The borough's wards as a strip, one mark for each, and as a table in the same order."""
    known = progress(store, day, borough_code)
    rows = standings_on(store, day, borough_code)
    return Exhibit(
        key="wards",
        headline=evidence_sentence(known.place, known.counts, day),
        subtitle=f"Wards of {known.place} on {full_date(day)}, in the order of the table. ● met, ◯ announced, ◐ "
        "partly known, ▽ short, ◌ lapsed, ◔ last known, … not on this site, – not published.",
        picture=ward_strip(known.place, f"Wards of {known.place}", [(row.ward.ward_name, row.mark) for row in rows]),
        table=table(
            f"Wards of {known.place}",
            (
                Column("ward_name", "Ward", cell=lambda row: _ward_link(row.ward, day)),
                Column("status", "Status", cell=attrgetter("mark")),
                Column("dedicated_pcs", "Constables", True, lambda row: _count_words(row.pcs)),
                Column("dedicated_pcsos", "PCSOs", True, lambda row: _count_words(row.pcsos)),
                Column("basis", "Counted in", cell=lambda row: row.pcs.basis or row.pcsos.basis),
                Column("evidence", "How we know", cell=_evidence_word),
                Column("as_at", "As at", cell=lambda row: _as_at(row.newest)),
            ),
            rows,
            missing="not known",
        ),
        sources=ward_sources(store, day, borough_code),
        note="“At least” stands where a statement gave a minimum. Each half can have a date of its own; the newer one "
        "is shown here, both on the ward's page.",
    )


def _ward_link(ward: Ward, day: date) -> Link:
    return Link(ward.ward_name, ward_address(ward.ward_code, day))


def _as_at(newest: HalfKnown | None) -> str | None:
    return precise_date(newest.as_at, newest.precision) if newest and newest.as_at else None


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
    name = find_borough(store, borough_code).borough_name
    return Exhibit(
        key="changes",
        headline=changes_sentence(name, changed, day),
        subtitle="The two latest rows of each ward, newest first. A change is given only between figures of the same "
        "kind that are not minimums.",
        table=table(
            "What changed",
            (
                ward_column(day),
                Column("before", "Before", cell=lambda row: _reading(row, "previous_")),
                Column("after", "Then", cell=lambda row: _reading(row, "")),
                Column("change", "Change in constables", cell=lambda row: change_words(0, row["dedicated_pcs_change"])),
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
    if day < FIRST_SITE_DAY:
        return None
    before = min(BEFORE_CONSULTATION, day)
    counters = [
        site
        for site in sites_on(store, day)
        if site.borough_code == borough_code and site.site_kind is SiteKind.FRONT_COUNTER
    ]
    if not counters:
        return None
    name, sources = find_borough(store, borough_code).borough_name, sources_by_id(store)
    then = {site.site_id: site for site in sites_on(store, before)}
    proposed = closures_proposed(store, borough_code, day)
    counts_then, counts = (borough_sites(store, borough_code, on) for on in (before, day))
    days = full_date(day) if before == day else f"{full_date(before)} and {full_date(day)}"
    on_day_before = (
        Column("before_status", full_date(before), cell=lambda it: _state(then[it.site_id])),
        Column("before_opening_hours", "Hours then", cell=lambda it: _hours(then[it.site_id])),
    )
    return Exhibit(
        key="counters",
        headline=counters_sentence(name, counts_then, counts, before, day),
        subtitle=f"Counters of {name} on {days}. A closed counter is not a closed station.",
        table=table(
            "Counters before and after",
            (
                site_column("Counter", day),
                *(() if before == day else on_day_before),
                Column("site_status", full_date(day), cell=_state),
                Column("opening_hours", "Hours", cell=_hours),
                source_column(sources, "Source of the last word"),
            ),
            counters,
            missing="not known",
        ),
        sources=(SITE_LIST, *sources_of(proposed)),
        note=proposed_sentence(proposed),
    )


def _evidence_word(row: WardStanding) -> str | None:
    evidence = row.pcs.evidence or row.pcsos.evidence
    return evidence.word if evidence else None


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
        f"History: {len(rows)} figure{'s' * (len(rows) != 1)} of {name} from before the promise of 21 July 2016."
        if is_history
        else figures_sentence(name, len(rows) - len(plans), len(plans), len(every) - len(rows), day)
    )
    return Exhibit(
        key="history" if is_history else "figures",
        headline=headline,
        subtitle="Of earlier models and wider teams: not to be set beside a ward's figure of today."
        if is_history
        else f"What was published of {name} as a whole up to {full_date(day)}. Plans and promises are named as such.",
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


def _without_people(rows: Iterable[dict[str, Any]]) -> list[str]:
    return [row["borough_name"] for row in rows if row["population_per_ward_count"] is None]


@published_as("borough-similar", borough=a_borough())
def similar_exhibit(store: Store, borough_code: str, day: date) -> Exhibit | None:
    """The boroughs of like size; None where the borough's population on that day is not known."""
    alike = similar_boroughs(store, borough_code, day)
    if not alike:
        return None
    context = {row["borough_code"]: row for row in borough_context(store, day)}
    own = context[borough_code]
    shown = [own, *(context[row["other_borough_code"]] for row in alike)]
    names = ", ".join(row["other_borough_name"] for row in alike[:3])
    return Exhibit(
        key="similar",
        headline=f"Nearest in number of wards and people per ward alone: {names}.",
        subtitle=f"{own['borough_name']} and the {len(alike)} boroughs nearest to it in size, {full_date(day)}.",
        table=table(
            f"{own['borough_name']} and boroughs of like size",
            (borough_column(day), *OF_EVERY_BOROUGH),
            shown,
        ),
        sources=(SITE_LIST, *registers(shown)),
        note=" ".join(filter(None, (LIKENESS_RULE, left_out_sentence(_without_people(context.values()))))),
    )
