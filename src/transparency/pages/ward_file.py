"""What a ward's page shows, as the rows of one file: for its tool row's Download."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from transparency.core.text import capitalised, precise_date
from transparency.core.vocabulary import HalfKnown, SiteOnDay
from transparency.counters.exhibits import site_address
from transparency.counters.sentences import hours
from transparency.exhibits.addresses import ward_address
from transparency.exhibits.exhibit import Cell, Column, Exhibit, Link, cell_text, table
from transparency.exhibits.files import published_as
from transparency.listed.sentences import team_name_sentence
from transparency.pages.ward_events import Event, counter_events, officer_events
from transparency.pages.ward_record import WardPage, leading_halves, standing_sources, ward_page
from transparency.pages.ward_tables import PROMISED, history_table, plan_sentence, share
from transparency.places.arguments import a_ward
from transparency.store.store import Store


@dataclass(frozen=True)
class Row:
    """One thing the page says: in which part, of what, what is said of it, of which day, and where it can be read."""

    part: str
    item: str
    said: Cell
    as_at: str = ""
    how_known: str = ""
    source: Cell = ""


def ward_file_address(ward_code: str, day: date) -> str:
    """Where the rows of a ward's page are, for the day asked for."""
    return f"/data/exhibits/ward-page.csv?ward={ward_code}&as_at={day.isoformat()}"


@published_as("ward-page", ward=a_ward())
def ward_file_exhibit(store: Store, ward_code: str, day: date) -> Exhibit:
    """Every row of a ward's page in the order of the page."""
    page = ward_page(store, ward_code, day)
    name = page.ward.ward_name
    return Exhibit(
        key="ward-page",
        headline=f"What is shown of {name}.",
        subtitle=page.standing.verdict.sentence,
        table=table(
            f"What is shown of {name}, {precise_date(page.standing.day)}",
            (
                Column("part", "Part of the page"),
                Column("item", "Of what"),
                Column("said", "What is said"),
                Column("as_at", "As at"),
                Column("how_known", "How we know"),
                Column("source", "Source"),
            ),
            _rows(page),
        ),
        sources=standing_sources(page.standing, page.history),
    )


def _rows(page: WardPage) -> Iterator[Row]:
    verdict = page.standing.verdict
    today = precise_date(page.standing.day)
    yield Row("answer", page.ward.ward_name, verdict.sentence, today, verdict.how)
    for sentence in verdict.context:
        yield Row("answer", "beside it", sentence, today)
    for half in leading_halves(page.standing):
        yield _half(half)
    yield from _counters(page)
    for lane, events in (("officers", officer_events(page)), ("counters", counter_events(page))):
        for event in events:
            yield _event(f"what happened, {lane}", event)
    for plan in page.plans:
        yield Row("what happened, officers", "plan", plan_sentence(plan))
    for history in history_table(page).rows:
        as_at, constables, pcsos, how, source = history
        for item, count in (("constables", constables), ("PCSOs", pcsos)):
            yield Row("every figure for this ward", item, count, cell_text(as_at), cell_text(how), source)
    for exhibit in (*page.months_exhibits, *page.crime_exhibits):
        yield from _exhibit(exhibit)
    for line in page.series.lines:
        yield Row(f"all of {page.ward.borough_name}", "series", line)
    for beside in page.neighbours:
        link = Link(beside.ward.ward_name, ward_address(beside.ward.ward_code, page.standing.day))
        yield Row("neighbours", link.text, beside.mark.word, precise_date(beside.day), source=link)
    for part, descents in (("old wards", page.predecessors), ("wards today", page.successors)):
        for descent in descents:
            of = "this ward" if part == "old wards" else "the old ward"
            yield Row(part, descent.ward_name, f"{share(descent.share)} of {of}")


def _half(known: HalfKnown) -> Row:
    as_at = precise_date(known.as_at, known.precision) if known.as_at else ""
    how = known.evidence.word if known.evidence else "not known"
    return Row("officers", PROMISED[known.half][0], known.count, as_at, how, known.publisher or "")


def _counters(page: WardPage) -> Iterator[Row]:
    then = ("at night, end of 2017", page.night_then)
    for item, site in (("nearest counter", page.near.nearest), ("at night", page.near.nearest_24_7), then):
        if site is not None:
            yield Row(f"counters, {item}", site.site_name, _kilometres(site), source=_site(site))
            yield Row(f"counters, {item}", "hours", capitalised(hours(site)), source=_site(site))
    if page.team_name is not None:
        yield Row("your team", "name", team_name_sentence(page.team_name))


def _kilometres(site: SiteOnDay) -> str:
    return "not known" if site.distance_m is None else f"{site.distance_m / 1000:.1f} km"


def _site(site: SiteOnDay) -> Link:
    return Link(site.site_name, site_address(site.site_id))


def _event(part: str, event: Event) -> Row:
    return Row(part, "event", event.words, event.when, source=event.link or "")


def _exhibit(exhibit: Exhibit) -> Iterator[Row]:
    """A row for each cell that is not its row's name."""
    source = exhibit.sources[0].publisher if exhibit.sources else ""
    yield Row(exhibit.key, "finding", exhibit.headline, source=source)
    for named, *cells in exhibit.table.rows:
        for column, cell in zip(exhibit.table.columns[1:], cells, strict=True):
            yield Row(exhibit.key, f"{cell_text(named)}: {column.label}", cell, source=source)
