"""How old the data are, and whether the clock may be wrong."""

from __future__ import annotations

from datetime import timedelta

from transparency.core.text import full_date
from transparency.core.vocabulary import today
from transparency.store.store import Store

LONGEST_SILENCE = timedelta(days=3 * 365)


def data_age_days(store: Store) -> int | None:
    """Days from the newest as-at date to today; None where nothing is published, or today is set to an earlier day."""
    newest = store.newest_as_at
    return None if newest is None or newest > today() else (today() - newest).days


def clock_doubt(store: Store) -> str | None:
    """Why the machine's clock may be wrong about today, or None; the clock itself cannot tell."""
    day = today()
    published = store.newest_published_on
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
