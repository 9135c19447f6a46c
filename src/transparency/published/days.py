"""Which days can be asked about, and what was published on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from transparency.core.vocabulary import LONDON_CODE, PROMISED_ON, today

if TYPE_CHECKING:
    from transparency.store.store import Store


@dataclass(frozen=True)
class PublishedDay:
    """A day on which something was published about a ward or about London."""

    day: date
    is_of_ward: bool


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
