"""Recorded crime of a ward on a day: the twelve months ended by it, their changes and groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from transparency.exhibits.exhibit import Source
from transparency.published.queries import sources_by_id
from transparency.store.store import Store, memoised


@dataclass(frozen=True)
class WardCrime:
    """Offences recorded in a ward in twelve months; changes in per cent, None where the earlier year is not whole.

    `quarter_of_wards` is 1 for the quarter of London's wards with the fewest offences and 4 for that with the most.
    """

    ward_code: str
    year_ending: date
    offences: int
    change_on_year_before_percent: float | None
    year_before_crosses_systems: bool | None
    offences_year_of_promise: int | None
    change_on_year_of_promise_percent: float | None
    year_of_promise_crosses_systems: bool
    offences_per_1000: float | None
    quarter_of_wards: int


@dataclass(frozen=True)
class CrimeGroup:
    """Offences of one group recorded in a ward in a year to the end of February."""

    year_ending: date
    offence_group: str
    offences: int


@dataclass(frozen=True)
class WardCrimeRecord:
    """The twelve months of a ward, its newest year to February by group, the largest first, and the source."""

    year: WardCrime
    groups: tuple[CrimeGroup, ...]
    source: Source


@memoised
def _wards(store: Store, day: date) -> dict[str, WardCrime]:
    return {each.ward_code: each for each in store.records(WardCrime, "SELECT * FROM ward_crime_on($day)", day=day)}


def ward_crime(store: Store, ward_code: str, day: date) -> WardCrimeRecord | None:
    """What is recorded of a ward; None for a ward of an older set, or where no whole year is known."""
    year = _wards(store, day).get(ward_code)
    if year is None:
        return None
    return WardCrimeRecord(year, _groups(store, ward_code, day), _source(store, ward_code))


def _groups(store: Store, ward_code: str, day: date) -> tuple[CrimeGroup, ...]:
    """The newest year to February by group, the largest first."""
    sql = "SELECT * FROM ward_crime_group_on($day) WHERE ward_code = $ward_code ORDER BY offences DESC, offence_group"
    return store.records(CrimeGroup, sql, day=day, ward_code=ward_code)


def _source(store: Store, ward_code: str) -> Source:
    """Where the newest month of the ward was read."""
    sql = (
        "SELECT source_id, month FROM current_ward_crime_month WHERE ward_code = $ward_code ORDER BY month DESC LIMIT 1"
    )
    (row,) = store.rows(sql, ward_code=ward_code)
    source = sources_by_id(store)[row["source_id"]]
    return Source(source["publisher"], source["title"], source["url"], published_on=source["published_on"])
