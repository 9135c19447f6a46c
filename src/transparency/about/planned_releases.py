"""The releases announced ahead, in `data/releases.csv`, which whoever runs the site keeps.

A release is announced for a month, and for a day from four weeks before. A date that moved is changed in its line,
with the day of the change as `announced_on` and the reason as `note`.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from transparency.core.errors import CatalogueError
from transparency.core.project import EMBEDDED_DATA
from transparency.core.text import precise_date
from transparency.core.vocabulary import Precision
from transparency.store.records import read_table

RELEASES_FILE = EMBEDDED_DATA / "releases.csv"
RELEASE_TIME = time(9, 30)
EXACT_AHEAD = timedelta(weeks=4)


class ReleaseState(StrEnum):
    """The state of a release on a day."""

    RELEASED = "released"
    PLANNED = "planned"
    DAY_MISSING = "planned, day not yet named"
    OVERDUE = "overdue"

    @property
    def is_ahead(self) -> bool:
        return self in (ReleaseState.PLANNED, ReleaseState.DAY_MISSING)


@dataclass(frozen=True)
class PlannedRelease:
    """One release: when it is due, to the day or the month, what it covers, and when it came out (None until then)."""

    release_id: str
    due_on: date
    due_on_precision: Precision
    announced_on: date
    title: str
    covers: str
    released_on: date | None
    note: str | None

    @property
    def when(self) -> str:
        """When it is due: 15 December 2026, or March 2027 where only the month is named."""
        return precise_date(self.due_on, self.due_on_precision)

    @property
    def last_day(self) -> date:
        """The last day on which it is not late."""
        if self.due_on_precision is Precision.DAY:
            return self.due_on
        if self.due_on_precision is Precision.YEAR:
            return self.due_on.replace(month=12, day=31)
        return self.due_on.replace(day=calendar.monthrange(self.due_on.year, self.due_on.month)[1])

    def state_on(self, day: date) -> ReleaseState:
        """Late from the day after its last, whatever the reason; without its day when four weeks are left."""
        if self.released_on is not None and self.released_on <= day:
            return ReleaseState.RELEASED
        if day > self.last_day:
            return ReleaseState.OVERDUE
        if self.due_on_precision is not Precision.DAY and day > self.due_on - EXACT_AHEAD:
            return ReleaseState.DAY_MISSING
        return ReleaseState.PLANNED


def read_releases(path: Path) -> tuple[PlannedRelease, ...]:
    """The calendar of a file, by due date. Raises CatalogueError naming the file, the line and what is wrong."""
    releases = read_table(PlannedRelease, path)
    names = [release.release_id for release in releases]
    if len(names) != len(set(names)):
        raise CatalogueError(f"{path.name}: two lines have the same release_id. Name each release once.")
    return tuple(sorted(releases, key=lambda release: (release.due_on, release.release_id)))


@cache
def releases() -> tuple[PlannedRelease, ...]:
    """The release calendar of this copy."""
    return read_releases(RELEASES_FILE)


def next_release(day: date) -> PlannedRelease | None:
    """The release that is announced next after a day."""
    return next((release for release in releases() if release.state_on(day).is_ahead), None)


def reaches_far_enough(announced: tuple[PlannedRelease, ...], day: date) -> bool:
    """Whether the calendar looks twelve months ahead of a day, as the Code of Practice asks."""
    in_a_year = date(day.year + 1, day.month, 1)
    return any(release.last_day >= in_a_year for release in announced)
