"""What is known of the promise in each ward on a day, with its verdict: asked for every ward of the day at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

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
    today,
)
from transparency.exhibits.exhibit import Mark
from transparency.exhibits.marks import ward_mark
from transparency.months.measures import WardMonth
from transparency.months.queries import leading_months, months
from transparency.months.sentences import ward_month_how, ward_month_sentence
from transparency.places.queries import Ward, wards_by_code
from transparency.published.queries import figures_on, sources_by_id
from transparency.store.store import Store, memoised, memoised_between
from transparency.wards.queries import neighbour_codes
from transparency.wards.verdict import Verdict, is_fresh, led_by_month, ward_verdict


@dataclass(frozen=True, slots=True)
class WardStanding:
    """A ward on a day on which it is in force.

    `own` is the newest figure of the ward itself where a later declaration decides, `repetitions` are declarations
    made since what is known, `report` is what was reported since, `month` the month of the monthly series that leads
    the verdict, `london` London's figures by metric and `borough` its borough's. `is_workbook_missing`: the Met's
    monthly workbook covers the day and is not stored.
    """

    ward: Ward
    day: date
    status: WardStatus
    evidence: Evidence | None
    is_lapsed: bool
    pcs: HalfKnown
    pcsos: HalfKnown
    own: HalfKnown | None
    repetitions: tuple[Declaration, ...]
    report: Report | None
    month: WardMonth | None
    london: Mapping[str, Figure]
    borough: Mapping[str, Figure]
    has_months: bool
    is_workbook_missing: bool
    is_demonstration: bool

    @property
    def mark(self) -> Mark:
        """Its status and evidence as a mark."""
        was_announced = any(half.last_met_evidence is Evidence.DECLARED for half in (self.pcs, self.pcsos))
        return ward_mark(self.status, self.evidence, self.is_lapsed, was_announced)

    @property
    def newest(self) -> HalfKnown | None:
        """The half known from the newer day, constables first; None where neither is known."""
        known = [half for half in (self.pcs, self.pcsos) if half.as_at is not None]
        return max(known, key=lambda half: half.as_at or date.min, default=None)

    @property
    def verdict(self) -> Verdict:
        """What can truly be said of the ward on the day."""
        verdict = ward_verdict(
            self.ward.ward_name, self.day, self.pcs, self.pcsos, self.repetitions, self.report, self.london, self.own,
            self.has_months, self.is_workbook_missing, self.borough, self.ward.in_force_from,
        )  # fmt: skip
        if self.month is None:
            return verdict
        sentence = ward_month_sentence(self.month, self.day == today())
        how = ward_month_how(self.month, self.is_demonstration)
        return led_by_month(sentence, how, verdict, self.newest is not None)


def standings_on(store: Store, day: date, borough_code: str | None = None) -> list[WardStanding]:
    """Every ward in force on the day, or those of a borough, in the order of boroughs and names."""
    wards = wards_by_code(store)
    chosen = [code for code in _statuses_on(store, day) if borough_code in (None, wards[code].borough_code)]
    return _standings(store, day, chosen)


def ward_standing(store: Store, ward: Ward, asked_on: date) -> WardStanding:
    """The ward on the day it is answered for: its own last day when it had ended by the day asked."""
    return _standings(store, answer_day(ward, asked_on), (ward.ward_code,))[0]


def _standings(store: Store, day: date, ward_codes: Iterable[str]) -> list[WardStanding]:
    """Those of the wards that are in force on the day, in the order of their codes."""
    statuses, wards, sources = _statuses_on(store, day), wards_by_code(store), sources_by_id(store)
    own_figures, reports, declarations = _own_figures(store, day), _reports(store, day), _declarations(store)
    leading, has_months = leading_months(store, day), bool(months(store))
    figures = figures_on(store, day)
    standings = []
    for status in (statuses[code] for code in ward_codes if code in statuses):
        ward = replace(wards[status["ward_code"]], ward_name=status["ward_name"])  # the name it had on the day
        pcs, pcsos = (_half(status, half, sources) for half in Half)
        known = [half for half in (pcs, pcsos) if half.as_at]
        is_old = not any(is_fresh(half) for half in known)
        declared_on = [half.as_at for half in known if half.evidence is Evidence.DECLARED and half.as_at]
        since = declared_on or [half.as_at for half in known if is_old and half.as_at]
        standings.append(
            WardStanding(
                ward=ward,
                day=day,
                status=WardStatus(status["ward_status"]),
                evidence=Evidence(status["evidence"]) if status["evidence"] else None,
                is_lapsed=status["is_lapsed"],
                pcs=pcs,
                pcsos=pcsos,
                own=_newest(own_figures, ward) if declared_on else None,
                repetitions=tuple(
                    said
                    for said in (declarations if since else ())
                    if max(since) < said.as_at <= day and said.geography_code in (LONDON_CODE, ward.borough_code)
                ),
                report=_newest(reports, ward, since=status["as_at"]),
                month=leading.get(ward.ward_code),
                london=figures.get(LONDON_CODE, {}),
                borough=figures.get(ward.borough_code, {}),
                has_months=has_months,
                is_workbook_missing=status["is_workbook_missing"],
                is_demonstration=store.is_demonstration,
            )
        )
    return standings


@memoised_between(
    """
    SELECT stands_from AS day FROM ward_standing
    UNION
    SELECT in_force_from FROM ward_sets
    UNION
    SELECT unnest([first_day, end_day]) FROM workbook_not_loaded
    """
)
def _statuses_on(store: Store, day: date) -> Mapping[str, dict[str, Any]]:
    """The rows of ward_status_on by code, in the order of boroughs and names."""
    rows = store.rows(
        """
        SELECT status.*
        FROM ward_status_on($day) AS status
        JOIN ward USING (ward_code)
        ORDER BY ward.borough_name, ward.ward_name, ward_code
        """,
        day=day,
    )
    return {row["ward_code"]: row for row in rows}


def answer_day(ward: Ward, asked_on: date) -> date:
    """The day asked, or the ward's own last day when it had ended by then; its first when it was to come."""
    if ward.in_force_to is not None and asked_on > ward.in_force_to:
        return ward.in_force_to
    if ward.in_force_from is not None and asked_on < ward.in_force_from:
        return ward.in_force_from
    return asked_on


def near_wards(store: Store, ward: Ward, day: date) -> tuple[tuple[WardStanding, ...], bool]:
    """The wards beside this one in force on the day, and whether they are near by their centres only.

    Neighbours by boundary are stored for the codes of the 2014 set; of another ward the five with the nearest
    centres are given.
    """
    beside = _standings(store, day, neighbour_codes(store).get(ward.ward_code, ()))
    if beside or ward.lat is None:
        return tuple(sorted(beside, key=lambda each: (each.ward.ward_name, each.ward.borough_name))), False
    return tuple(_standings(store, day, _nearest_by_centre(store, day, ward.ward_code, ward.lat, ward.lon))), True


@memoised_between("SELECT in_force_from AS day FROM ward_sets")
def _nearest_by_centre(store: Store, day: date, ward_code: str, lat: float, lon: float | None) -> tuple[str, ...]:
    """The five wards in force on a day with the nearest centres to that of a ward, nearest first, by code."""
    nearest = store.rows(
        """
        SELECT ward_code
        FROM ward_on($day)
        WHERE ward_code <> $ward_code AND lat IS NOT NULL
        ORDER BY distance_m(lat, lon, $lat, $lon)
        LIMIT 5
        """,
        day=day,
        ward_code=ward_code,
        lat=lat,
        lon=lon,
    )
    return tuple(row["ward_code"] for row in nearest)


def _half(row: dict[str, Any], half: Half, sources: Mapping[str, dict[str, Any]]) -> HalfKnown:
    """One half of a row of ward_status_on."""
    prefix = _COLUMNS[half]
    status, count = HalfStatus(row[f"{prefix}_status"]), row[f"dedicated_{half}"]
    if count is None:
        return HalfKnown(half, status)
    source_id, last_met_evidence = row[f"{prefix}_source_id"], row[f"{prefix}_last_met_evidence"]
    return HalfKnown(
        half=half,
        status=status,
        count=count,
        is_minimum=row[f"{prefix}_is_minimum"],
        basis=Basis(row[f"{prefix}_basis"]),
        evidence=Evidence(row[f"{prefix}_evidence"]),
        as_at=row[f"{prefix}_as_at"],
        precision=Precision(row[f"{prefix}_as_at_precision"]),
        source_id=source_id,
        publisher=sources[source_id]["publisher"],
        is_lapsed=row[f"is_{prefix}_lapsed"],
        last_met_on=row[f"{prefix}_last_met_on"],
        last_met_evidence=Evidence(last_met_evidence) if last_met_evidence else None,
    )


_COLUMNS = {Half.PCS: "pcs", Half.PCSOS: "pcso"}  # what the columns of a half begin with


@dataclass(frozen=True, slots=True)
class _OwnFigure(HalfKnown):
    ward_code: str = ""


_Said = TypeVar("_Said", _OwnFigure, Report)


@memoised_between("SELECT DISTINCT known_from(as_at, as_at_precision) AS day FROM current_staffing")
def _own_figures(store: Store, day: date) -> Mapping[str, list[_OwnFigure]]:
    """Each ward's own figures up to a day that a later declaration hides, newest first, constables before PCSOs."""
    return _by_ward(
        store.records(
            _OwnFigure,
            """
            SELECT ward_code, half, half_status AS status, half_count AS count, is_minimum, basis, reading.evidence,
                   as_at, as_at_precision AS precision, source_id, publisher
            FROM half_reading AS reading
            JOIN current_sources USING (source_id)
            SEMI JOIN (
                SELECT ward_code, as_at AS declared_on FROM current_staffing WHERE evidence = 'declared'
            ) AS later ON later.ward_code = reading.ward_code AND later.declared_on > reading.as_at
            WHERE known_on <= $day AND counts AND decides AND reading.evidence <> 'declared'
            ORDER BY as_at DESC, half
            """,
            day=day,
        )
    )


@memoised_between("SELECT DISTINCT known_from(as_at, as_at_precision) AS day FROM current_staffing")
def _reports(store: Store, day: date) -> Mapping[str, list[Report]]:
    """What was reported of each ward since the promise up to a day, newest first."""
    return _by_ward(
        store.records(
            Report,
            """
            SELECT ward_code, as_at, as_at_precision AS precision, dedicated_pcs, dedicated_pcsos, basis, publisher,
                   source_id
            FROM staffing_reading AS reading
            JOIN current_sources USING (source_id)
            WHERE known_on <= $day AND counts AND reading.evidence = 'reported'
            ORDER BY as_at DESC
            """,
            day=day,
        )
    )


def _by_ward(said: Sequence[_Said]) -> dict[str, list[_Said]]:
    found: dict[str, list[_Said]] = {}
    for each in said:
        found.setdefault(each.ward_code, []).append(each)
    return found


def _newest(said: Mapping[str, list[_Said]], ward: Ward, since: date | None = None) -> _Said | None:
    """The newest of a ward, where it is not older than `since`."""
    found = next(iter(said.get(ward.ward_code, ())), None)
    return found if found and (since is None or (found.as_at or date.min) >= since) else None


@memoised
def _declarations(store: Store) -> tuple[Declaration, ...]:
    """Every declaration, oldest first; a model restated is none."""
    return store.records(
        Declaration,
        """
        SELECT geography_code, as_at, as_at_precision AS precision, publisher, source_id
        FROM declaration
        JOIN current_sources USING (source_id)
        WHERE NOT is_restated
        ORDER BY as_at
        """,
    )
