"""The release calendar: as a page, as iCalendar (RFC 5545), and as entries of a feed."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Any

from icalendar import Calendar, Event

from transparency.about.planned_releases import (
    RELEASE_TIME,
    PlannedRelease,
    ReleaseState,
    next_release,
    reaches_far_enough,
    releases,
)
from transparency.core.text import full_date
from transparency.core.vocabulary import LONDON_TIME, Precision, today
from transparency.exhibits.document import ICALENDAR, Document, text_bytes
from transparency.exhibits.exhibit import Column, Mark, Table, table
from transparency.store.descriptors import catalogue
from transparency.store.store import Store

CALENDAR_PATH, FEED_PATH = "releases.ics", "releases.atom"
_MARKS = {
    ReleaseState.RELEASED: ("●", "met"),
    ReleaseState.PLANNED: ("○", "declared"),
    ReleaseState.DAY_MISSING: ("◐", "half"),
    ReleaseState.OVERDUE: ("▽", "short"),
}


PLANNED_COLUMNS = (
    Column("due_on", "Due", cell=lambda release: release.when),
    Column("title", "Release", cell=lambda release: f"{release.title}: {release.covers}"),
    Column("state", "State", cell=lambda release: state_mark(release.state_on(today()))),
    Column("announced_on", "Announced", cell=lambda release: _announced(release)),
)
PAST_COLUMNS = (
    Column("published_on", "Published on"),
    Column("datasets", "Datasets"),
    Column("snapshots_count", "Snapshots", is_number=True),
    Column("revisions_count", "Of them revisions", is_number=True),
)


def state_mark(state: ReleaseState) -> Mark:
    """The state of a release as symbol, word and colour."""
    symbol, css_class = _MARKS[state]
    return Mark(symbol, state.value, css_class)


def calendar_values(store: Store) -> dict[str, Any]:
    """What the page shows: what is announced, and what was published when."""
    day, announced = today(), releases()
    overdue = [release for release in announced if release.state_on(day) is ReleaseState.OVERDUE]
    return {
        "day": day,
        "overdue": overdue,
        "next_release": next_release(day),
        "last_published_on": store.newest_published_on,
        "reaches_far_enough": reaches_far_enough(announced, day),
        "announced": table("Releases announced", PLANNED_COLUMNS, announced),
        "past": _past_table(store),
        "release_time": RELEASE_TIME.strftime("%H:%M"),
    }


def _announced(release: PlannedRelease) -> str:
    """When its date was announced, and why it moved if it did."""
    announced = full_date(release.announced_on)
    return f"{announced}; moved: {release.note}" if release.note else announced


def _past_table(store: Store) -> Table:
    """What this store published on each day, the newest first, as its snapshots say."""
    newest_first = sorted(store.snapshots, key=lambda snapshot: snapshot.published_on, reverse=True)
    rows = []
    for published_on, group in groupby(newest_first, key=lambda snapshot: snapshot.published_on):
        snapshots = list(group)
        titles = dict.fromkeys(catalogue()[snapshot.dataset].title for snapshot in snapshots)
        revised = sum(snapshot.revision > 1 for snapshot in snapshots)
        rows.append((full_date(published_on), ", ".join(titles), len(snapshots), revised))
    return Table("Releases so far", PAST_COLUMNS, tuple(rows))


def releases_calendar() -> Document:
    """The announced releases as iCalendar: at the hour where the day is named, else the whole month."""
    calendar = Calendar()
    calendar.add("prodid", "-//London ward officers//releases//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "London ward officers: releases")
    announced = releases()
    for release in announced:
        calendar.add_component(_event(release))
    if announced:
        calendar.add_missing_timezones(announced[0].due_on, announced[-1].last_day + timedelta(days=1))
    newest = max((release.announced_on for release in announced), default=None)
    return Document(text_bytes(calendar.to_ical().decode()), ICALENDAR, newest)


def _event(release: PlannedRelease) -> Event:
    event = Event()
    event.add("uid", f"{release.release_id}@releases.london-ward-officers")
    event.add("dtstamp", datetime.combine(release.announced_on, time(), LONDON_TIME))
    event.add("summary", f"London ward officers: {release.title}")
    if release.due_on_precision is Precision.DAY:
        event.add("dtstart", datetime.combine(release.due_on, RELEASE_TIME, LONDON_TIME))
    else:
        event.add("dtstart", release.due_on)
        event.add("dtend", release.last_day + timedelta(days=1))
    event.add("description", " ".join(release_lines(release)))
    return event


def release_lines(release: PlannedRelease) -> tuple[str, ...]:
    """What a feed or calendar says of a release, in sentences."""
    is_to_the_day = release.due_on_precision is Precision.DAY
    due = f"Due {release.when}" + (f" at {RELEASE_TIME:%H:%M}." if is_to_the_day else "; the day follows.")
    return (
        due,
        f"It covers: {release.covers}.",
        *([f"Released on {full_date(release.released_on)}."] if release.released_on else []),
        *([f"The date moved: {release.note}"] if release.note else []),
    )
