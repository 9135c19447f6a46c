"""What has been published of one ward: its staffing rows, plans announced for it, its latest change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from transparency.core.vocabulary import Basis, Evidence, Precision
from transparency.store.store import Store, memoised, memoised_between


@dataclass(frozen=True)
class StaffingRow:
    """A staffing row of a ward with its source; one from before the promise is history and does not count.

    `known_on` is the day from which it is surely known.
    """

    known_on: date
    as_at: date
    as_at_precision: Precision
    dedicated_pcs: float | None
    dedicated_pcsos: float | None
    is_minimum: bool
    basis: Basis
    evidence: Evidence
    revision: int
    counts: bool
    source_id: str
    publisher: str
    title: str
    url: str | None


@dataclass(frozen=True)
class WardPlan:
    """Posts announced for a ward: a plan is not staffing and never counts."""

    ward_code: str
    announced_on: date
    announced_on_precision: Precision
    planned_pcs: float | None
    planned_pcsos: float | None
    due_on: date | None
    note: str | None


@dataclass(frozen=True)
class WardChange:
    """A ward's two latest rows side by side; a change is None where it cannot be given (view ward_change).

    They are its latest from `stands_from` to the day before `stands_until`.
    """

    stands_from: date
    stands_until: date | None
    as_at: date
    as_at_precision: Precision
    previous_as_at: date
    previous_as_at_precision: Precision
    dedicated_pcs_change: float | None
    dedicated_pcsos_change: float | None


def ward_history(store: Store, ward_code: str, day: date) -> tuple[StaffingRow, ...]:
    """Every staffing row of the ward up to the day, newest first."""
    return tuple(row for row in _history(store, ward_code) if row.known_on <= day)


@memoised
def _history(store: Store, ward_code: str) -> tuple[StaffingRow, ...]:
    return store.records(
        StaffingRow,
        """
        SELECT
            staffing.*, publisher, title, url,
            staffing.as_at >= promised_on() AS counts,
            known_from(staffing.as_at, as_at_precision) AS known_on
        FROM current_staffing AS staffing
        JOIN current_sources AS sources USING (source_id)
        WHERE ward_code = $ward_code
        ORDER BY staffing.as_at DESC
        """,
        ward_code=ward_code,
    )


def ward_plans(store: Store, ward_code: str, day: date) -> tuple[WardPlan, ...]:
    """Plans announced for the ward since the promise and up to the day, newest first."""
    return tuple(plan for plan in _plans(store) if plan.ward_code == ward_code and plan.announced_on <= day)


@memoised
def _plans(store: Store) -> tuple[WardPlan, ...]:
    return store.records(
        WardPlan,
        "SELECT * FROM current_ward_plans WHERE announced_on >= promised_on() ORDER BY announced_on DESC, due_on",
    )


def ward_change(store: Store, ward_code: str, day: date) -> WardChange | None:
    """The ward's two latest rows up to the day side by side, or None with fewer than two."""
    stood = (each for each in _changes(store, ward_code) if each.stands_from <= day)
    return next((each for each in stood if each.stands_until is None or day < each.stands_until), None)


@memoised
def _changes(store: Store, ward_code: str) -> tuple[WardChange, ...]:
    return store.records(WardChange, "SELECT * FROM ward_change WHERE ward_code = $ward_code", ward_code=ward_code)


@memoised_between("SELECT unnest([stands_from, stands_until]) AS day FROM borough_status_standing")
def boroughs_on(store: Store, day: date) -> Mapping[str, dict[str, Any]]:
    """Each borough's wards by status and evidence on a day, by code."""
    rows = store.rows("SELECT * FROM borough_status_on($day) ORDER BY borough_name", day=day)
    return {row["borough_code"]: row for row in rows}


@memoised
def neighbour_codes(store: Store) -> Mapping[str, list[str]]:
    """The wards that share a boundary with each ward of the 2014 set, by code."""
    beside: dict[str, list[str]] = {}
    for row in store.rows("SELECT ward_code, neighbour_code FROM ward_neighbours_2014"):
        beside.setdefault(row["ward_code"], []).append(row["neighbour_code"])
        beside.setdefault(row["neighbour_code"], []).append(row["ward_code"])
    return beside
