"""Feeds of what changed, in Atom (RFC 4287): for London, a borough, a ward.

Entries are dated by the day they were published here (`updated`) and the day they describe (`published`). Their
identifiers are made from what they describe (UUID version 5, RFC 9562), so that they stay when a feed moves.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from transparency.about.calendar import CALENDAR_PATH, FEED_PATH, release_lines, releases_calendar
from transparency.about.planned_releases import releases
from transparency.core.errors import UnknownFileError
from transparency.core.vocabulary import LONDON_CODE, today
from transparency.exhibits.addresses import borough_path, section_path, ward_path
from transparency.exhibits.document import ATOM, LICENCE, LICENCE_URL, PACKAGE, SITE, Document, text_bytes
from transparency.exhibits.html import render
from transparency.months.queries import PlaceMonth, place_months_until, turns
from transparency.months.sentences import (
    abstracted_line,
    change_in_fte,
    place_change_title,
    strength_sentence,
    turned_lines,
)
from transparency.pages.change_sentences import figure_line, figures_title, sites_title
from transparency.pages.ward_changes import (
    MOST_MONTHS,
    Entry,
    entry_of,
    month_entry,
    restated,
    staffing_entries,
    ward_entries,
)
from transparency.pages.ward_record import ward_page
from transparency.places.queries import all_boroughs, find_borough, find_ward
from transparency.published.changes import place_figures, site_changes
from transparency.store.store import DEMONSTRATION_NOTICE

if TYPE_CHECKING:
    from transparency.store.store import Store

MOST_ENTRIES = 100


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
        entries = ward_entries(store, ward_page(store, code, today()))
    elif place == "borough":
        borough = find_borough(store, code)
        title, page = borough.borough_name, borough_path(code)
        entries = [
            *staffing_entries(store, f"borough/{code}", borough_code=code),
            *_figure_entries(store, code),
            *_site_entries(store, f"borough/{code}", code),
            *_month_entries(store, f"borough/{code}", code),
        ]
    else:
        title, page = "London", "/plain/london"
        entries = [
            *staffing_entries(store, "london"),
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


def _figure_entries(store: Store, geography_code: str) -> list[Entry]:
    newest = {s.dataset: s.published_on for s in store.snapshots}
    return [
        entry_of(
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
    entries = []
    for (on, event), rows in site_changes(store, borough_code):
        names = {row["site_id"]: row["site_name"] for row in rows}
        entries.append(
            entry_of(
                f"{feed}/sites/{on.isoformat()}/{event}",
                sites_title(event, on, rows[0]["date_precision"], list(names.values())),
                list(dict.fromkeys(f"{row['site_name']} ({row['borough_name']})" for row in rows)),
                on,
                rows[0]["snapshot_published_on"],
                rows,
            )
        )
    return entries


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
            title = restated(store, each.as_at, place_change_title(each, before))
        if each.month in turned:
            lines += turned_lines(turned[each.month], is_named=borough_code is not None)
        if each.abstraction_pct is not None:
            lines.append(abstracted_line(each.abstraction_pct))
        entries.append(month_entry(store, feed, each.month, each.as_at, title, lines))
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
