"""What changed in a ward, and in wards of a borough or London, with each release: for the feeds and the ward's page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from transparency.core.vocabulary import PROMISED_PCS, PROMISED_PCSOS, Evidence
from transparency.crime.sentences import more_sentence, ward_sentence
from transparency.exhibits.document import PACKAGE
from transparency.months.queries import ward_changes
from transparency.months.sentences import FTE_CAVEAT, RULE, abstracted_line, change_in_fte, ward_change_title
from transparency.months.time import monthly_source
from transparency.pages.change_sentences import declared_line, is_one_declaration, ward_line, wards_title
from transparency.pages.ward_events import counter_events
from transparency.pages.ward_record import WardPage
from transparency.published.changes import ward_figures
from transparency.store.snapshots import Snapshot

if TYPE_CHECKING:
    from transparency.store.store import Store

MOST_MONTHS = 24
MOST_LINES = 60
MONTHLY_DATASETS = ("dwo_strength", "dwo_activity")


@dataclass(frozen=True)
class Entry:
    """One change: its lines, the day it describes, the day it was published here, and its sources."""

    key: str
    title: str
    lines: tuple[str, ...]
    on: date
    published_on: date
    source_href: str | None
    sources: tuple[str, ...]

    @property
    def identifier(self) -> str:
        return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{PACKAGE}/{self.key}')}"


@dataclass(frozen=True)
class Release:
    """What a release brought of a ward, newest first."""

    published_on: date
    entries: tuple[Entry, ...]


def ward_entries(store: Store, page: WardPage) -> list[Entry]:
    """What was published of a ward up to the day of its page: its figures, its months, its counters, its crime."""
    code = page.ward.ward_code
    every = [
        *staffing_entries(store, f"ward/{code}", ward_code=code),
        *_month_entries(store, code),
        *_counter_entries(store, page),
        *_crime_entries(store, page),
    ]
    return [entry for entry in every if entry.on <= page.near_day]


def ward_releases(store: Store, page: WardPage) -> tuple[Release, ...]:
    """The same by the day it was published here, the newest release first."""
    newest = sorted(ward_entries(store, page), key=lambda entry: (entry.published_on, entry.on), reverse=True)
    return tuple(Release(day, tuple(entries)) for day, entries in groupby(newest, attrgetter("published_on")))


def _counter_entries(store: Store, page: WardPage) -> Iterator[Entry]:
    """The counters that closed or opened near the ward, and the hours of its nearest."""
    published_on = _published_on(store, "site_events")
    if published_on is None:
        return
    for event in counter_events(page):
        yield Entry(
            f"ward/{page.ward.ward_code}/counters/{event.on.isoformat()}/{event.words}",
            event.words.rstrip("."),
            (f"{event.when}: {event.words.rstrip('.')}",),
            event.on,
            published_on,
            None,
            ("this site's list of counters, each event with its source",),
        )


def _crime_entries(store: Store, page: WardPage) -> Iterator[Entry]:
    published_on = _published_on(store, "ward_crime_month")
    if page.crime is not None and published_on:
        year, sources = page.crime.year, page.crime.sources
        yield Entry(
            f"ward/{page.ward.ward_code}/crime/{year.year_ending.isoformat()}",
            ward_sentence(year).rstrip("."),
            tuple(line.rstrip(".") for line in (more_sentence(year),) if line),
            year.year_ending,
            published_on,
            sources[0].url if sources else None,
            tuple(f"{source.publisher}, {source.title}" for source in sources),
        )


def _published_on(store: Store, dataset: str) -> date | None:
    """The day a dataset was last published here; None for one that never was."""
    return max((each.published_on for each in store.snapshots if each.dataset == dataset), default=None)


def staffing_entries(
    store: Store, feed: str, borough_code: str | None = None, ward_code: str | None = None
) -> list[Entry]:
    reasons = {(s.as_at, s.revision): s.reason for s in store.snapshots if s.dataset == "staffing"}
    entries = []
    for (as_at, revision), rows in ward_figures(store, borough_code, ward_code):
        lines = [declared_line(rows)] if is_one_declaration(rows) else [ward_line(row) for row in rows[:MOST_LINES]]
        if len(rows) > MOST_LINES and len(lines) > 1:
            lines.append(f"And {len(rows) - MOST_LINES} more wards, in the file of staffing")
        reason = reasons[as_at, revision]
        entries.append(
            entry_of(
                f"{feed}/staffing/{as_at.isoformat()}_r{revision}",
                wards_title(
                    as_at, rows[0]["as_at_precision"], [Evidence(row["evidence"]).word for row in rows], revision
                ),
                [*([f"Why it was revised: {reason}"] if reason else []), *lines],
                as_at,
                rows[0]["snapshot_published_on"],
                rows,
            )
        )
    return entries


def _month_entries(store: Store, ward_code: str) -> list[Entry]:
    """The months in which a ward's strength or status changed."""
    entries = []
    for each in ward_changes(store, ward_code)[:MOST_MONTHS]:
        title = restated(store, each.as_at, ward_change_title(each))
        lines = [
            change_in_fte("Constables", each.constable_fte, each.constable_fte_before, PROMISED_PCS),
            change_in_fte("PCSOs", each.pcso_fte, each.pcso_fte_before, PROMISED_PCSOS),
        ]
        if each.abstraction_pct is not None:
            lines.append(abstracted_line(each.abstraction_pct))
        entries.append(month_entry(store, f"ward/{ward_code}", each.month, each.as_at, title, lines))
    return entries


def _month_snapshots(store: Store, as_at: date) -> list[Snapshot]:
    """The snapshots of a month of the workbook, both sheets, every revision."""
    return [each for each in store.snapshots if each.dataset in MONTHLY_DATASETS and each.as_at == as_at]


def restated(store: Store, as_at: date, title: str) -> str:
    """The title of a month, which says so where the month was restated."""
    is_restated = any(each.revision > 1 for each in _month_snapshots(store, as_at))
    return f"Restated: {title}" if is_restated else title


def month_entry(store: Store, feed: str, month: date, as_at: date, title: str, lines: list[str]) -> Entry:
    """An entry of a month, with its rule and caveat, and why it was restated where it was."""
    stored = _month_snapshots(store, as_at)
    source = monthly_source(store.is_demonstration, month)
    reasons = [f"Why it was restated: {each.reason}" for each in stored if each.reason and each.revision > 1]
    revision = sum(each.revision for each in stored)
    return Entry(
        f"{feed}/months/{month:%Y-%m}_r{revision}",
        title,
        (*reasons, *lines, RULE.rstrip("."), FTE_CAVEAT.rstrip(".")),
        as_at,
        max(each.published_on for each in stored),
        source.url,
        (f"{source.publisher}, {source.title}",),
    )


def entry_of(key: str, title: str, lines: list[str], on: date, published_on: date, rows: list[dict[str, Any]]) -> Entry:
    """An entry with the sources of its rows, each once; the first of them is where it leads."""
    named = list(dict.fromkeys(f"{row['publisher']}, {row['title']}" for row in rows))
    return Entry(key, title, tuple(lines), on, published_on, rows[0]["url"], tuple(named))
