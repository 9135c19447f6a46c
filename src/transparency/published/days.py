"""Which days can be asked about, and what was published on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from transparency.core.errors import DayError
from transparency.core.text import full_date
from transparency.core.vocabulary import LONDON_CODE, PROMISED_ON, today

if TYPE_CHECKING:
    from transparency.store.store import Store

LONGEST_SILENCE = timedelta(days=3 * 365)


@dataclass(frozen=True)
class PublishedDay:
    """A day on which something was published about a ward or about London."""

    day: date
    is_of_ward: bool


def read_day(text: str | None, newest: date | None = None) -> date:
    """The day an address asks for: today when it names none.

    Raises DayError for a day that is malformed, before the promise, or in the future; the message says
    which days exist.
    """
    newest = newest or today()
    if text is None or not text.strip():
        return newest
    days = f"Days from {full_date(PROMISED_ON)} to {full_date(newest)} can be asked for, written as 2017-01-04."
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise DayError(f"{text.strip()[:30]!r} is not a day. {days}") from None
    if day < PROMISED_ON:
        raise DayError(f"{full_date(day)} is before the promise was made. {days}")
    if day > newest:
        raise DayError(f"{full_date(day)} is in the future. {days}")
    return day


def data_age_days(store: Store) -> int | None:
    """Days from the newest as-at date to today; None where nothing is published, or today is said to be earlier."""
    newest = store.newest_as_at
    return None if newest is None or newest > today() else (today() - newest).days


def clock_doubt(store: Store) -> str | None:
    """Why the machine's clock may be wrong about today, or None; the clock itself cannot tell."""
    day = today()
    published = max((snapshot.published_on for snapshot in store.snapshots), default=None)
    if published is None:
        return None
    if day < published:
        return (
            f"This machine takes today for {full_date(day)}, and data were published on {full_date(published)}: "
            "its clock must be set. Until then this site shows what was known on the earlier day."
        )
    if day > published + LONGEST_SILENCE:
        return (
            f"This machine takes today for {full_date(day)}, and nothing has been published since "
            f"{full_date(published)}: the clock is wrong, or the data are that old."
        )
    return None


def published_days(store: Store, ward_code: str) -> tuple[PublishedDay, ...]:
    """The days since the promise on which something was published about the ward or London, newest first."""
    rows = store.rows(
        """
        SELECT as_at AS day, bool_or(is_of_ward) AS is_of_ward
        FROM (
            SELECT as_at, true AS is_of_ward FROM current_staffing WHERE ward_code = $ward_code
            UNION ALL
            SELECT as_at, false
            FROM current_published_figures
            WHERE geography_code = $london AND kind IN ('reported', 'approximate', 'derived')
        )
        WHERE as_at BETWEEN $first AND $last
        GROUP BY as_at
        ORDER BY as_at DESC
        """,
        ward_code=ward_code,
        london=LONDON_CODE,
        first=PROMISED_ON,
        last=today(),
    )
    return tuple(PublishedDay(row["day"], row["is_of_ward"]) for row in rows)
