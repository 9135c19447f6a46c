"""Which days can be asked about, and what was published on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from transparency.core.vocabulary import PROMISED_ON, today
from transparency.store.store import Store


@dataclass(frozen=True)
class PublishedDay:
    """A day on which something was published about a ward or about London."""

    day: date
    is_of_ward: bool


def published_days(store: Store, ward_code: str) -> tuple[PublishedDay, ...]:
    """The days since the promise on which something was published about the ward or London, newest first."""
    sql = "SELECT * FROM published_day_of_ward($ward_code) WHERE day BETWEEN $first AND $last ORDER BY day DESC"
    rows = store.rows(sql, ward_code=ward_code, first=PROMISED_ON, last=today())
    return tuple(PublishedDay(row["day"], row["is_of_ward"]) for row in rows)
