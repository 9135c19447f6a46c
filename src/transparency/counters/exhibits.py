"""What is known of counters, hubs and other sites on a day, as exhibits for the dashboard and the plain pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from transparency.core.text import full_date, number, percentage, precise_date
from transparency.core.vocabulary import BEFORE_CONSULTATION, FIRST_SITE_DAY, SiteKind, SiteOnDay, SiteStatus, today
from transparency.counters.changes import counter_change, counter_closures, counter_openings, counter_plans
from transparency.counters.queries import (
    CounterTotals,
    boroughs_without_counter,
    counter_distances,
    counter_totals,
    distance_changes,
    has_sites,
    is_by_notices,
    published_totals,
    site_events,
    site_on,
    site_wards,
    sites_on,
    ward_counter_distances,
)
from transparency.counters.sentences import (
    BASES_NOTE,
    CLOSED_COUNTER_NOTE,
    CONTACTS_NOTE,
    DISTANCE_METHOD,
    EVENT_WORDS,
    EVIDENCE_WORDS,
    GROWTH_NOTE,
    KIND_WORDS,
    PLANS_NOTE,
    RECONCILIATION_NOTES,
    SITE_NOTE,
    WORTH_WORDS,
    answer_sentence,
    bases_sentence,
    before_list_sentence,
    closures_sentence,
    contacts_sentence,
    far_sentence,
    growth_sentence,
    half_within_sentence,
    hours,
    inferred_hours_sentence,
    last_word,
    newest_total_sentence,
    night_sentence,
    none_left_sentence,
    opening_words,
    openings_sentence,
    plans_sentence,
    published_totals_sentence,
    reconciliation_sentence,
)
from transparency.exhibits.addresses import ward_address
from transparency.exhibits.cells import SOURCE, first_sources, source_link, ward_column
from transparency.exhibits.dumbbell import Then, dumbbell
from transparency.exhibits.exhibit import Column, Exhibit, Link, Mark, Source, Table, named_in, table
from transparency.exhibits.files import a_text, published_as
from transparency.exhibits.html import render
from transparency.exhibits.marks import site_mark
from transparency.published.queries import sources_by_id
from transparency.store.reconciliation import reconcile, reconciliations
from transparency.store.store import Store

GREW_MOST = 10
BASES = frozenset({SiteKind.DWO_HUB, SiteKind.SAFER_NEIGHBOURHOOD_BASE})
CONTACTS = frozenset({SiteKind.CONTACT_POINT, SiteKind.CONTACT_SESSION, SiteKind.POLICE_OFFICE})
YES_OR_NO_MARKS = {
    "yes": Mark("●", "yes", "met"),
    "no": Mark("▽", "no", "short"),
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
    """The state of London's counters on the day in a sentence or two."""
    totals = counter_totals(store, day)
    if totals is not None:
        before = counter_totals(store, BEFORE_CONSULTATION) if day > BEFORE_CONSULTATION else None
        return answer_sentence(totals, before.counters_open_count if before else None, day == today())
    return before_list_sentence(day)


def verdict_lines(store: Store, day: date) -> list[str]:
    """What else is said at once: the boroughs without a counter, how far it is at night, how sure the hours are."""
    totals, london = counter_totals(store, day), next(iter(counter_distances(store, day)), None)
    if totals is None:
        newest = next((total for total in published_totals(store, day) if total.metric == "front_counters_open"), None)
        return [newest_total_sentence(newest)]
    is_at_night_known = london is not None and _is_night_known(totals)
    lines = (
        none_left_sentence(boroughs_without_counter(store, day)),
        night_sentence(london) if is_at_night_known and london else "",
        inferred_hours_sentence(totals, is_by_notices(store, day)),
    )
    return [line for line in lines if line]


def _is_night_known(totals: CounterTotals) -> bool:
    """Whether it is known which counters are open 24 hours, so that a distance to the nearest can be told."""
    return totals.counters_24_7_count > 0 and totals.counters_hours_not_published_count == 0


def no_sites_html(store: Store) -> str:
    """Where the list of places is, in a store that has none; empty otherwise."""
    return "" if has_sites(store) else render("no_sites.html", store=store)


def site_column(label: str, day: date) -> Column:
    """A site's name, leading to its history on a day."""
    return Column("site_name", label, cell=lambda site: Link(site.site_name, site_address(site.site_id, day)))


def source_column(sources: Mapping[str, dict[str, Any]], label: str) -> Column:
    """The source of the last word of a site."""
    return Column("source", label, cell=lambda site: source_link(sources[site.source_id]) if site.source_id else None)


def sites_table(store: Store, what: str, sites: Sequence[SiteOnDay], day: date) -> Table:
    """One row for each site: what it is, where, its state on the day, hours, last word and source."""
    columns = (
        site_column("Place", day),
        Column("site_status", "State", cell=lambda site: site_mark(site.site_status)),
        Column("site_kind", "Kind", cell=lambda site: KIND_WORDS[site.site_kind].split(",")[0]),
        Column("borough_name", "Borough"),
        Column("address", "Address", cell=where),
        Column("opening_hours", "Hours", cell=lambda site: hours(site) if site.site_status is SiteStatus.OPEN else ""),
        Column("last_event", "Last word", cell=last_word),
        Column("evidence", "How we know", cell=lambda site: site.evidence and EVIDENCE_WORDS[site.evidence]),
        source_column(sources_by_id(store), "Source"),
    )
    return table(f"{what} on {full_date(day)}", columns, sites)


def where(site: SiteOnDay) -> str | None:
    """Its address and postcode, as far as they are known."""
    parts = [part for part in (site.address, site.postcode) if part]
    return ", ".join(parts) if parts else None


def _note_column(name: str) -> Column:
    return Column(name, "What the source says", cell=lambda record: named_in(record, name) or "")


_EVIDENCE = Column("evidence", "How we know", cell=lambda row: EVIDENCE_WORDS[row["evidence"]])


@published_as("counters-bases")
def bases_exhibit(store: Store, day: date) -> Exhibit | None:
    """Where ward officers start their shifts, which is not for the public; None where none is listed."""
    return _places(store, day, "bases", "Police bases", BASES, bases_sentence, BASES_NOTE)


@published_as("counters-contacts")
def contacts_exhibit(store: Store, day: date) -> Exhibit | None:
    """Where the public meets the police beside counters; None where none is listed."""
    return _places(store, day, "contacts", "Contact points and offices", CONTACTS, contacts_sentence, CONTACTS_NOTE)


def _places(
    store: Store,
    day: date,
    key: str,
    what: str,
    kinds: frozenset[SiteKind],
    sentence: Callable[[int, int], str],
    note: str,
) -> Exhibit | None:
    found = [site for site in sites_on(store, day) if site.site_kind in kinds]
    if not found or day < FIRST_SITE_DAY:
        return None
    in_use = sum(site.site_status is SiteStatus.OPEN for site in found)
    return Exhibit(
        key=key,
        headline=sentence(len(found), in_use),
        subtitle="Places and the last word of each; not known is not in use",
        table=sites_table(store, what, found, day),
        sources=compiled(day),
        note=note,
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
    return Exhibit(
        key="site",
        headline=f"All that was said of {site.site_name}.",
        subtitle=f"Wards of 2014: {', '.join(wards)}" if wards else "Every event we hold, oldest first",
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
        subtitle="Drafts of July 2017 and August 2025, decisions, and what came of them",
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
        headline=closures_sentence(len(closures), inferred),
        subtitle="Counters, newest first; a counter closed twice has two rows",
        table=table("Closures of counters", columns, closures),
        sources=compiled(day),
        note=CLOSED_COUNTER_NOTE,
    )


@published_as("counters-openings")
def openings_exhibit(store: Store, day: date) -> Exhibit | None:
    """The counters opened or reopened since the consultation, which closures alone do not account for."""
    openings, change = counter_openings(store, day), counter_change(store, day)
    if not openings or change is None:
        return None
    columns = (
        Column("site_name", "Counter", cell=lambda row: _site_link(row, day)),
        Column("borough_name", "Borough"),
        Column("event", "What", cell=lambda row: EVENT_WORDS[row["event"]]),
        Column("event_on", "When", cell=lambda row: precise_date(row["event_on"], row["date_precision"])),
        _note_column("note"),
        _EVIDENCE,
        SOURCE,
    )
    return Exhibit(
        key="openings",
        headline=openings_sentence(change),
        subtitle="Counters open when the consultation began, less the closures, and the openings",
        table=table("Counters opened or reopened", columns, openings),
        sources=compiled(day),
        note="A counter that closed twice counts twice among the closures.",
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
        headline=half_within_sentence(rows[0], before),
        subtitle="From the middle of each ward in a straight line, the river not considered, median over wards",
        table=table(f"Distance to the nearest open counter, {full_date(day)}", columns, rows),
        sources=compiled(day),
        note=DISTANCE_METHOD,
    )


@published_as("counters-ward-distances")
def ward_distances_exhibit(store: Store, day: date) -> Exhibit | None:
    """From every ward to the nearest open counter, and to the nearest open 24 hours; None where none is known."""
    totals, london = counter_totals(store, day), next(iter(counter_distances(store, day)), None)
    if totals is None or london is None:
        return None
    columns = (
        ward_column(day),
        Column("borough_name", "Borough"),
        _km_column("counter_distance_m", "Km"),
        Column("counter_site_name", "Nearest counter"),
        _km_column("counter_24_7_distance_m", "Km at night"),
        Column("counter_24_7_site_name", "Nearest open 24 hours"),
    )
    return Exhibit(
        key="ward-distances",
        headline=far_sentence(london, _is_night_known(totals)),
        subtitle="From the middle of each ward in a straight line to the nearest open counter.",
        table=table(f"Wards and their nearest counter, {full_date(day)}", columns, ward_counter_distances(store, day)),
        sources=compiled(day),
        note=DISTANCE_METHOD,
    )


@published_as("counters-growth")
def growth_exhibit(store: Store, day: date) -> Exhibit | None:
    """The wards whose distance grew most since before the consultation; None where it grew in none."""
    if day <= BEFORE_CONSULTATION:
        return None
    changes = distance_changes(store, BEFORE_CONSULTATION, day, limit=GREW_MOST)
    farther = [row for row in changes if row["is_comparable"] and row["counter_distance_change_m"] > 0]
    if not farther:
        return None
    columns = (
        Column("ward_name", "Ward", cell=lambda row: _ward_link(row, day)),
        _km_column("earlier_distance_m", f"Km, {full_date(BEFORE_CONSULTATION)}"),
        Column("earlier_site_name", "Nearest then"),
        _km_column("counter_distance_m", f"Km, {full_date(day)}"),
        Column("counter_site_name", "Nearest on that day"),
        _km_column("counter_distance_change_m", "Farther by, km"),
    )
    first = farther[0]
    return Exhibit(
        key="growth",
        headline=growth_sentence(first, day == today()),
        subtitle=f"Ten wards where it got farthest since July 2017, of {number(first['comparable_count'])} that can be "
        "compared. Kilometres in a straight line.",
        table=table("Wards whose distance grew most", columns, farther),
        sources=compiled(day),
        picture=dumbbell(
            "Where it got farthest",
            "July 2017",
            "today" if day == today() else full_date(day),
            [
                Then(
                    row["ward_name"],
                    row["borough_name"],
                    row["earlier_distance_m"] / 1000,
                    row["counter_distance_m"] / 1000,
                )
                for row in farther
            ],
            "km",
        ),
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
        headline=published_totals_sentence(len(totals)),
        subtitle="Counters in London, as published",
        table=table("Published totals of counters", columns, totals),
        sources=compiled(day),
    )
