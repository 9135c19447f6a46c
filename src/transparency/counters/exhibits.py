"""What is known of counters, hubs and other sites on a day, as exhibits for the dashboard and the plain pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from transparency.core.text import capitalised, full_date, in_words, percentage, precise_date
from transparency.core.vocabulary import BEFORE_CONSULTATION, SiteKind, SiteOnDay, SiteStatus
from transparency.counters.queries import (
    CounterTotals,
    boroughs_sites,
    counter_closures,
    counter_distances,
    counter_plans,
    counter_totals,
    distance_changes,
    has_sites,
    is_by_notices,
    matching_sites,
    published_totals,
    site_events,
    site_on,
    site_wards,
    sites_on,
)
from transparency.counters.sentences import (
    BOROUGHS_NOTE,
    BY_NOTICES,
    CLOSED_COUNTER_NOTE,
    DISTANCE_METHOD,
    EVENT_WORDS,
    EVIDENCE_WORDS,
    GROWTH_NOTE,
    KIND_WORDS,
    PLANS_NOTE,
    PROMISED_IN_2013,
    RECONCILIATION_NOTES,
    SITE_NOTE,
    WORTH_WORDS,
    before_list_sentence,
    change_sentence,
    closures_sentence,
    counters_sentence,
    distances_sentence,
    found_sentence,
    growth_sentence,
    hours,
    hubs_sentence,
    in_use_words,
    last_word,
    opening_words,
    plans_sentence,
    published_totals_sentence,
    reconciliation_sentence,
    round_the_clock_sentence,
    site_sentence,
)
from transparency.exhibits.addresses import ward_address
from transparency.exhibits.cells import SOURCE, first_sources, source_link
from transparency.exhibits.exhibit import Cell, Column, Exhibit, Link, Mark, Source, Table, named_in, table
from transparency.exhibits.files import a_text, one_of, published_as
from transparency.exhibits.html import render
from transparency.exhibits.marks import site_mark
from transparency.places.arguments import a_borough
from transparency.published.queries import sources_by_id
from transparency.store.reconciliation import reconcile, reconciliations
from transparency.store.store import Store

GREW_MOST = 10
YES_OR_NO_MARKS = {
    "yes": Mark("●", "yes", "met"),
    "no": Mark("▽", "no", "short"),
    "not_known": Mark("–", "not known", "unknown"),
}
METRIC_WORDS = {
    "front_counters_open": "Counters open",
    "front_counters_24_7": "Counters open 24 hours",
    "front_counters_closing": "Counters closed or to close",
    "front_counters_remaining": "Counters left",
}


def site_address(site_id: str, day: date | None = None) -> str:
    """The dashboard's address of a site; without a day it answers for today."""
    return f"/counters?site={site_id}" + (f"&as_at={day.isoformat()}" if day else "")


def compiled(day: date) -> tuple[Source, ...]:
    """The source line of tables whose rows each name their own source."""
    return (
        Source("Compiled for this dashboard", "sites and events at sites, each row with its own source", None, day),
    )


def verdict(store: Store, day: date) -> str:
    """The state of London's counters on the day in one sentence."""
    totals = counter_totals(store, day)
    if totals is not None:
        return counters_sentence(day, totals)
    newest = next((total for total in published_totals(store, day) if total.metric == "front_counters_open"), None)
    return before_list_sentence(day, newest)


def no_sites_html(store: Store) -> str:
    """Where the list of places is, in a store that has none; empty otherwise."""
    return "" if has_sites(store) else render("no_sites.html", store=store)


@published_as("counters-boroughs")
def boroughs_exhibit(store: Store, day: date) -> Exhibit | None:
    """Borough by borough before the consultation and on the day; None before the list begins."""
    totals, before = counter_totals(store, day), counter_totals(store, BEFORE_CONSULTATION)
    if totals is None or before is None:
        return None
    is_after = day > BEFORE_CONSULTATION
    is_between = totals.counters_open_at_most_count > totals.counters_open_count
    earlier = {row["borough_code"]: row["counters_open_count"] for row in boroughs_sites(store, BEFORE_CONSULTATION)}
    open_counters: dict[str, list[SiteOnDay]] = defaultdict(list)
    for site in sites_on(store, day):
        if site.site_kind is SiteKind.FRONT_COUNTER and (site.site_status is SiteStatus.OPEN or site.undated_event):
            open_counters[site.borough_code].append(site)
    columns = (
        Column("borough_name", "Borough"),
        *([Column("counters_before_count", "Open before", True, lambda row: earlier[row["borough_code"]])] * is_after),
        *([Column("counters_opened_count", "Opened since", True)] * is_after),
        Column("counters_closed_count", "Closed since 2017", True),
        Column("counters_open_count", "Open at least" if is_between else "Open on the day", True),
        *([Column("counters_open_at_most_count", "Open at most", True)] * is_between),
        Column("has_24_7", "Open 24 hours", cell=_has_24_7),
        Column(
            "counters",
            "Open counters and their hours",
            cell=lambda row: _counters_cell(open_counters[row["borough_code"]], day),
        ),
        Column("other_sites", "Hubs, bases, contact points in use", cell=_other_sites),
    )
    caption = f"Counters, hubs and bases by borough, {full_date(day)}"
    sentences = [round_the_clock_sentence(totals), hubs_sentence(totals)]
    if is_after:
        then = full_date(BEFORE_CONSULTATION)
        caption = f"Counters by borough before ({then}) and on {full_date(day)}; hubs and bases"
        sentences.insert(0, change_sentence(day, before.counters_open_count, totals))
    return Exhibit(
        key="boroughs",
        headline=" ".join(sentences),
        subtitle=f"Counters open and other places known to be in use, by borough, {full_date(day)}",
        table=table(caption, columns, boroughs_sites(store, day)),
        sources=compiled(day),
        note=" ".join([BOROUGHS_NOTE, *_of_hours(store, totals, day)]),
    )


def _of_hours(store: Store, totals: CounterTotals, day: date) -> list[str]:
    """Where the hours of counters are not known, or only by notices before they changed."""
    not_known = totals.boroughs_24_7_not_known_count
    said = [PROMISED_IN_2013.format(in_words(not_known))] if not_known else []
    return said + [BY_NOTICES] * is_by_notices(store, day)


def _has_24_7(row: dict[str, Any]) -> Mark:
    """Whether a borough has a counter open 24 hours, or one by the promise alone."""
    if 0 < row["counters_24_7_count"] == row["counters_24_7_inferred_count"]:
        return Mark("◯", "promised, not confirmed", "declared")
    return YES_OR_NO_MARKS[row["has_24_7"]]


def _other_sites(row: dict[str, Any]) -> str:
    return in_use_words(
        row["is_silent_for_two_years"],
        ("hub", row["hubs_count"], row["hubs_not_known_count"]),
        ("base", row["bases_count"], row["bases_not_known_count"]),
        ("contact point", row["contact_points_count"], row["contact_points_not_known_count"]),
    )


def _counters_cell(counters: Sequence[SiteOnDay], day: date) -> Cell:
    if not counters:
        return "none open"
    return tuple(
        Link(
            f"{site.site_name}: {last_word(site) if site.undated_event else hours(site)}",
            site_address(site.site_id, day),
        )
        for site in counters
    )


def site_column(label: str, day: date) -> Column:
    """A site's name, leading to its history on a day."""
    return Column("site_name", label, cell=lambda site: Link(site.site_name, site_address(site.site_id, day)))


def source_column(sources: Mapping[str, dict[str, Any]], label: str) -> Column:
    """The source of the last word of a site."""
    return Column("source", label, cell=lambda site: source_link(sources[site.source_id]) if site.source_id else None)


def sites_table(store: Store, sites: Sequence[SiteOnDay], day: date) -> Table:
    """One row for each site: what it is, where, its state on the day, hours, last word and source."""
    columns = (
        site_column("Place", day),
        Column("site_status", "State", cell=lambda site: site_mark(site.site_status)),
        Column("site_kind", "Kind", cell=lambda site: KIND_WORDS[site.site_kind].split(",")[0]),
        Column("borough_name", "Borough"),
        Column("address", "Address", cell=_where),
        Column("opening_hours", "Hours", cell=lambda site: hours(site) if site.site_status is SiteStatus.OPEN else ""),
        Column("last_event", "Last word", cell=last_word),
        Column("evidence", "How we know", cell=lambda site: site.evidence and EVIDENCE_WORDS[site.evidence]),
        source_column(sources_by_id(store), "Source"),
    )
    return table(f"Places and their state on {full_date(day)}", columns, sites)


def _where(site: SiteOnDay) -> str | None:
    parts = [part for part in (site.address, site.postcode) if part]
    return ", ".join(parts) if parts else None


def _note_column(name: str) -> Column:
    return Column(name, "What the source says", cell=lambda record: named_in(record, name) or "")


_EVIDENCE = Column("evidence", "How we know", cell=lambda row: EVIDENCE_WORDS[row["evidence"]])


@published_as("counters-places", borough=a_borough(), kind=one_of("site_kind", SiteKind))
def sites_exhibit(
    store: Store, day: date, text: str = "", borough_code: str | None = None, site_kind: SiteKind | None = None
) -> Exhibit:
    """The places that fit the search and the filters, each leading to its history."""
    every = sites_on(store, day)
    found = matching_sites(every, text, borough_code, site_kind)
    return Exhibit(
        key="places",
        headline=found_sentence(len(found), len(every)),
        subtitle=f"State on {full_date(day)}; not known is not open",
        table=sites_table(store, found, day),
        sources=compiled(day),
    )


@published_as("counters-site", site=a_text("site_id"))
def site_exhibit(store: Store, site_id: str, day: date) -> Exhibit:
    """One site's history as a dated list; raises UnknownPlaceError."""
    site = site_on(store, site_id, day)
    wards = [f"{row['ward_name']} ({row['relation'].replace('_', ' ')})" for row in site_wards(store, site_id)]
    columns = (
        Column("event_on", "When", cell=lambda row: precise_date(row["event_on"], row["date_precision"])),
        Column("event", "What", cell=lambda row: EVENT_WORDS[row["event"]]),
        Column("opening_hours", "Hours", cell=_event_hours),
        _note_column("note"),
        _EVIDENCE,
        SOURCE,
    )
    place = [KIND_WORDS[site.site_kind], site.borough_name]
    if site.address or site.postcode:
        place.append(_where(site) or "")
    if site.position is None:
        place.append("position not known to the postcode, so not on the map and in no distance")
    state = "" if site.site_status is not SiteStatus.OPEN else f" Hours: {hours(site)}."
    return Exhibit(
        key="site",
        headline=site_sentence(site, day) + state,
        subtitle=capitalised("; ".join(place)) + (f". Wards of 2014: {', '.join(wards)}" if wards else ""),
        table=table(
            f"What happened at {site.site_name}, to {full_date(day)}", columns, site_events(store, site_id, day)
        ),
        sources=compiled(day),
        note=SITE_NOTE,
    )


def _event_hours(row: dict[str, Any]) -> str:
    if row["opening_hours"] is None:
        return ""
    is_decided = row["hours_in_force_from"] > row["event_on"] and row["event"].startswith("decided")
    words = opening_words(row["opening_hours"])
    return words + (f", in force from {full_date(row['hours_in_force_from'])}" if is_decided else "")


@published_as("counters-plans")
def plans_exhibit(store: Store, day: date) -> Exhibit | None:
    """Counters for which draft, decision and outcome differ; None where there are none by the day."""
    plans = counter_plans(store, day)
    if not plans:
        return None
    columns = (
        Column("site_name", "Counter", cell=lambda row: _site_link(row, day, f" ({row['borough_name']})")),
        Column("review", "Review", cell=lambda row: str(row["review"])),
        Column("draft", "Draft", cell=_draft_words),
        Column("decision", "Decision", cell=_decision_words),
        Column("outcome", "Outcome", cell=lambda row: site_mark(SiteStatus(row["site_status"]))),
        _note_column("decision_note"),
        SOURCE,
    )
    return Exhibit(
        key="plans",
        headline=plans_sentence(len({row["site_id"] for row in plans})),
        subtitle=f"Drafts of July 2017 and August 2025, decisions, and the outcome as at {full_date(day)}",
        table=table("Draft, decision and outcome", columns, plans),
        sources=compiled(day),
        note=PLANS_NOTE,
    )


def _site_link(row: dict[str, Any], day: date, more: str = "") -> Link:
    return Link(row["site_name"] + more, site_address(row["site_id"], day))


def _draft_words(row: dict[str, Any]) -> str:
    return EVENT_WORDS[row["draft"]] if row["draft"] else "not in the draft as reported"


def _decision_words(row: dict[str, Any]) -> str:
    if row["decision"] is None:
        return "no decision found"
    words = f"{EVENT_WORDS[row['decision']]}, {full_date(row['decision_on'])}"
    if row["decisions_count"] > 1:
        words += " (two decisions that conflict)"
    return words + (f": {row['decision_hours']}" if row["decision_hours"] else "")


@published_as("counters-closures")
def closures_exhibit(store: Store, day: date) -> Exhibit | None:
    """The closures of counters from 2017 to the day; None where there are none."""
    closures = counter_closures(store, day)
    if not closures:
        return None
    columns = (
        Column("site_name", "Counter", cell=lambda row: _site_link(row, day)),
        Column("borough_name", "Borough"),
        Column("closed_on", "Closed", cell=lambda row: precise_date(row["closed_on"], row["closed_precision"])),
        Column("reopened_on", "Open again from", cell=lambda row: _reopened(row, day)),
        _EVIDENCE,
        SOURCE,
    )
    inferred = sum(row["evidence"] == "inferred" for row in closures)
    return Exhibit(
        key="closures",
        headline=closures_sentence(day, len(closures), inferred),
        subtitle="Counters, closures since 1 January 2017, newest first; a counter closed twice has two rows",
        table=table("Closures of counters", columns, closures),
        sources=compiled(day),
        note=CLOSED_COUNTER_NOTE,
    )


def _reopened(row: dict[str, Any], day: date) -> str:
    on = row["reopened_on"]
    return precise_date(on, row["reopened_precision"]) if on and on <= day else ""


@published_as("counters-distances")
def distances_exhibit(store: Store, day: date) -> Exhibit | None:
    """Median distance to the nearest open counter for London and each borough; None where none is known."""
    rows = counter_distances(store, day)
    if not rows:
        return None
    before = counter_distances(store, BEFORE_CONSULTATION)[0] if day > BEFORE_CONSULTATION else None
    columns = (
        Column("geography_name", "Place"),
        Column("wards_count", "Wards", True),
        _km_column("counter_distance_m", "Half within, km"),
        _share_column("wards_within_2_km_count", "Wards within 2 km"),
        _share_column("wards_within_5_km_count", "Wards within 5 km"),
        _km_column("counter_24_7_distance_m", "Half within, km, open 24 hours"),
        Column("wards_possibly_nearer_count", "Wards where another could be nearer", True),
    )
    return Exhibit(
        key="distances",
        headline=distances_sentence(day, rows[0], before),
        subtitle="From the ward's centre to the nearest open counter as the crow flies, the river not "
        f"considered, median over wards, {full_date(day)}, kilometres",
        table=table(f"Distance to the nearest open counter, {full_date(day)}", columns, rows),
        sources=compiled(day),
        note=DISTANCE_METHOD,
    )


@published_as("counters-growth")
def growth_exhibit(store: Store, day: date) -> Exhibit | None:
    """The wards whose distance grew most since before the consultation; None where no two days can be compared."""
    if day <= BEFORE_CONSULTATION:
        return None
    changes = distance_changes(store, BEFORE_CONSULTATION, day, limit=GREW_MOST)
    if not changes or not changes[0]["is_comparable"]:
        return None
    columns = (
        Column("ward_name", "Ward", cell=lambda row: _ward_link(row, day)),
        _km_column("earlier_distance_m", f"Km, {full_date(BEFORE_CONSULTATION)}"),
        Column("earlier_site_name", "Nearest then"),
        _km_column("counter_distance_m", f"Km, {full_date(day)}"),
        Column("counter_site_name", "Nearest on that day"),
        _km_column("counter_distance_change_m", "Farther by, km"),
    )
    farther = [row for row in changes if row["is_comparable"] and row["counter_distance_change_m"] > 0]
    return Exhibit(
        key="growth",
        headline=growth_sentence(changes[0]),
        subtitle=f"Distance to the nearest open counter, {full_date(BEFORE_CONSULTATION)} and {full_date(day)}, "
        f"wards in force on the later day, at most {GREW_MOST}",
        table=table("Wards whose distance grew most", columns, farther),
        sources=compiled(day),
        note=GROWTH_NOTE,
    )


def _ward_link(row: dict[str, Any], day: date) -> Link:
    return Link(f"{row['ward_name']} ({row['borough_name']})", ward_address(row["ward_code"], day))


def _km_column(name: str, label: str) -> Column:
    return Column(name, label, True, lambda row: None if row[name] is None else f"{row[name] / 1000:.1f}")


def _share_column(name: str, label: str) -> Column:
    return Column(name, label, True, lambda row: f"{row[name]} ({percentage(row[name], row['wards_count'])})")


@published_as("counters-totals")
def reconciliation_exhibit(store: Store, day: date) -> Exhibit | None:
    """Our list beside the published totals at their dates, with what each agreement is worth; the same on every day.

    None in a demonstration store, which has no real numbers to reconcile.
    """
    if store.is_demonstration:
        return None
    checks = [reconcile(store, item) for item in reconciliations() if "counter" in item.name.casefold()]
    independent = [check for check in checks if check.worth == "independent"]
    columns = (
        Column("name", "Total"),
        Column("expected", "Published or expected", True),
        Column("got", "Our list", True),
        Column("result", "Agrees", cell=lambda check: YES_OR_NO_MARKS["yes" if check.ok else "no"]),
        Column("worth", "What the agreement is worth", cell=lambda check: WORTH_WORDS[check.worth]),
    )
    return Exhibit(
        key="totals",
        headline=reconciliation_sentence(sum(check.ok for check in independent), len(checks), len(independent)),
        subtitle="Published totals of counters at their own dates, beside our list of sites",
        table=table("Our list and the published totals", columns, checks, "not on this site"),
        sources=first_sources(published_totals(store, date.max)),
        note=" ".join(RECONCILIATION_NOTES),
    )


@published_as("counters-published-totals")
def published_totals_exhibit(store: Store, day: date) -> Exhibit:
    """The published totals alone: all that is known of a day before the list begins."""
    columns = (
        Column("as_at", "As at", cell=lambda total: precise_date(total.as_at, total.as_at_precision)),
        Column("metric", "What was counted", cell=lambda total: METRIC_WORDS[total.metric]),
        Column("value", "Number", True),
        _note_column("note"),
        SOURCE,
    )
    totals = published_totals(store, day)
    return Exhibit(
        key="published-totals",
        headline=published_totals_sentence(day, len(totals)),
        subtitle="Counters in London, as published",
        table=table("Published totals of counters", columns, totals),
        sources=compiled(day),
    )
