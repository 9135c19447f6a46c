"""The monthly series of ward teams: strength and abstraction by ward, borough, command unit and London.

Everything here is full-time equivalents and minutes, by month. It is never joined with the posts and officers of the
2016 promise's years. A month, a borough in a month, or a rank in a ward that is not published is absent or None.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from transparency.core.errors import UnknownPlaceError
from transparency.core.vocabulary import LONDON_CODE, WardStatus
from transparency.months.measures import WardMonth
from transparency.store.store import Store, memoised, memoised_between

REACH_DAYS = 365


class PlaceKind(StrEnum):
    """The places figures are added up for."""

    LONDON = "london"
    BCU = "bcu"
    BOROUGH = "borough"
    WARD = "ward"


@dataclass(frozen=True)
class Month:
    """A month of which something is stored. `as_at` is its last day, `vintage` the ward set then in force."""

    month: date
    as_at: date
    vintage: int
    strength_rows: int
    activity_rows: int


@dataclass(frozen=True)
class PlaceMonth:
    """London, a command unit or a borough in a month. Totals take every row, matched to a ward or not; wards are
    those of the set in force at the month's end. None where nothing is published."""

    month: date
    as_at: date
    place_kind: PlaceKind
    place_code: str
    place_name: str
    boroughs_count: int
    boroughs_with_strength_count: int
    boroughs_with_activity_count: int
    constable_fte: float | None
    pcso_fte: float | None
    other_rank_fte: float | None
    minutes: float | None
    minutes_abstracted: float | None
    wards_count: int
    wards_met_count: int
    wards_short_count: int
    wards_partly_known_count: int
    wards_not_published_count: int
    constables_met_count: int
    constables_short_count: int
    constables_not_known_count: int
    pcso_met_count: int
    pcso_short_count: int
    pcso_not_known_count: int
    wards_above_minimum_count: int
    constable_above_minimum_fte: float | None
    pcso_above_minimum_fte: float | None
    population_count: int | None
    population_year: int | None
    abstraction_pct: float | None
    constables_per_10000_residents_fte: float | None
    pcsos_per_10000_residents_fte: float | None

    @property
    def is_whole(self) -> bool:
        """Whether strengths of all its boroughs are published."""
        return self.boroughs_with_strength_count == self.boroughs_count


@dataclass(frozen=True)
class Place:
    """A place whose time is added up: London, a command unit, a borough or a ward."""

    kind: PlaceKind
    code: str
    name: str


@dataclass(frozen=True)
class ShareMonth:
    """Recorded time of a place in a month, of the boroughs counted; `elsewhere_percent` is None without any."""

    month: date
    boroughs_count: int
    is_complete: bool
    recorded_hours: float
    elsewhere_hours: float
    elsewhere_percent: float | None


@dataclass(frozen=True)
class TypeYear:
    """Recorded time of a place and year by type, as a share of all of it; `first_month` and `last_month` are those of
    the place's year."""

    year: int
    activity_type: str
    is_elsewhere: bool
    first_month: date
    last_month: date
    hours: float
    recorded_percent: float | None

    @property
    def is_whole(self) -> bool:
        return (self.first_month.month, self.last_month.month) == (1, 12)


@dataclass(frozen=True)
class Spread:
    """How far the wards of a place lie apart, each ward counted once, in per cent of a ward's recorded time."""

    wards_count: int
    least_pct: float
    quarter_pct: float
    middle_pct: float
    three_quarters_pct: float
    most_pct: float


@dataclass(frozen=True)
class StrengthSpread:
    """The quartiles of the strength of a place's wards in a month, of those with a figure of their own."""

    wards_with_constables_count: int
    constable_quarter_fte: float | None
    constable_middle_fte: float | None
    constable_three_quarters_fte: float | None
    wards_with_pcsos_count: int
    pcso_quarter_fte: float | None
    pcso_middle_fte: float | None
    pcso_three_quarters_fte: float | None


@dataclass(frozen=True)
class WardShare:
    """A ward's share of time spent elsewhere over some months. `months_count` are those with recorded time."""

    ward_code: str
    ward_name: str
    borough_code: str
    borough_name: str
    months_count: int
    minutes: float
    minutes_abstracted: float
    abstraction_pct: float


@dataclass(frozen=True)
class MissingMonths:
    """A run of months in which a borough has no row of one sheet, while the series has the month."""

    dataset: str
    borough_code: str
    borough_name: str
    first_month: date
    last_month: date


@dataclass(frozen=True)
class MatchMonth:
    """Rows, FTE and minutes of a month by kind of match: code, name, alias, shared or unmatched."""

    month: date
    match_kind: str
    strength_rows: int
    fte: float
    activity_rows: int
    minutes: float


@dataclass(frozen=True)
class TeamReport:
    """A team to look at: `unmatched`, `shared`, `doubled` or `contradicted`. `fte_months` adds up its months."""

    team_kind: str
    borough_code: str
    borough_name: str
    team_name: str | None
    first_month: date
    last_month: date
    months_count: int
    strength_rows: int
    fte_months: float
    activity_rows: int
    minutes: float


# ---------------------------------------------------------------- months


@memoised
def months(store: Store) -> tuple[Month, ...]:
    """The months of which something is stored, oldest first; empty where nothing was imported."""
    return store.records(Month, "SELECT * FROM dwo_month ORDER BY month")


def newest_month(store: Store) -> date | None:
    """The first day of the newest month stored; None where nothing was imported."""
    known = months(store)
    return known[-1].month if known else None


def strength_month(store: Store, day: date) -> Month | None:
    """The newest month with strengths that had ended by the day; None where there is none."""
    return next((each for each in reversed(months(store)) if each.strength_rows and each.as_at <= day), None)


def leads(month: Month | None, day: date) -> bool:
    """Whether a day's pages lead with the month: it ended at most twelve months before."""
    return month is not None and 0 <= (day - month.as_at).days <= REACH_DAYS


def missing_months(store: Store) -> tuple[MissingMonths, ...]:
    """Runs of months in which a borough is missing from a sheet: missing, not zero (view dwo_missing_month)."""
    sql = "SELECT * FROM dwo_missing_month ORDER BY dataset DESC, borough_name, first_month"
    return store.records(MissingMonths, sql)


# ---------------------------------------------------------------- wards and places


def ward_months(store: Store, ward_code: str) -> tuple[WardMonth, ...]:
    """A ward in every month in which its code was in force, oldest first."""
    if not months(store):
        return ()
    sql = "SELECT * FROM dwo_ward_month WHERE ward_code = $ward_code ORDER BY month"
    return store.records(WardMonth, sql, ward_code=ward_code)


def wards_in_month(store: Store, month: date, borough_code: str | None = None) -> tuple[WardMonth, ...]:
    """Every ward of London, or of a borough, in a month, in the order of their names."""
    return store.records(
        WardMonth,
        """
        SELECT * FROM dwo_ward_month
        WHERE month = $month AND ($borough_code IS NULL OR borough_code = $borough_code)
        ORDER BY ward_name, ward_code
        """,
        month=month,
        borough_code=borough_code,
    )


def place_months(store: Store, kind: PlaceKind, place_code: str) -> tuple[PlaceMonth, ...]:
    """London, a command unit or a borough in every month stored, oldest first."""
    sql = "SELECT * FROM dwo_place_month WHERE place_kind = $kind AND place_code = $place_code ORDER BY month"
    return store.records(PlaceMonth, sql, kind=kind.value, place_code=place_code)


def place_months_until(store: Store, day: date, borough_code: str | None = None) -> tuple[PlaceMonth, ...]:
    """London, or a borough, in every month stored that had ended by the day, oldest first."""
    place = (PlaceKind.BOROUGH, borough_code) if borough_code else (PlaceKind.LONDON, LONDON_CODE)
    return tuple(each for each in place_months(store, *place) if each.as_at <= day)


def borough_measure_month(store: Store, measure: str, month: date) -> list[dict[str, Any]]:
    """Every borough, and London, on one measure of the monthly rule (promise, pcs or pcsos), by name."""
    return store.rows(
        "SELECT * FROM dwo_borough_measure_month WHERE measure = $measure AND month = $month ORDER BY borough_name",
        measure=measure,
        month=month,
    )


# A month speaks from its last day for REACH_DAYS.
@memoised_between("SELECT unnest([as_at, as_at + 366]) AS day FROM dwo_month")
def leading_months(store: Store, day: date) -> dict[str, WardMonth]:
    """Of every ward the newest month with a strength of its own that still speaks for the day, by code."""
    sql = "SELECT * FROM dwo_ward_leading_month($first, $day)"
    wards = store.records(WardMonth, sql, first=day - timedelta(days=REACH_DAYS), day=day)
    return {ward.ward_code: ward for ward in wards}


def places_in_month(store: Store, kind: PlaceKind, month: date) -> tuple[PlaceMonth, ...]:
    """Every borough, or every command unit, in a month, in the order of their names."""
    sql = "SELECT * FROM dwo_place_month WHERE place_kind = $kind AND month = $month ORDER BY place_name"
    return store.records(PlaceMonth, sql, kind=kind.value, month=month)


# ---------------------------------------------------------------- from one month to the next


@dataclass(frozen=True)
class WardChange:
    """A ward in a month in which its strength or its status is not that of the month before.

    The month before is None throughout where it is not stored, as for the first month of a ward.
    """

    month: date
    as_at: date
    ward_name: str
    status: WardStatus
    status_before: WardStatus | None
    constable_fte: float | None
    constable_fte_before: float | None
    pcso_fte: float | None
    pcso_fte_before: float | None
    abstraction_pct: float | None


def ward_changes(store: Store, ward_code: str) -> tuple[WardChange, ...]:
    """The months in which something changed in a ward, newest first (view dwo_ward_change)."""
    if not months(store):
        return ()
    sql = "SELECT * FROM dwo_ward_change WHERE ward_code = $ward_code ORDER BY month DESC"
    return store.records(WardChange, sql, ward_code=ward_code)


@dataclass(frozen=True)
class Turns:
    """The wards of a place by name whose standing turned from the month before: came to meet the promise from being
    short of it, fell short of it from meeting it, and known before but not published now."""

    month: date
    came_to_meet: tuple[str, ...]
    fell_short: tuple[str, ...]
    no_longer_published: tuple[str, ...]


def turns(store: Store, borough_code: str | None = None) -> dict[date, Turns]:
    """What turned in the wards of London or a borough, by month (view dwo_turn_month)."""
    sql = "SELECT * FROM dwo_turn_month WHERE place_code = $place_code"
    return {each.month: each for each in store.records(Turns, sql, place_code=borough_code or LONDON_CODE)}


# ---------------------------------------------------------------- abstraction


@memoised
def places(store: Store) -> tuple[Place, ...]:
    """London, the command units and the boroughs, in this order, by name."""
    units_and_boroughs = store.records(
        Place,
        """
        SELECT 'bcu' AS kind, bcu_code AS code, bcu_name AS name FROM boroughs
        UNION
        SELECT 'borough', borough_code, borough_name FROM boroughs
        ORDER BY kind, name
        """,
    )
    return (Place(PlaceKind.LONDON, LONDON_CODE, "London"), *units_and_boroughs)


def find_place(store: Store, code: str) -> Place:
    """The place with a code of London, a command unit, a borough or a ward. Raises UnknownPlaceError."""
    asked = code.strip().upper()
    for place in places(store):
        if place.code == asked:
            return place
    sql = "SELECT 'ward' AS kind, ward_code AS code, ward_name AS name FROM ward WHERE ward_code = $code"
    wards = store.records(Place, sql, code=asked)
    if not wards:
        raise UnknownPlaceError(f"No ward, borough or command unit of London has the code {asked[:20]!r}.")
    return wards[0]


def time_months(store: Store, place: Place, day: date) -> tuple[ShareMonth, ...]:
    """The recorded time of a place in each month that had ended by the day, oldest first; months without are left
    out."""
    return store.records(
        ShareMonth,
        """
        SELECT month, boroughs_with_activity_count AS boroughs_count, true AS is_complete,
               minutes / 60 AS recorded_hours, minutes_abstracted / 60 AS elsewhere_hours,
               abstraction_pct AS elsewhere_percent
        FROM dwo_time_month
        WHERE place_kind = $kind AND place_code = $code AND as_at <= $day
        ORDER BY month
        """,
        kind=place.kind.value,
        code=place.code,
        day=day,
    )


@memoised
def activity_types(store: Store, place: Place, day: date) -> tuple[TypeYear, ...]:
    """The time of a place by type in each year whose last month had ended by the day, within a year the largest
    first."""
    sql = """
    SELECT * FROM dwo_activity_type_year WHERE geography_code = $code AND last_day(last_month) <= $day
    ORDER BY year, recorded_percent DESC, activity_type
    """
    return store.records(TypeYear, sql, code=place.code, day=day)


def strength_spread(store: Store, month: date, place_code: str) -> StrengthSpread:
    """How the strength of the wards of a borough or London is spread in a month that is stored."""
    sql = "SELECT * FROM dwo_strength_spread_month WHERE month = $month AND place_code = $place_code"
    return store.records(StrengthSpread, sql, month=month, place_code=place_code)[0]


def spread_between(store: Store, first: date, last: date, place_code: str = LONDON_CODE) -> Spread | None:
    """How far wards lie apart from the month `first` to the month `last`; None where no ward has recorded time."""
    sql = "SELECT * FROM dwo_abstraction_spread_between($first, $last) WHERE place_code = $place_code"
    return next(iter(store.records(Spread, sql, first=first, last=last, place_code=place_code)), None)


def ward_shares(store: Store, first: date, last: date, borough_code: str | None = None) -> tuple[WardShare, ...]:
    """Each ward's share of time spent elsewhere from the month `first` to the month `last`, most affected first."""
    return store.records(
        WardShare,
        """
        SELECT * FROM dwo_ward_share_between($first, $last)
        WHERE $borough_code IS NULL OR borough_code = $borough_code
        ORDER BY abstraction_pct DESC, ward_name, ward_code
        """,
        first=first,
        last=last,
        borough_code=borough_code,
    )


# ---------------------------------------------------------------- imports


def match_months(store: Store) -> tuple[MatchMonth, ...]:
    """How the rows of each month were matched; the kinds of a month add up to the workbook's own totals."""
    return store.records(MatchMonth, "SELECT * FROM dwo_match_month ORDER BY month, match_kind")


def team_reports(store: Store) -> tuple[TeamReport, ...]:
    """The teams to look at, those with the most time first within a kind."""
    sql = "SELECT * FROM dwo_team_report ORDER BY team_kind DESC, minutes DESC, borough_name, team_name"
    return store.records(TeamReport, sql)
