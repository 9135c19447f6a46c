"""What is known of one ward on a day: its place, the two halves of the promise, its history, what is near."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from transparency.core.vocabulary import (
    LONDON_CODE,
    Basis,
    Declaration,
    Evidence,
    Figure,
    Half,
    HalfKnown,
    HalfStatus,
    Precision,
    Report,
    WardStatus,
)
from transparency.months.measures import WardMonth
from transparency.months.queries import month_in_reach, months, ward_months
from transparency.months.sentences import ward_month_sentence
from transparency.places.queries import Ward, _wards
from transparency.published.queries import figures_on
from transparency.store.store import Store, memoised
from transparency.wards.verdict import Verdict, led_by_month, ward_verdict


@dataclass(frozen=True)
class WardStanding:
    """The ward on the day it is answered for, which is its own last day when it had ended by the day asked."""

    ward: Ward
    asked_on: date
    day: date
    pcs: HalfKnown
    pcsos: HalfKnown
    status: WardStatus
    is_lapsed: bool
    evidence: Evidence | None
    repetitions: tuple[Declaration, ...]
    reports: tuple[Report, ...]
    history: list[dict[str, Any]]
    neighbours: list[dict[str, Any]]
    london: Mapping[str, Figure]
    borough: Mapping[str, Figure]
    verdict: Verdict
    months: tuple[WardMonth, ...]
    leading_month: WardMonth | None
    has_months: bool


def ward_standing(store: Store, ward: Ward, asked_on: date) -> WardStanding:
    """What is known of the ward on a day, with its verdict, its history and its neighbours."""
    day = answer_day(ward, asked_on)
    status = statuses_on(store, day, ward.borough_code)[ward.ward_code]
    near, is_by_centre = _near_wards(store, ward, day)
    pcs = half_known(status, Half.PCS, "pcs", "dedicated_pcs")
    pcsos = half_known(status, Half.PCSOS, "pcso", "dedicated_pcsos")
    history = ward_history(store, ward.ward_code, day)
    figures = figures_on(store, day)
    london = figures.get(LONDON_CODE, {})
    repetitions = _repetitions(store, ward, pcs, pcsos, day)
    reports = newer_reports(history, pcs, pcsos)
    own = _own_figure(store, ward.ward_code, day) if Evidence.DECLARED in (pcs.evidence, pcsos.evidence) else None
    known_months = tuple(each for each in ward_months(store, ward.ward_code) if each.as_at <= day)
    leading = month_in_reach(known_months, day)
    has_months = bool(months(store))
    verdict = ward_verdict(ward.ward_name, day, pcs, pcsos, repetitions, reports, london, own, has_months)
    if leading is not None:
        verdict = led_by_month(month_sentence(store, leading), verdict)
    return WardStanding(
        ward=ward,
        asked_on=asked_on,
        day=day,
        pcs=pcs,
        pcsos=pcsos,
        status=WardStatus(status["ward_status"]),
        is_lapsed=status["is_lapsed"],
        evidence=Evidence(status["evidence"]) if status["evidence"] else None,
        repetitions=repetitions,
        reports=reports,
        history=history,
        neighbours=[{**neighbour, "is_by_centre": is_by_centre} for neighbour in near],
        london=london,
        borough=figures.get(ward.borough_code, {}),
        verdict=verdict,
        months=known_months,
        leading_month=leading,
        has_months=has_months,
    )


def month_sentence(store: Store, month: WardMonth) -> str:
    """What a month says of a ward, as its verdict begins with it."""
    return ward_month_sentence(
        month.ward_name,
        month.month,
        month.ward_status,
        (month.constable_status, month.constable_fte),
        (month.pcso_status, month.pcso_fte),
        store.is_demonstration,
    )


@memoised
def statuses_on(store: Store, day: date, borough_code: str) -> Mapping[str, dict[str, Any]]:
    """The rows of ward_status_on for the wards of a borough in force on the day, with who said it, by code.

    Kept for those asked last: a ward and its neighbours are mostly of one borough, and most readers ask for the
    same days.
    """
    rows = store.rows(
        """
        SELECT
            status.*, borough_name,
            pcs_source.publisher AS pcs_publisher, pcso_source.publisher AS pcso_publisher
        FROM ward_status_on($day) AS status
        JOIN boroughs USING (borough_code)
        LEFT JOIN current_sources AS pcs_source ON pcs_source.source_id = pcs_source_id
        LEFT JOIN current_sources AS pcso_source ON pcso_source.source_id = pcso_source_id
        WHERE borough_code = $borough_code
        """,
        day=day,
        borough_code=borough_code,
    )
    return {row["ward_code"]: row for row in rows}


def answer_day(ward: Ward, asked_on: date) -> date:
    """The day asked, or the ward's own last day when it had ended by then; its first when it was to come."""
    if ward.in_force_to is not None and asked_on > ward.in_force_to:
        return ward.in_force_to
    if ward.in_force_from is not None and asked_on < ward.in_force_from:
        return ward.in_force_from
    return asked_on


def half_known(status: dict[str, Any], half: Half, prefix: str, count_column: str) -> HalfKnown:
    """One half of a row of ward_status_on, whose columns for that half begin with `prefix`."""
    basis, evidence = status[f"{prefix}_basis"], status[f"{prefix}_evidence"]
    last_met_evidence = status[f"{prefix}_last_met_evidence"]
    return HalfKnown(
        half=half,
        status=HalfStatus(status[f"{prefix}_status"]),
        count=status[count_column],
        is_minimum=bool(status[f"{prefix}_is_minimum"]),
        basis=Basis(basis) if basis else None,
        evidence=Evidence(evidence) if evidence else None,
        as_at=status[f"{prefix}_as_at"],
        precision=Precision(status[f"{prefix}_as_at_precision"] or "day"),
        source_id=status[f"{prefix}_source_id"],
        publisher=status[f"{prefix}_publisher"],
        is_lapsed=status[f"is_{prefix}_lapsed"],
        last_met_on=status[f"{prefix}_last_met_on"],
        last_met_evidence=Evidence(last_met_evidence) if last_met_evidence else None,
    )


def _repetitions(store: Store, ward: Ward, pcs: HalfKnown, pcsos: HalfKnown, day: date) -> tuple[Declaration, ...]:
    """Declarations of London or of the ward's borough made after the one that decides."""
    declared = [half.as_at for half in (pcs, pcsos) if half.evidence is Evidence.DECLARED and half.as_at]
    if not declared:
        return ()
    rows = store.rows(
        """
        SELECT declaration.*, sources.publisher
        FROM declaration
        JOIN current_sources AS sources USING (source_id)
        WHERE geography_code IN ($london, $borough) AND as_at > $since AND as_at <= $day
        ORDER BY as_at
        """,
        london=LONDON_CODE,
        borough=ward.borough_code,
        since=max(declared),
        day=day,
    )
    return tuple(
        Declaration(
            row["geography_code"],
            row["as_at"],
            Precision(row["as_at_precision"]),
            row["publisher"],
            row["source_id"],
        )
        for row in rows
    )


def _own_figure(store: Store, ward_code: str, day: date) -> HalfKnown | None:
    """The newest figure of the ward itself, constables before PCSOs, whatever was declared later."""
    rows = store.rows(
        """
        SELECT reading.*, publisher
        FROM half_reading AS reading
        JOIN current_sources AS sources USING (source_id)
        WHERE ward_code = $ward_code AND counts AND as_at <= $day
          AND reading.evidence IN ('published', 'confirmed', 'demonstration')
        ORDER BY as_at DESC, half
        LIMIT 1
        """,
        ward_code=ward_code,
        day=day,
    )
    if not rows:
        return None
    row = rows[0]
    return HalfKnown(
        half=Half(row["half"]),
        status=HalfStatus(row["half_status"]),
        count=row["half_count"],
        is_minimum=row["is_minimum"],
        basis=Basis(row["basis"]),
        evidence=Evidence(row["evidence"]),
        as_at=row["as_at"],
        precision=Precision(row["as_at_precision"]),
        source_id=row["source_id"],
        publisher=row["publisher"],
    )


def newer_reports(history: Sequence[dict[str, Any]], pcs: HalfKnown, pcsos: HalfKnown) -> tuple[Report, ...]:
    """The newest reported row of a ward's history, where it is not older than everything that decides."""
    decided_on = max((half.as_at for half in (pcs, pcsos) if half.as_at is not None), default=date.min)
    reported = [row for row in history if row["evidence"] == "reported" and row["counts"]]
    return tuple(
        Report(
            row["as_at"],
            Precision(row["as_at_precision"]),
            row["dedicated_pcs"],
            row["dedicated_pcsos"],
            Basis(row["basis"]),
            row["publisher"],
            row["source_id"],
        )
        for row in reported[:1]
        if row["as_at"] >= decided_on
    )


def ward_history(store: Store, ward_code: str, day: date) -> list[dict[str, Any]]:
    """Every staffing row of the ward up to the day, newest first, with its source and whether it counts."""
    return store.rows(
        """
        SELECT
            staffing.as_at, as_at_precision, dedicated_pcs, dedicated_pcsos, is_minimum, basis, evidence,
            staffing.revision, staffing.source_id, publisher, title, url,
            staffing.as_at >= DATE '2016-07-21' AS counts
        FROM current_staffing AS staffing
        JOIN current_sources AS sources USING (source_id)
        WHERE ward_code = $ward_code AND staffing.as_at <= $day
        ORDER BY staffing.as_at DESC
        """,
        ward_code=ward_code,
        day=day,
    )


def ward_plans(store: Store, ward_code: str, day: date) -> list[dict[str, Any]]:
    """Plans announced for the ward since the promise and up to the day, newest first, with their sources."""
    return [plan for plan in _plans(store).get(ward_code, ()) if plan["announced_on"] <= day]


@memoised
def _plans(store: Store) -> Mapping[str, list[dict[str, Any]]]:
    """Every plan since the promise, by ward."""
    rows = store.rows(
        """
        SELECT ward_code, announced_on, announced_on_precision, planned_pcs, planned_pcsos, due_on, note,
               plans.source_id, publisher, title, url
        FROM current_ward_plans AS plans
        JOIN current_sources AS sources USING (source_id)
        WHERE announced_on >= DATE '2016-07-21'
        ORDER BY announced_on DESC, due_on
        """
    )
    plans: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        plans.setdefault(row["ward_code"], []).append(row)
    return plans


def ward_change(store: Store, ward_code: str, day: date) -> dict[str, Any] | None:
    """The ward's two latest rows up to the day side by side, or None with fewer than two."""
    rows = store.rows("SELECT * FROM ward_change_on($day) WHERE ward_code = $ward_code", day=day, ward_code=ward_code)
    return rows[0] if rows else None


@memoised
def boroughs_on(store: Store, day: date) -> Mapping[str, dict[str, Any]]:
    """Each borough's wards by status and evidence on a day, by code."""
    rows = store.rows("SELECT * FROM borough_status_on($day)", day=day)
    return {row["borough_code"]: row for row in rows}


def _near_wards(store: Store, ward: Ward, day: date) -> tuple[list[dict[str, Any]], bool]:
    """The status of the wards beside this one in force on the day, and whether they are near by their centres only.

    Neighbours by boundary are held for the codes of the 2014 set; of another ward the five with the nearest
    centres are given.
    """
    beside = _statuses(store, day, _neighbours(store).get(ward.ward_code, ()))
    if beside or ward.lat is None:
        return sorted(beside, key=lambda row: (row["ward_name"], row["borough_name"])), False
    nearest = store.rows(
        """
        SELECT ward_code
        FROM ward_on($day)
        WHERE ward_code <> $ward_code AND lat IS NOT NULL
        ORDER BY distance_m(lat, lon, $lat, $lon)
        LIMIT 5
        """,
        ward_code=ward.ward_code,
        day=day,
        lat=ward.lat,
        lon=ward.lon,
    )
    return _statuses(store, day, [row["ward_code"] for row in nearest]), True


def _statuses(store: Store, day: date, ward_codes: Sequence[str]) -> list[dict[str, Any]]:
    """The status of each of the wards that is in force on the day, in their order."""
    found = [statuses_on(store, day, _wards(store)[code].borough_code).get(code) for code in ward_codes]
    return [status for status in found if status is not None]


@memoised
def _neighbours(store: Store) -> Mapping[str, list[str]]:
    """The wards that share a boundary with each ward of the 2014 set, by code."""
    beside: dict[str, list[str]] = {}
    for row in store.rows("SELECT ward_code, neighbour_code FROM ward_neighbours_2014"):
        beside.setdefault(row["ward_code"], []).append(row["neighbour_code"])
        beside.setdefault(row["neighbour_code"], []).append(row["ward_code"])
    return beside
