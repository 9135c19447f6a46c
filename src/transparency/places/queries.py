"""Wards and boroughs: which there are, and what a code is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from transparency.core.errors import UnknownPlaceError
from transparency.core.vocabulary import Borough
from transparency.store.store import Store, memoised

CITY_OF_LONDON_CODE = "E09000001"


@memoised
def all_boroughs(store: Store) -> tuple[Borough, ...]:
    """The 32 boroughs in alphabetical order."""
    rows = store.rows(
        """
        SELECT borough_code, borough_name, bcu_code, bcu_name, pathfinder_2017 AS is_pathfinder
        FROM boroughs
        ORDER BY borough_name
        """
    )
    return tuple(Borough(**row) for row in rows)


def find_borough(store: Store, borough_code: str) -> Borough:
    """The borough with this code. Raises UnknownPlaceError, saying what the code is where that is known."""
    code = borough_code.strip().upper()
    for borough in all_boroughs(store):
        if borough.borough_code == code:
            return borough
    raise UnknownPlaceError(_what_borough_is(code))


def borough_named(store: Store, text: str) -> Borough:
    """The borough with this name or code. Raises UnknownPlaceError."""
    name = " ".join(text.split()).casefold()
    found = (borough for borough in all_boroughs(store) if borough.borough_name.casefold() == name)
    return next(found, None) or find_borough(store, text)


def _what_borough_is(code: str) -> str:
    shown = code[:20]
    if code == CITY_OF_LONDON_CODE:
        return f"{shown} is the City of London, which has its own police force and is not part of the promise."
    if len(code) == 9 and code.startswith("E09") and code[3:].isdigit():
        return f"No borough of London has the code {shown}. They run from E09000002 to E09000033."
    if len(code) == 9 and code.startswith("E05") and code[3:].isdigit():
        return f"{shown} is the code of a ward, not of a borough."
    return f"{shown!r} is not a borough code. Borough codes look like E09000007."


CITY_WARD_NUMBERS = range(9288, 9313)


@dataclass(frozen=True)
class Ward:
    """A ward under its newest name, with the days its code was in force (None: from the start; still)."""

    ward_code: str
    ward_name: str
    borough_code: str
    borough_name: str
    in_force_from: date | None
    in_force_to: date | None
    first_vintage: int
    last_vintage: int
    lat: float | None
    lon: float | None

    def is_in_force(self, day: date) -> bool:
        started = self.in_force_from is None or self.in_force_from <= day
        return started and (self.in_force_to is None or day <= self.in_force_to)


def find_ward(store: Store, ward_code: str) -> Ward:
    """The ward with this code in any set.

    Raises UnknownPlaceError, saying what the code is where that is known.
    """
    found = wards_by_code(store).get(ward_code)
    if found is None:
        raise UnknownPlaceError(_what_ward_is(ward_code))
    return found


@memoised
def wards_by_code(store: Store) -> Mapping[str, Ward]:
    """Every ward of every set, by code."""
    return {row["ward_code"]: Ward(**row) for row in store.rows("SELECT * FROM ward")}


def _what_ward_is(code: str) -> str:
    """Why a code opens no ward."""
    shown = code[:20]
    if code == CITY_OF_LONDON_CODE or (
        code.startswith("E0500") and code[3:].isdigit() and int(code[3:]) in CITY_WARD_NUMBERS
    ):
        return (
            f"{shown} is in the City of London, which has its own police force and is not part of the promise: "
            "it is not covered here."
        )
    if len(code) == 9 and code.startswith("E05") and code[3:].isdigit():
        return f"No ward of London has the code {shown} in the sets of 2014, 2018 or 2022."
    if len(code) == 9 and code.startswith("E09") and code[3:].isdigit():
        return f"{shown} is the code of a borough, not of a ward."
    return f"{shown!r} is not a ward code. Ward codes look like E05000139."
