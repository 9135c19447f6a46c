"""The monthly series since August 2021: strength and abstraction by ward, borough, command unit and London.

Everything here is full-time equivalents and minutes, by month. It is never joined with the posts and officers of the
2016 promise's years. A month, a borough in a month, or a rank in a ward that is not published is absent or None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from transparency.core.errors import UnknownPlaceError
from transparency.core.vocabulary import LONDON_CODE, Figure, HalfStatus, Precision, WardStatus
from transparency.months.measures import WardMonth
from transparency.store.store import Store, memoised

SOURCE_ID = "dwo-dataset"
REACH_DAYS = 365
# What the force says it takes ward officers for (GLOSSARY: abstraction), by the month it falls in.
EVENT_MONTHS = {8: "Notting Hill Carnival", 12: "New Year's Eve"}
SAID_KINDS = ("reported", "approximate", "derived")
NEED_METRICS = ("wards_second_officer_by_need", "new_dwo_high_demand", "dwo_per_ward_high_demand")
ABSTRACTION_METRICS = ("neighbourhood_aid_abstraction_percent", "dwo_routine_abstraction_percent")


class PlaceKind(StrEnum):
    """The places figures are added up for."""

    LONDON = "london"
    BCU = "bcu"
    BOROUGH = "borough"
    WARD = "ward"


@dataclass(frozen=True)
class Month:
    """A month of which something is held. `as_at` is its last day, `vintage` the ward set then in force."""

    month: date
    as_at: date
    vintage: int
    strength_rows: int
    activity_rows: int

    @property
    def event(self) -> str | None:
        """The large event that falls in the month."""
        return EVENT_MONTHS.get(self.month.month)


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
    matched_fte: float | None
    shared_fte: float | None
    unmatched_fte: float | None
    minutes: float | None
    minutes_abstracted: float | None
    matched_minutes: float | None
    shared_minutes: float | None
    unmatched_minutes: float | None
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
class TimeMonth:
    """Minutes recorded and minutes abstracted of a place in a month, and the share in per cent."""

    month: date
    minutes: float
    minutes_abstracted: float
    abstraction_pct: float

    @property
    def event(self) -> str | None:
        """The large event that falls in the month."""
        return EVENT_MONTHS.get(self.month.month)


@dataclass(frozen=True)
class ActivityType:
    """Minutes of one kind of activity of a place."""

    month: date | None
    abstraction_type: str | None
    is_abstracted: bool
    minutes: float


@dataclass(frozen=True)
class Spread:
    """How far the wards of a place lie apart in a month, each ward counted once. All are per cent of a ward's
    recorded time, and None where no ward has any."""

    month: date
    wards_count: int
    least_pct: float
    tenth_pct: float
    quarter_pct: float
    middle_pct: float
    three_quarters_pct: float
    nine_tenths_pct: float
    most_pct: float


@dataclass(frozen=True)
class WardShare:
    """A ward's share of time abstracted over some months. `months_count` are those with recorded time."""

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
    months_count: int


@dataclass(frozen=True)
class _Reported:
    """A row of the import report, which also goes out as JSON."""

    @property
    def plain(self) -> dict[str, Any]:
        """The row as values that JSON has."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


@dataclass(frozen=True)
class MatchMonth(_Reported):
    """Rows, FTE and minutes of a month by kind of match: code, name, alias, shared or unmatched."""

    month: date
    match_kind: str
    strength_rows: int
    fte: float
    activity_rows: int
    minutes: float


@dataclass(frozen=True)
class TeamReport(_Reported):
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


@dataclass(frozen=True)
class ImportedMonth(_Reported):
    """What the newest import that held a month did with it, and what its workbook was."""

    imported_on: date
    dataset: str
    month_end: date
    action: str
    month_revision: int
    rows: int
    total: float
    total_before: float | None
    rows_added: int
    rows_removed: int
    rows_rematched: int
    workbook_name: str
    workbook_sha256: str


@dataclass(frozen=True)
class ImportReport:
    """All that is known of the imports: the months held, how rows were matched, the teams to look at, the gaps."""

    months: tuple[ImportedMonth, ...]
    matches: tuple[MatchMonth, ...]
    teams: tuple[TeamReport, ...]
    missing: tuple[MissingMonths, ...]


# ---------------------------------------------------------------- months


@memoised
def months(store: Store) -> tuple[Month, ...]:
    """The months of which something is held, oldest first; empty where nothing was imported.

    Kept for each store, since every page asks.
    """
    return tuple(Month(**row) for row in store.rows("SELECT * FROM dwo_month ORDER BY month"))


def newest_month(store: Store) -> date | None:
    """The first day of the newest month held; None where nothing was imported."""
    held = months(store)
    return held[-1].month if held else None


def strength_month(store: Store, day: date) -> Month | None:
    """The newest month with strengths that had ended by the day; None where none is held."""
    return next((each for each in reversed(months(store)) if each.strength_rows and each.as_at <= day), None)


def leads(month: Month | None, day: date) -> bool:
    """Whether a day's pages lead with the month: it ended at most twelve months before."""
    return month is not None and is_in_reach(month.as_at, day)


def is_in_reach(as_at: date, day: date) -> bool:
    """Whether a month that ended on `as_at` still speaks for the day."""
    return 0 <= (day - as_at).days <= REACH_DAYS


def missing_months(store: Store) -> tuple[MissingMonths, ...]:
    """Runs of months in which a borough is missing from a sheet: missing, not zero."""
    rows = store.rows(
        """
        WITH held AS (
            SELECT 'dwo_strength' AS dataset, month, place_code AS borough_code
            FROM dwo_place_month
            WHERE place_kind = 'borough' AND boroughs_with_strength_count > 0
            UNION ALL
            SELECT 'dwo_activity', month, place_code
            FROM dwo_place_month
            WHERE place_kind = 'borough' AND boroughs_with_activity_count > 0
        ),
        absent AS (
            SELECT dataset, boroughs.borough_code, boroughs.borough_name, month
            FROM (SELECT unnest(['dwo_strength', 'dwo_activity']) AS dataset)
            CROSS JOIN dwo_month
            CROSS JOIN boroughs
            ANTI JOIN held USING (dataset, month, borough_code)
        ),
        runs AS (
            SELECT *, month - to_months(row_number() OVER (PARTITION BY dataset, borough_code ORDER BY month)::INTEGER)
                AS run
            FROM absent
        )
        SELECT dataset, borough_code, borough_name, min(month) AS first_month, max(month) AS last_month,
               count(*) AS months_count
        FROM runs
        GROUP BY dataset, borough_code, borough_name, run
        ORDER BY dataset DESC, borough_name, first_month
        """
    )
    return tuple(MissingMonths(**row) for row in rows)


# ---------------------------------------------------------------- wards and places


def ward_months(store: Store, ward_code: str) -> tuple[WardMonth, ...]:
    """A ward in every month in which its code was in force, oldest first."""
    rows = store.rows("SELECT * FROM dwo_ward_month WHERE ward_code = $ward_code ORDER BY month", ward_code=ward_code)
    return tuple(_ward_month(row) for row in rows)


def month_in_reach(known: Sequence[WardMonth], day: date) -> WardMonth | None:
    """The newest month with a strength of the ward's own that had ended by the day, at most twelve months before it."""
    return next(
        (
            each
            for each in reversed(known)
            if each.ward_status is not WardStatus.NOT_PUBLISHED and is_in_reach(each.as_at, day)
        ),
        None,
    )


def wards_in_month(store: Store, month: date, borough_code: str | None = None) -> tuple[WardMonth, ...]:
    """Every ward of London, or of a borough, in a month, in the order of their names."""
    rows = store.rows(
        """
        SELECT * FROM dwo_ward_month
        WHERE month = $month AND ($borough_code IS NULL OR borough_code = $borough_code)
        ORDER BY ward_name, ward_code
        """,
        month=month,
        borough_code=borough_code,
    )
    return tuple(_ward_month(row) for row in rows)


def _ward_month(row: dict[str, Any]) -> WardMonth:
    return WardMonth(
        **row
        | {
            "ward_status": WardStatus(row["ward_status"]),
            "constable_status": HalfStatus(row["constable_status"]),
            "pcso_status": HalfStatus(row["pcso_status"]),
        }
    )


def place_months(store: Store, kind: PlaceKind, place_code: str) -> tuple[PlaceMonth, ...]:
    """London, a command unit or a borough in every month held, oldest first."""
    rows = store.rows(
        "SELECT * FROM dwo_place_month WHERE place_kind = $kind AND place_code = $place_code ORDER BY month",
        kind=kind.value,
        place_code=place_code,
    )
    return tuple(_place_month(row) for row in rows)


def london_months(store: Store) -> tuple[PlaceMonth, ...]:
    """London in every month held, oldest first."""
    return place_months(store, PlaceKind.LONDON, LONDON_CODE)


def place_months_until(store: Store, day: date, borough_code: str | None = None) -> tuple[PlaceMonth, ...]:
    """London, or a borough, in every month held that had ended by the day, oldest first."""
    known = place_months(store, PlaceKind.BOROUGH, borough_code) if borough_code else london_months(store)
    return tuple(each for each in known if each.as_at <= day)


def borough_measure_month(store: Store, measure: str, month: date) -> list[dict[str, Any]]:
    """Every borough on one measure of the monthly rule (promise, pcs or pcsos), by name."""
    return store.rows(
        "SELECT * FROM dwo_borough_measure_month WHERE measure = $measure AND month = $month ORDER BY borough_name",
        measure=measure,
        month=month,
    )


@memoised
def leading_months(store: Store, day: date) -> dict[str, WardMonth]:
    """Of every ward the newest month with a strength of its own that still speaks for the day, by code."""
    rows = store.rows(
        """
        SELECT * FROM dwo_ward_month
        WHERE as_at BETWEEN $first AND $day AND ward_status <> 'not_published'
        QUALIFY row_number() OVER (PARTITION BY ward_code ORDER BY month DESC) = 1
        """,
        first=day - timedelta(days=REACH_DAYS),
        day=day,
    )
    return {row["ward_code"]: _ward_month(row) for row in rows}


def places_in_month(store: Store, kind: PlaceKind, month: date) -> tuple[PlaceMonth, ...]:
    """Every borough, or every command unit, in a month, in the order of their names.

    Wards above the minimum and officers per 10,000 residents are among their figures.
    """
    rows = store.rows(
        "SELECT * FROM dwo_place_month WHERE place_kind = $kind AND month = $month ORDER BY place_name",
        kind=kind.value,
        month=month,
    )
    return tuple(_place_month(row) for row in rows)


def _place_month(row: dict[str, Any]) -> PlaceMonth:
    return PlaceMonth(**row | {"place_kind": PlaceKind(row["place_kind"])})


def wards_above_minimum(store: Store, month: date) -> tuple[WardMonth, ...]:
    """The wards with more than two constables or more than one PCSO in a month, those with most constables first."""
    rows = store.rows(
        """
        SELECT * FROM dwo_ward_month
        WHERE month = $month AND is_above_minimum
        ORDER BY constable_fte DESC NULLS LAST, pcso_fte DESC NULLS LAST, ward_name, ward_code
        """,
        month=month,
    )
    return tuple(_ward_month(row) for row in rows)


# ---------------------------------------------------------------- from one month to the next


@dataclass(frozen=True)
class WardChange:
    """A ward in a month in which its strength or its status is not that of the month before.

    The month before is None throughout where it is not held, as for the first month of a ward.
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
    """The months in which something changed in a ward, newest first; months with nothing of its own are no change."""
    rows = store.rows(
        """
        WITH beside AS (
            SELECT now.month, now.as_at, now.ward_name, now.ward_status AS status, before.ward_status AS status_before,
                   now.constable_fte, before.constable_fte AS constable_fte_before,
                   now.pcso_fte, before.pcso_fte AS pcso_fte_before, now.abstraction_pct
            FROM dwo_ward_month AS now
            LEFT JOIN dwo_ward_month AS before
                ON before.ward_code = now.ward_code AND before.month = now.month - INTERVAL 1 MONTH
            WHERE now.ward_code = $ward_code
        )
        SELECT * FROM beside
        WHERE status IS DISTINCT FROM coalesce(status_before, 'not_published')
           OR constable_fte IS DISTINCT FROM constable_fte_before
           OR pcso_fte IS DISTINCT FROM pcso_fte_before
        ORDER BY month DESC
        """,
        ward_code=ward_code,
    )
    return tuple(
        WardChange(
            **row
            | {
                "status": WardStatus(row["status"]),
                "status_before": WardStatus(row["status_before"]) if row["status_before"] else None,
            }
        )
        for row in rows
    )


@dataclass(frozen=True)
class Turns:
    """The wards of a place by name whose standing turned from the month before: came to meet the promise from being
    short of it, fell short of it from meeting it, and known before but not published now."""

    came_to_meet: tuple[str, ...]
    fell_short: tuple[str, ...]
    no_longer_published: tuple[str, ...]


def turns(store: Store, borough_code: str | None = None) -> dict[date, Turns]:
    """What turned in the wards of London or a borough in each month whose month before is held with the same wards."""
    rows = store.rows(
        """
        SELECT
            now.month,
            coalesce(list(now.ward_name ORDER BY now.ward_name) FILTER (
                now.ward_status = 'met' AND before.ward_status IN ('pcs_short', 'pcso_short', 'both_short')
            ), []) AS came_to_meet,
            coalesce(list(now.ward_name ORDER BY now.ward_name) FILTER (
                before.ward_status = 'met' AND now.ward_status IN ('pcs_short', 'pcso_short', 'both_short')
            ), []) AS fell_short,
            coalesce(list(now.ward_name ORDER BY now.ward_name) FILTER (
                before.ward_status <> 'not_published' AND now.ward_status = 'not_published'
            ), []) AS no_longer_published
        FROM dwo_ward_month AS now
        JOIN dwo_ward_month AS before
            ON before.ward_code = now.ward_code AND before.month = now.month - INTERVAL 1 MONTH
           AND before.vintage = now.vintage
        WHERE $borough_code IS NULL OR now.borough_code = $borough_code
        GROUP BY now.month
        """,
        borough_code=borough_code,
    )
    return {
        row["month"]: Turns(tuple(row["came_to_meet"]), tuple(row["fell_short"]), tuple(row["no_longer_published"]))
        for row in rows
    }


# ---------------------------------------------------------------- abstraction


@memoised
def places(store: Store) -> tuple[Place, ...]:
    """London, the command units and the boroughs, in this order, by name."""
    rows = store.rows(
        """
        SELECT 'bcu' AS kind, bcu_code AS code, bcu_name AS name FROM boroughs
        UNION
        SELECT 'borough', borough_code, borough_name FROM boroughs
        ORDER BY kind, name
        """
    )
    return (
        Place(PlaceKind.LONDON, LONDON_CODE, "London"),
        *(Place(PlaceKind(row["kind"]), row["code"], row["name"]) for row in rows),
    )


def find_place(store: Store, code: str) -> Place:
    """The place with a code of London, a command unit, a borough or a ward. Raises UnknownPlaceError."""
    asked = code.strip().upper()
    for place in places(store):
        if place.code == asked:
            return place
    rows = store.rows("SELECT ward_code AS code, ward_name AS name FROM ward WHERE ward_code = $code", code=asked)
    if not rows:
        raise UnknownPlaceError(f"No ward, borough or command unit of London has the code {asked[:20]!r}.")
    return Place(PlaceKind.WARD, rows[0]["code"], rows[0]["name"])


def time_months(store: Store, place: Place, day: date) -> tuple[TimeMonth, ...]:
    """The recorded time of a place in each month that had ended by the day, oldest first; months without are left
    out."""
    rows = store.rows(
        """
        SELECT month, minutes, minutes_abstracted, abstraction_pct
        FROM (
            SELECT 'ward' AS place_kind, ward_code AS place_code, month, as_at, minutes, minutes_abstracted,
                   abstraction_pct
            FROM dwo_ward_month
            UNION ALL
            SELECT place_kind, place_code, month, as_at, minutes, minutes_abstracted, abstraction_pct
            FROM dwo_place_month
        )
        WHERE place_kind = $kind AND place_code = $code AND as_at <= $day AND minutes > 0
        ORDER BY month
        """,
        kind=place.kind.value,
        code=place.code,
        day=day,
    )
    return tuple(TimeMonth(**row) for row in rows)


def activity_types(store: Store, kind: PlaceKind, place_code: str) -> tuple[ActivityType, ...]:
    """Minutes by month and type of a place, abstracted types first within a month, largest first."""
    rows = store.rows(
        """
        SELECT month, abstraction_type, is_abstracted, minutes
        FROM dwo_activity_type_month
        WHERE place_kind = $kind AND place_code = $place_code
        ORDER BY month, is_abstracted DESC, minutes DESC, abstraction_type
        """,
        kind=kind.value,
        place_code=place_code,
    )
    return tuple(ActivityType(**row) for row in rows)


def activity_types_between(
    store: Store, kind: PlaceKind, place_code: str, first: date, last: date
) -> tuple[ActivityType, ...]:
    """Minutes by type of a place, added up from the month `first` to the month `last`; `month` is None."""
    rows = store.rows(
        """
        SELECT NULL AS month, abstraction_type, is_abstracted, sum(minutes) AS minutes
        FROM dwo_activity_type_month
        WHERE place_kind = $kind AND place_code = $place_code AND month BETWEEN $first AND $last
        GROUP BY abstraction_type, is_abstracted
        ORDER BY is_abstracted DESC, minutes DESC, abstraction_type
        """,
        kind=kind.value,
        place_code=place_code,
        first=first,
        last=last,
    )
    return tuple(ActivityType(**row) for row in rows)


def spread(store: Store, place_code: str = LONDON_CODE) -> tuple[Spread, ...]:
    """How far wards of London, or of a borough, lie apart in each month, oldest first."""
    rows = store.rows(
        """
        SELECT * EXCLUDE (place_kind, place_code)
        FROM dwo_abstraction_spread_month
        WHERE place_code = $place_code
        ORDER BY month
        """,
        place_code=place_code,
    )
    return tuple(Spread(**row) for row in rows)


def ward_shares(store: Store, first: date, last: date, borough_code: str | None = None) -> tuple[WardShare, ...]:
    """Each ward's share of time abstracted from the month `first` to the month `last`, most affected first.

    The share of several months is that of their minutes together. A ward that is not in the set of the last of them,
    or has no recorded time of its own, is not there.
    """
    rows = store.rows(
        """
        SELECT ward_code, arg_max(ward_name, month) AS ward_name, borough_code, borough_name,
               count(*) AS months_count,
               sum(minutes) AS minutes,
               sum(minutes_abstracted) AS minutes_abstracted,
               100 * sum(minutes_abstracted) / sum(minutes) AS abstraction_pct
        FROM dwo_ward_month
        JOIN boroughs USING (borough_code)
        WHERE month BETWEEN $first AND $last AND minutes > 0
          AND ($borough_code IS NULL OR borough_code = $borough_code)
          AND ward_code IN (
              SELECT ward_code FROM ward_in_set
              WHERE vintage = (SELECT max(vintage) FROM dwo_month WHERE month BETWEEN $first AND $last)
          )
        GROUP BY ward_code, borough_code, borough_name
        ORDER BY abstraction_pct DESC, ward_name, ward_code
        """,
        first=first,
        last=last,
        borough_code=borough_code,
    )
    return tuple(WardShare(**row) for row in rows)


def published_abstraction(store: Store) -> tuple[Figure, ...]:
    """What was said of abstraction before and beside the monthly series, oldest first, each with its source."""
    said = (figure for figure in _published(store, ABSTRACTION_METRICS) if figure.kind in SAID_KINDS)
    return tuple(said)


def published_need(store: Store) -> tuple[Figure, ...]:
    """What was said or planned of wards that get more than the minimum, oldest first, each with its source."""
    return _published(store, NEED_METRICS)


def _published(store: Store, metrics: Sequence[str]) -> tuple[Figure, ...]:
    rows = store.rows(
        """
        SELECT figures.geography_code, figures.metric, figures.value, figures.unit, figures.kind, figures.as_at,
               figures.as_at_precision AS precision, figures.note, sources.publisher, sources.title, sources.url,
               figures.source_id
        FROM current_published_figures AS figures
        JOIN current_sources AS sources USING (source_id)
        WHERE list_contains($metrics, figures.metric)
        ORDER BY figures.as_at, figures.metric
        """,
        metrics=list(metrics),
    )
    return tuple(Figure(**row | {"precision": Precision(row["precision"])}) for row in rows)


# ---------------------------------------------------------------- imports


def match_months(store: Store) -> tuple[MatchMonth, ...]:
    """How the rows of each month were matched; the kinds of a month add up to the workbook's own totals."""
    return tuple(MatchMonth(**row) for row in store.rows("SELECT * FROM dwo_match_month ORDER BY month, match_kind"))


def team_reports(store: Store) -> tuple[TeamReport, ...]:
    """The teams to look at, those with the most time first within a kind."""
    rows = store.rows("SELECT * FROM dwo_team_report ORDER BY team_kind DESC, minutes DESC, borough_name, team_name")
    return tuple(TeamReport(**row) for row in rows)


def imported_months(store: Store) -> tuple[ImportedMonth, ...]:
    """What the newest import that held a month did with it, by dataset and month."""
    rows = store.rows(
        """
        SELECT as_at AS imported_on, dataset, month_end, action, month_revision, rows, total, total_before,
               rows_added, rows_removed, rows_rematched, workbook_name, workbook_sha256
        FROM all_dwo_imports
        QUALIFY row_number() OVER (PARTITION BY dataset, month_end ORDER BY snapshot_as_at DESC, revision DESC) = 1
        ORDER BY dataset DESC, month_end
        """
    )
    return tuple(ImportedMonth(**row) for row in rows)


def import_report(store: Store) -> ImportReport:
    """The import report, as the downloads page shows it."""
    return ImportReport(imported_months(store), match_months(store), team_reports(store), missing_months(store))
