"""Everything that is shown of a ward on a day, gathered once for the dashboard, the plain page, the API, the print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from transparency.boroughs.series import PlaceSeries, place_series
from transparency.core.vocabulary import (
    OLDEST_WORKBOOK_FROM,
    Basis,
    Evidence,
    Half,
    HalfKnown,
    Precision,
    SiteKind,
    SiteOnDay,
)
from transparency.counters.queries import SiteChange, WardAccess, site_changes, ward_access
from transparency.crime.exhibits import ward_exhibits
from transparency.crime.queries import WardCrimeRecord, has_crime, month_end, ward_crime
from transparency.exhibits.addresses import ward_address
from transparency.exhibits.cells import first_sources
from transparency.exhibits.exhibit import Exhibit, Source
from transparency.listed.queries import ListedTeam, TeamName, listed_team, team_name
from transparency.months.measures import WardMonth
from transparency.months.of_ward import ward_months_exhibit
from transparency.months.queries import ward_months
from transparency.months.time import WORKBOOK, monthly_source
from transparency.places.postcodes import Descent, predecessors, successors
from transparency.places.queries import Ward, find_ward
from transparency.published.queries import promise_milestones
from transparency.store.store import Store
from transparency.wards.queries import (
    StaffingRow,
    WardChange,
    WardPlan,
    boroughs_on,
    ward_change,
    ward_history,
    ward_plans,
)
from transparency.wards.standing import WardStanding, near_wards, ward_standing
from transparency.wards.unknowns import Unknown, unknowns

METRICS = ("new_dwo_second_officer", "wards_with_two_pcs_percent", "wards_with_pcso_percent", "wards_with_two_pcs")
# The day by which each borough was to have a counter open 24 hours: what the nearest of today is set beside.
NIGHT_THEN = date(2017, 12, 31)
LEAST_SHARE = 0.25  # of a ward's area: what an old ward has to cover for its history to be told here


@dataclass(frozen=True)
class WardPage:
    """Everything shown of a ward on a day.

    `near` are the counters near its middle on `near_day`: for an ended ward those of the day asked for.
    `old_history` is what was published of the old wards that most of it was in, `changes_nearby` what became of the
    counters that closed nearby, `night_then` the nearest counter that was open 24 hours at the end of 2017,
    `milestones` London's published figures for wards with two constables.
    """

    standing: WardStanding
    asked_on: date
    history: tuple[StaffingRow, ...]
    neighbours: tuple[WardStanding, ...]
    is_near_by_centre: bool
    months: tuple[WardMonth, ...]
    months_exhibits: tuple[Exhibit, ...]
    plans: tuple[WardPlan, ...]
    milestones: tuple[dict[str, Any], ...]
    change: WardChange | None
    borough: dict[str, Any]
    access: WardAccess
    near: WardAccess
    near_day: date
    night_then: SiteOnDay | None
    changes_nearby: tuple[SiteChange, ...]
    successors: tuple[Descent, ...]
    predecessors: tuple[Descent, ...]
    old_history: tuple[tuple[Descent, tuple[StaffingRow, ...]], ...]
    unknowns: tuple[Unknown, ...]
    listed: ListedTeam | None
    team_name: TeamName | None
    crime: WardCrimeRecord | None
    crime_exhibits: tuple[Exhibit, ...]
    crime_is_of: tuple[Descent, ...]
    is_crime_missing: bool
    series: PlaceSeries
    data_version: str
    is_demonstration: bool

    @property
    def ward(self) -> Ward:
        return self.standing.ward

    @property
    def is_ended(self) -> bool:
        """Whether the ward had been abolished by the day asked for."""
        return self.ward.in_force_to is not None and self.asked_on > self.ward.in_force_to

    @property
    def address(self) -> str:
        """The permanent address of this answer within the site."""
        return ward_address(self.ward.ward_code, self.standing.day)


def ward_page(store: Store, ward_code: str, asked_on: date) -> WardPage:
    """Gather the answer; raises UnknownPlaceError for a code of no ward."""
    ward = find_ward(store, ward_code)
    standing = ward_standing(store, ward, asked_on)
    day = standing.day
    near_day = max(day, asked_on)
    access = ward_access(store, ward, day)
    neighbours, is_near_by_centre = near_wards(store, ward, day)
    crime = ward_crime(store, ward_code, day)
    before = predecessors(store, ward_code) if ward.first_vintage >= 2022 else ()
    return WardPage(
        standing=standing,
        asked_on=asked_on,
        history=ward_history(store, ward_code, day),
        neighbours=neighbours,
        is_near_by_centre=is_near_by_centre,
        months=tuple(each for each in ward_months(store, ward_code) if each.as_at <= day),
        months_exhibits=tuple(filter(None, (ward_months_exhibit(store, ward_code, day),))),
        plans=ward_plans(store, ward_code, day),
        milestones=tuple(promise_milestones(store, day)),
        change=ward_change(store, ward_code, day),
        borough=boroughs_on(store, day)[ward.borough_code],
        access=access,
        near=access if near_day == day else ward_access(store, ward, near_day),
        near_day=near_day,
        night_then=_night_then(store, ward, day),
        changes_nearby=tuple(
            change
            for site in access.closed_nearby
            for change in site_changes(store).get(site.site_id, ())
            if change.event_on <= day
        ),
        successors=successors(store, ward_code) if ward.in_force_to is not None and asked_on > ward.in_force_to else (),
        predecessors=before,
        old_history=tuple((old, ward_history(store, old.ward_code, day)) for old in before if old.share >= LEAST_SHARE),
        unknowns=unknowns(standing, has_published_hub(access)),
        listed=listed_team(store, ward_code, day) if ward.in_force_to is None else None,
        team_name=team_name(store, ward_code, day),
        crime=crime,
        crime_exhibits=ward_exhibits(store, ward_code, month_end(day)),
        crime_is_of=successors(store, ward_code) if has_crime(store) and ward.last_vintage < 2022 else (),
        is_crime_missing=has_crime(store) and ward.last_vintage >= 2022 and crime is None,
        series=place_series(store, day, ward.borough_code),
        data_version=store.data_version,
        is_demonstration=store.is_demonstration,
    )


def _night_then(store: Store, ward: Ward, day: date) -> SiteOnDay | None:
    if day <= NIGHT_THEN or ward.lat is None:
        return None
    return ward_access(store, ward, NIGHT_THEN).nearest_24_7


def has_published_hub(access: WardAccess) -> bool:
    """Whether a hub is published for the ward, in use or not known to have ended."""
    return any(site.site_kind is SiteKind.DWO_HUB for site in access.sites_of_ward)


def leading_halves(standing: WardStanding) -> tuple[HalfKnown, HalfKnown]:
    """Both halves as the verdict speaks of them: of the month that leads it, else of the promise's own count."""
    month = standing.month
    if month is None:
        return standing.pcs, standing.pcsos
    evidence = Evidence.DEMONSTRATION if standing.is_demonstration else Evidence.PUBLISHED
    source = monthly_source(standing.is_demonstration, month.month)
    constables, pcsos = (
        HalfKnown(
            half, status, count, basis=Basis.FTE, evidence=evidence, as_at=month.as_at, precision=Precision.MONTH,
            publisher=source.publisher,
        )
        for half, status, count in (
            (Half.PCS, month.constable_status, month.constable_fte),
            (Half.PCSOS, month.pcso_status, month.pcso_fte),
        )
    )  # fmt: skip
    return constables, pcsos


def standing_sources(standing: WardStanding, history: Sequence[StaffingRow]) -> tuple[Source, ...]:
    """The source of every row about the ward, newest first, of its borough's and London's figures, each once."""
    figures = [known[metric] for known in (standing.borough, standing.london) for metric in METRICS if metric in known]
    workbook = () if standing.day < OLDEST_WORKBOOK_FROM else (WORKBOOK,)
    return (*first_sources((*history, *figures)), *workbook)
