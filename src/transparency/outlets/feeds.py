"""Feeds of what changed, in Atom (RFC 4287): for London, a borough, a ward.

Entries are dated by the day they were published here (`updated`) and the day they describe (`published`). Their
identifiers are made from what they describe (UUID version 5, RFC 9562), so that they stay when a feed moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from transparency.about.calendar import CALENDAR_PATH, FEED_PATH, release_lines, releases_calendar
from transparency.about.planned_releases import releases
from transparency.core.errors import UnknownFileError
from transparency.core.vocabulary import LONDON_CODE, PROMISED_PCS, PROMISED_PCSOS, Evidence, today
from transparency.exhibits.addresses import borough_path, section_path, ward_path
from transparency.exhibits.document import ATOM, LICENCE, LICENCE_URL, PACKAGE, SITE, Document, text_bytes
from transparency.exhibits.html import render
from transparency.months.queries import PlaceMonth, place_months_until, turns, ward_changes
from transparency.months.sentences import (
    FTE_CAVEAT,
    RULE,
    abstracted_line,
    change_in_fte,
    place_change_title,
    strength_sentence,
    turned_lines,
    ward_change_title,
)
from transparency.months.time import monthly_source
from transparency.outlets.change_sentences import (
    declared_line,
    figure_line,
    figures_title,
    is_one_declaration,
    sites_title,
    ward_line,
    wards_title,
)
from transparency.places.queries import all_boroughs, find_borough, find_ward
from transparency.published.changes import place_figures, site_changes, ward_figures
from transparency.store.snapshots import Snapshot
from transparency.store.store import DEMONSTRATION_NOTICE

if TYPE_CHECKING:
    from transparency.store.store import Store

MOST_ENTRIES = 100
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


def feed_document(store: Store, path: str, base: str = "") -> Document:
    """The feed at an address under `/feeds/`: `london.atom`, `borough/<code>.atom`, `ward/<code>.atom`, or of
    the releases announced, `releases.atom` and `releases.ics`.

    `base` is the site's own address without a slash at its end; without it links are relative to the host.
    Raises UnknownFileError, or UnknownPlaceError for the code of no place.
    """
    if path == CALENDAR_PATH:
        return releases_calendar()
    if path == FEED_PATH:
        title, page, entries = "releases announced", section_path("releases"), _release_entries()
        return _feed(store, path, base, title, page, entries)
    place, _, file = path.rpartition("/")
    code, dot, ending = file.rpartition(".")
    is_place = place in ("borough", "ward") or (place, code) == ("", "london")
    if not dot or ending != "atom" or not is_place:
        raise UnknownFileError(
            "There is no such feed. There are /feeds/london.atom, /feeds/borough/<code>.atom, /feeds/ward/<code>.atom, "
            "/feeds/releases.atom and /feeds/releases.ics."
        )
    if place == "ward":
        ward = find_ward(store, code)
        title, page = f"{ward.ward_name}, {ward.borough_name}", ward_path(code)
        entries = [*_ward_entries(store, f"ward/{code}", ward_code=code), *_ward_month_entries(store, code)]
    elif place == "borough":
        borough = find_borough(store, code)
        title, page = borough.borough_name, borough_path(code)
        entries = [
            *_ward_entries(store, f"borough/{code}", borough_code=code),
            *_figure_entries(store, code),
            *_site_entries(store, f"borough/{code}", code),
            *_month_entries(store, f"borough/{code}", code),
        ]
    else:
        title, page = "London", "/plain/london"
        entries = [
            *_ward_entries(store, "london"),
            *_figure_entries(store, LONDON_CODE),
            *_site_entries(store, "london"),
            *_month_entries(store, "london"),
        ]
    return _feed(store, path, base, title, page, entries)


def _feed(store: Store, path: str, base: str, title: str, page: str, entries: list[Entry]) -> Document:
    """Entries as Atom, the newest first."""
    entries.sort(key=lambda entry: (entry.published_on, entry.on, entry.key), reverse=True)
    days = [entry.published_on for entry in entries] or [snapshot.published_on for snapshot in store.snapshots]
    updated_on = max(days, default=date(1970, 1, 1))
    text = render(
        "feed.xml",
        title=f"{SITE}: what changed, {title}",
        identifier=f"urn:uuid:{uuid5(NAMESPACE_URL, f'{PACKAGE}/feeds/{path}')}",
        subtitle=DEMONSTRATION_NOTICE if store.is_demonstration else "What was published, with its source.",
        self_href=f"{base}/feeds/{path}",
        page_href=f"{base}{page}",
        site=SITE,
        rights=f"{LICENCE}, {LICENCE_URL}",
        updated_on=updated_on,
        entries=entries[:MOST_ENTRIES],
        base=base,
        page=page,
        is_demonstration=store.is_demonstration,
        notice=DEMONSTRATION_NOTICE,
    )
    return Document(text_bytes(text), ATOM, updated_on)


def feed_paths(store: Store) -> tuple[str, ...]:
    """The address of every feed under `/feeds/`."""
    wards = [row["ward_code"] for row in store.rows("SELECT ward_code FROM ward ORDER BY ward_code")]
    return (
        "london.atom",
        FEED_PATH,
        CALENDAR_PATH,
        *(f"borough/{borough.borough_code}.atom" for borough in all_boroughs(store)),
        *(f"ward/{code}.atom" for code in wards),
    )


def _ward_entries(
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
            _entry(
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


def _figure_entries(store: Store, geography_code: str) -> list[Entry]:
    newest = {s.dataset: s.published_on for s in store.snapshots}
    return [
        _entry(
            f"figures/{geography_code}/{as_at.isoformat()}/{source_id}",
            figures_title(as_at, rows[0]["as_at_precision"], rows[0]["publisher"], len(rows)),
            [figure_line(row) for row in rows],
            as_at,
            newest["published_figures"],
            rows,
        )
        for (as_at, source_id), rows in place_figures(store, geography_code)
    ]


def _site_entries(store: Store, feed: str, borough_code: str | None = None) -> list[Entry]:
    return [
        _entry(
            f"{feed}/sites/{on.isoformat()}/{event}",
            sites_title(event, on, rows[0]["date_precision"], len({row["site_id"] for row in rows})),
            list(dict.fromkeys(f"{row['site_name']} ({row['borough_name']})" for row in rows)),
            on,
            rows[0]["snapshot_published_on"],
            rows,
        )
        for (on, event), rows in site_changes(store, borough_code)
    ]


def _release_entries() -> list[Entry]:
    return [
        Entry(
            f"releases/{release.release_id}",
            release.title,
            tuple(line.rstrip(".") for line in release_lines(release)),
            release.due_on,
            release.released_on or release.announced_on,
            None,
            ("the release calendar of this site",),
        )
        for release in releases()
    ]


def _month_entries(store: Store, feed: str, borough_code: str | None = None) -> list[Entry]:
    """The newest months of London or a borough, each beside the month before where that is stored."""
    known = place_months_until(store, today(), borough_code)
    published = {each.month: each for each in known if each.boroughs_with_strength_count}
    turned = turns(store, borough_code)
    entries: list[Entry] = []
    for each in reversed(known):
        before = published.get((each.month - timedelta(days=1)).replace(day=1))
        if len(entries) == MOST_MONTHS:
            break
        if each.month not in published and before is None:
            continue
        lines = _strength_lines(each, before)
        title = lines[0]
        if each.month in published:
            title = _restated(store, each.as_at, place_change_title(each, before))
        if each.month in turned:
            lines += turned_lines(turned[each.month], is_named=borough_code is not None)
        if each.abstraction_pct is not None:
            lines.append(abstracted_line(each.abstraction_pct))
        entries.append(_month_entry(store, feed, each.month, each.as_at, title, lines))
    return entries


def _strength_lines(now: PlaceMonth, before: PlaceMonth | None) -> list[str]:
    """The full-time equivalents; beside those of the month before only where both are of the same boroughs."""
    is_comparable = before is not None and before.boroughs_with_strength_count == now.boroughs_with_strength_count
    if before is not None and is_comparable:
        return [
            change_in_fte("Constables", now.constable_fte, before.constable_fte),
            change_in_fte("PCSOs", now.pcso_fte, before.pcso_fte),
        ]
    return [strength_sentence(now).rstrip(".")]


def _ward_month_entries(store: Store, ward_code: str) -> list[Entry]:
    """The months in which a ward's strength or status changed."""
    entries = []
    for each in ward_changes(store, ward_code)[:MOST_MONTHS]:
        title = _restated(store, each.as_at, ward_change_title(each))
        lines = [
            change_in_fte("Constables", each.constable_fte, each.constable_fte_before, PROMISED_PCS),
            change_in_fte("PCSOs", each.pcso_fte, each.pcso_fte_before, PROMISED_PCSOS),
        ]
        if each.abstraction_pct is not None:
            lines.append(abstracted_line(each.abstraction_pct))
        entries.append(_month_entry(store, f"ward/{ward_code}", each.month, each.as_at, title, lines))
    return entries


def _month_snapshots(store: Store, as_at: date) -> list[Snapshot]:
    """The snapshots of a month of the workbook, both sheets, every revision."""
    return [each for each in store.snapshots if each.dataset in MONTHLY_DATASETS and each.as_at == as_at]


def _restated(store: Store, as_at: date, title: str) -> str:
    """The title of a month, which says so where the month was restated."""
    is_restated = any(each.revision > 1 for each in _month_snapshots(store, as_at))
    return f"Restated: {title}" if is_restated else title


def _month_entry(store: Store, feed: str, month: date, as_at: date, title: str, lines: list[str]) -> Entry:
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


def _entry(key: str, title: str, lines: list[str], on: date, published_on: date, rows: list[dict[str, Any]]) -> Entry:
    """An entry with the sources of its rows, each once; the first of them is where it leads."""
    named = list(dict.fromkeys(f"{row['publisher']}, {row['title']}" for row in rows))
    return Entry(key, title, tuple(lines), on, published_on, rows[0]["url"], tuple(named))
