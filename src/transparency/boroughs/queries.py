"""Boroughs: what is counted in each of them on a day, and what is published of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from transparency.core.vocabulary import Figure
from transparency.months.measures import WardMonth
from transparency.published.queries import published_figures
from transparency.store.store import Store


def counters_between(store: Store, earlier: date, day: date) -> list[dict[str, Any]]:
    """Every borough's counters and distances on two days, by name (view borough_counters_between)."""
    sql = "SELECT * FROM borough_counters_between($earlier, $day) ORDER BY borough_name"
    return store.rows(sql, earlier=earlier, day=day)


def counters_together(store: Store, codes: Sequence[str], earlier: date, day: date) -> dict[str, Any]:
    """The counters of some boroughs added up, on two days (view counters_together)."""
    sql = "SELECT * FROM counters_together($codes, $earlier, $day)"
    return store.rows(sql, codes=list(codes), earlier=earlier, day=day)[0]


def people_per_ward(store: Store, day: date) -> list[dict[str, Any]]:
    """Every borough's wards and people on a day, by name (view borough_wards_on)."""
    sql = """
    SELECT borough_code, borough_name, wards_count, population_year, population_per_ward_count
    FROM borough_wards_on($day) ORDER BY borough_name
    """
    return store.rows(sql, day=day)


def londons_people_per_ward(store: Store, day: date) -> float | None:
    """London's people per ward on a day; None where they are not known of one year (view london_wards_on)."""
    mean: float | None = store.rows("SELECT * FROM london_wards_on($day)", day=day)[0]["population_per_ward_count"]
    return mean


def wards_measured(store: Store, day: date) -> list[dict[str, Any]]:
    """Every ward of London with what can be compared of it, by name (view ward_measures_on)."""
    return store.rows("SELECT * FROM ward_measures_on($day) ORDER BY ward_name, ward_code", day=day)


def wards_by_month(store: Store, borough_code: str, first: date, last: date) -> tuple[WardMonth, ...]:
    """A borough's wards in each month from one to another, by name."""
    sql = """
    SELECT * FROM dwo_ward_month
    WHERE borough_code = $borough_code AND month BETWEEN $first AND $last ORDER BY ward_name, month
    """
    return store.records(WardMonth, sql, borough_code=borough_code, first=first, last=last)


def elsewhere_by_month(store: Store, code: str, day: date) -> list[dict[str, Any]]:
    """The share of recorded time elsewhere of a borough or London in each month ended by the day, oldest first."""
    sql = """
    SELECT month, elsewhere_percent, is_complete, boroughs_count FROM elsewhere_month
    WHERE geography_code = $code AND last_day(month) <= $day ORDER BY month
    """
    return store.rows(sql, code=code, day=day)


def borough_changes(store: Store, borough_code: str, day: date) -> list[dict[str, Any]]:
    """What is newer than the declaration or an earlier figure: each ward's two latest rows, newest first.

    Wards of the set in force on the day only (view ward_change_on).
    """
    return store.rows(
        """
        SELECT change.*, wards.ward_name, sources.publisher, sources.title, sources.url
        FROM ward_change_on($day) AS change
        JOIN ward_on($day) AS wards ON wards.ward_code = change.ward_code
        JOIN current_sources AS sources ON sources.source_id = change.source_id
        WHERE wards.borough_code = $borough_code
        ORDER BY change.as_at DESC, wards.ward_name
        """,
        borough_code=borough_code,
        day=day,
    )


def borough_figures(store: Store, borough_code: str, day: date) -> list[Figure]:
    """The borough's own published figures up to a day, newest first; targets and plans keep their kind."""
    return sorted(published_figures(store, day, borough_code), key=attrgetter("as_at"), reverse=True)
