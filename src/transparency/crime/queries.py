"""Recorded crime of wards, boroughs and London by a day: the newest twelve months, those before them, their groups.

What is known changes with the month, so answers are kept by the last month that had ended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from transparency.core.vocabulary import Precision
from transparency.exhibits.exhibit import Source
from transparency.published.queries import sources_by_id
from transparency.store.store import Store, memoised


@dataclass(frozen=True)
class WardCrime:
    """Offences recorded in a ward in twelve months; changes in per cent, None where the earlier year is not whole.

    `quarter_of_wards` is 1 for the quarter of London's wards with the fewest offences and 4 for that with the most.
    """

    ward_code: str
    ward_name: str
    borough_code: str
    borough_name: str
    year_ending: date
    offences: int
    quarter_of_wards: int
    offences_per_1000: float | None
    borough_offences_per_1000: float | None
    london_median_per_1000: float | None
    offences_year_before: int | None
    change_on_year_before_percent: float | None
    offences_year_of_promise: int | None
    change_on_year_of_promise_percent: float | None
    crosses_systems: bool
    year_before_crosses_systems: bool | None
    year_before_has_lockdowns: bool | None
    year_of_promise_crosses_systems: bool


@dataclass(frozen=True)
class CrimeYear:
    """Offences recorded in a ward in the twelve months to a day; of both recording systems where it crosses them."""

    year_ending: date
    offences: int
    crosses_systems: bool


@dataclass(frozen=True)
class CrimeGroup:
    """Offences of one group recorded in a ward in a year to the end of February."""

    year_ending: date
    offence_group: str
    offences: int


@dataclass(frozen=True)
class BoroughCrime:
    """Offences recorded in a borough's wards in twelve months; None where a ward has a month missing."""

    borough_code: str
    borough_name: str
    year_ending: date
    offences: int | None
    offences_per_1000: float | None
    wards_count: int
    wards_in_highest_quarter_count: int


@dataclass(frozen=True)
class LondonCrime:
    """London's wards in twelve months, and how far they lie apart per 1,000 residents; None where a ward is missing."""

    year_ending: date
    crosses_systems: bool
    wards_count: int
    offences: int
    offences_per_1000: float | None
    lower_quartile_per_1000: float
    median_per_1000: float
    upper_quartile_per_1000: float
    most_100_wards_percent: float


@dataclass(frozen=True)
class WardCrimeRecord:
    """A ward's newest twelve months, the years to them, oldest first, its newest year to February by group, the
    largest first, and the sources."""

    year: WardCrime
    years: tuple[CrimeYear, ...]
    groups: tuple[CrimeGroup, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class BoroughCrimeRecord:
    """A borough's newest twelve months, those of its wards, by name, and the sources."""

    year: BoroughCrime
    wards: tuple[WardCrime, ...]
    sources: tuple[Source, ...]


def month_end(day: date) -> date:
    """The last day of the newest month that had ended by a day."""
    return (day + timedelta(days=1)).replace(day=1) - timedelta(days=1)


def ward_crime(store: Store, ward_code: str, day: date) -> WardCrimeRecord | None:
    """What is recorded of a ward; None for a ward of an older set, or where no twelve months are known."""
    return _record(store, ward_code, month_end(day))


@memoised
def _record(store: Store, ward_code: str, ended: date) -> WardCrimeRecord | None:
    year = wards_crime(store, ended).get(ward_code)
    if year is None:
        return None
    return WardCrimeRecord(
        year,
        _years(store, year.borough_code, year.year_ending).get(ward_code, ()),
        _groups(store, year.borough_code, ended).get(ward_code, ()),
        crime_sources(store, year.year_ending),
    )


@memoised
def _years(store: Store, borough_code: str, year_ending: date) -> Mapping[str, tuple[CrimeYear, ...]]:
    """The twelve months to a day and those before them of each ward of a borough, oldest first."""
    return store.records_by(
        "ward_code",
        CrimeYear,
        """
        SELECT years.*
        FROM ward_crime_years_to(date_trunc('month', $year_ending::DATE), $most_years) AS years
        JOIN ward USING (ward_code)
        WHERE borough_code = $borough_code
        ORDER BY ward_code, year_ending
        """,
        year_ending=year_ending,
        most_years=MOST_YEARS,
        borough_code=borough_code,
    )


@memoised
def _groups(store: Store, borough_code: str, ended: date) -> Mapping[str, tuple[CrimeGroup, ...]]:
    """The groups of offences of each ward of a borough by a month's end, the largest first."""
    return store.records_by(
        "ward_code",
        CrimeGroup,
        """
        SELECT groups.*
        FROM ward_crime_group_on($day) AS groups
        JOIN ward USING (ward_code)
        WHERE borough_code = $borough_code
        ORDER BY ward_code, offences DESC, offence_group
        """,
        day=ended,
        borough_code=borough_code,
    )


MOST_YEARS = 100


@memoised
def wards_crime(store: Store, ended: date) -> Mapping[str, WardCrime]:
    """Each ward of the 2022 set by a month's end, in the order of names."""
    rows = store.records(
        WardCrime,
        """
        SELECT crime.*, ward_name, borough_name
        FROM ward_crime_on($day) AS crime
        JOIN ward USING (ward_code)
        ORDER BY ward_name
        """,
        day=ended,
    )
    return {row.ward_code: row for row in rows}


@memoised
def boroughs_crime(store: Store, ended: date) -> tuple[BoroughCrime, ...]:
    """Each borough by a month's end, by name; none where no twelve months are known."""
    sql = "SELECT * FROM borough_crime_on($day) WHERE year_ending IS NOT NULL ORDER BY borough_name"
    return store.records(BoroughCrime, sql, day=ended)


def borough_crime(store: Store, borough_code: str, day: date) -> BoroughCrimeRecord | None:
    """What is recorded of a borough and its wards; None where no twelve months are known."""
    ended = month_end(day)
    year = next((each for each in boroughs_crime(store, ended) if each.borough_code == borough_code), None)
    if year is None:
        return None
    wards = tuple(ward for ward in wards_crime(store, ended).values() if ward.borough_code == borough_code)
    return BoroughCrimeRecord(year, wards, crime_sources(store, year.year_ending))


@memoised
def london_crime(store: Store, ended: date) -> LondonCrime | None:
    """London by a month's end; None where no twelve months are known."""
    return next(iter(store.records(LondonCrime, "SELECT * FROM london_crime_on($day)", day=ended)), None)


@memoised
def has_crime(store: Store) -> bool:
    """Whether any recorded crime is on this site."""
    return bool(store.rows("SELECT 1 AS is_there FROM current_ward_crime_month LIMIT 1"))


@memoised
def crime_sources(store: Store, year_ending: date) -> tuple[Source, ...]:
    """Where the months up to a day were read."""
    sql = """
        SELECT DISTINCT source_id
        FROM current_ward_crime_month
        WHERE month <= $year_ending
        ORDER BY source_id
    """
    sources = [sources_by_id(store)[row["source_id"]] for row in store.rows(sql, year_ending=year_ending)]
    return tuple(
        Source(each["publisher"], each["title"], each["url"], year_ending, Precision.MONTH, each["published_on"])
        for each in sources
    )
