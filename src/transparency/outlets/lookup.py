"""What the box answers: a line of explanation and at most eight links, for the dashboard and the plain form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from transparency.queries.postcodes import Query, nearest_wards, wards_for_postcode
from transparency.queries.search import SearchIndex, Suggestion

if TYPE_CHECKING:
    from transparency.store import Store

MOST_SHOWN = 8
NOTHING_FOUND = (
    "Nothing of that name is known here. Try the ward's name, the borough, a postcode, or browse the boroughs."
)
ASK_WHICH = (
    "The ward with the nearest centre is the right one about three times in four: choose the one you know to be yours."
)


@dataclass(frozen=True)
class Choice:
    """One line of an answer: a link and what distinguishes it."""

    text: str
    href: str
    note: str


@dataclass(frozen=True)
class Answer:
    """An explanation, which can stand alone, and the choices."""

    message: str
    choices: tuple[Choice, ...]


def answer_text(index: SearchIndex, text: str) -> Answer:
    """Suggestions for a name or code."""
    choices = tuple(_choice(found) for found in index.find(text, MOST_SHOWN))
    return Answer("" if choices else NOTHING_FOUND, choices)


def _choice(found: Suggestion) -> Choice:
    if found.kind == "ward":
        note = f"{found.borough_name}, {found.note}" if found.note else found.borough_name
        return Choice(found.name, f"/?ward={found.code}", note)
    if found.kind == "borough":
        return Choice(found.name, f"/boroughs?borough={found.code}", "borough")
    return Choice(found.name, f"/counters?site={found.code}", f"{found.note}, {found.borough_name}")


def answer_postcode(store: Store, typed: str) -> Answer:
    """Candidate wards of a postcode or part of one, largest share first; keeps the prefix only."""
    found = wards_for_postcode(store, typed)
    if not found.candidates:
        return Answer(found.message, ())
    first = found.candidates[0]
    if len(found.candidates) == 1:
        message = f"All postcodes beginning {found.prefix} were in one ward in 2014."
    else:
        message = (
            f"Postcodes beginning {found.prefix} were in {len(found.candidates)} wards in 2014, "
            f"most of them in {first.ward_name}: choose yours."
        )
    choices = tuple(
        Choice(
            candidate.ward_name,
            f"/?ward={candidate.ward_code}",
            f"{candidate.borough_name}: {100 * candidate.share:.0f} % of postcodes in {found.prefix}",
        )
        for candidate in found.candidates[:MOST_SHOWN]
    )
    return Answer(f"{message} {found.message}".strip(), choices)


def answer_position(store: Store, query: Query) -> Answer:
    """The three wards with the nearest centres; it asks rather than decides."""
    assert query.lat is not None and query.lon is not None  # noqa: S101 - a position has both
    found = nearest_wards(store, query.lat, query.lon, 2022)
    choices = tuple(
        Choice(
            ward.ward_name,
            f"/?ward={ward.ward_code}",
            f"{ward.borough_name}, centre {ward.distance_km:.1f} km away",
        )
        for ward in found.wards
    )
    return Answer(ASK_WHICH if choices else found.message, choices)
