"""What became of counters: which closed, which opened, and what had been planned and decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from transparency.core.vocabulary import BEFORE_CONSULTATION
from transparency.store.store import Store


def counter_closures(store: Store, day: date) -> list[dict[str, Any]]:
    """The closings of front counters from 2017 to the day, newest first, with the source of each."""
    return store.rows(
        """
        SELECT counter_closure.*, publisher, title, url
        FROM counter_closure
        JOIN current_sources USING (source_id)
        WHERE closed_effective_on <= $day
        ORDER BY closed_effective_on DESC, site_name
        """,
        day=day,
    )


def counter_openings(store: Store, day: date) -> list[dict[str, Any]]:
    """The counters opened or reopened from the consultation of 2017 to the day, newest first, each with its source."""
    return store.rows(
        """
        SELECT site_id, site_name, borough_name, event, event_on, date_precision, evidence, note,
               source_id, publisher, title, url
        FROM site_event_dated
        JOIN current_sources USING (source_id)
        WHERE site_kind = 'front_counter' AND event IN ('opened', 'reopened')
          AND effective_on > $since AND effective_on <= $day
        ORDER BY effective_on DESC, site_name
        """,
        since=BEFORE_CONSULTATION,
        day=day,
    )


@dataclass(frozen=True)
class CounterChange:
    """The sum of what opened and closed: so many before the consultation, less the closures, and the openings.

    A counter that closed twice counts twice. `adds_up` is false within a month in which one closed on a day not known.
    """

    counters_before_count: int
    closures_count: int
    openings_count: int
    counters_open_count: int
    adds_up: bool


def counter_change(store: Store, day: date) -> CounterChange | None:
    """How the counters open before the consultation became those of the day; None on an earlier day."""
    if day <= BEFORE_CONSULTATION:
        return None
    sql = "SELECT * FROM counter_change($since, $day)"
    return next(iter(store.records(CounterChange, sql, since=BEFORE_CONSULTATION, day=day)), None)


def counter_plans(store: Store, day: date) -> list[dict[str, Any]]:
    """The counters for which draft, decision and outcome differ, as known on the day, with the last source."""
    return store.rows(
        """
        SELECT plan.*, publisher, title, url
        FROM counter_plan_on($day) AS plan
        JOIN current_sources ON current_sources.source_id = plan_source_id
        WHERE is_departure
        ORDER BY review, site_name
        """,
        day=day,
    )
