"""What the box answers: a line of explanation and at most eight links, for the dashboard and the plain form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from transparency.core.vocabulary import today
from transparency.exhibits.shapes import drawn_set
from transparency.places.postcode_wards import EMBEDDED_LIST, ExactAnswer, ListedPlace, PostcodeWard, exact_wards
from transparency.places.postcodes import (
    Candidate,
    PostcodeAnswer,
    Query,
    nearest_wards,
    other_notation,
    wards_for_postcode,
)
from transparency.places.search import SearchIndex, Suggestion, is_the_city
from transparency.places.sentences import (
    END_UNKNOWN,
    NOT_YOUR_WARD,
    THE_CITY,
    in_the_city,
    not_in_list,
    not_read_here,
    not_your_ward,
    one_ward,
    outside_london,
    several_wards,
    withdrawn,
    without_position,
    without_ward,
)
from transparency.store.store import Store

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
    """An explanation, complete by itself, and the choices."""

    message: str
    choices: tuple[Choice, ...]


def answer_text(index: SearchIndex, text: str) -> Answer:
    """Suggestions for a name or code; for the City of London, and for what cannot be read here, what it is."""
    if is_the_city(text):
        return Answer(THE_CITY, ())
    if notation := other_notation(text):
        return Answer(not_read_here(notation), ())
    choices = tuple(_choice(found) for found in index.find(text, MOST_SHOWN))
    return Answer("" if choices else NOTHING_FOUND, choices)


def _choice(found: Suggestion) -> Choice:
    if found.kind == "ward":
        note = f"{found.borough_name}, {found.note}" if found.note else found.borough_name
        return Choice(found.name, f"/?ward={found.code}", note)
    if found.kind == "borough":
        return Choice(found.name, f"/boroughs?borough={found.code}", "borough")
    return Choice(found.name, f"/counters?site={found.code}", f"{found.note}, {found.borough_name}")


@dataclass(frozen=True)
class PostcodeWards:
    """The wards of a postcode by the list, or else the `candidates` it may be in, largest share first.

    `prefix` is all that is kept of it; `vintage` is the set the wards belong to; `across` is the ward on the other
    side of a line that it is almost on.
    """

    message: str
    prefix: str
    vintage: int
    wards: tuple[PostcodeWard, ...] = ()
    across: PostcodeWard | None = None
    candidates: tuple[Candidate, ...] = ()


def wards_of_postcode(store: Store, typed: str, day: date | None = None) -> PostcodeWards:
    """The ward of a full postcode by the list, in the set of wards of the day; else candidates."""
    exact = exact_wards(store, typed, drawn_set(day or today()))
    if exact is None:
        likely = wards_for_postcode(store, typed)
        return PostcodeWards(_candidates_message(likely), likely.prefix, 2014, candidates=likely.candidates)
    if exact.place in (ListedPlace.NOT_LISTED, ListedPlace.NOT_KNOWN):
        likely = wards_for_postcode(store, exact.prefix)
        message = _candidates_message(likely)
        if likely.candidates or exact.source != EMBEDDED_LIST:  # without candidates, they say that it is not in ours
            message = f"{exact_message(exact)} {message}"
        return PostcodeWards(message, likely.prefix, 2014, candidates=likely.candidates)
    return PostcodeWards(exact_message(exact), exact.prefix, exact.vintage or 2014, exact.wards, exact.across)


def answer_postcode(store: Store, typed: str, day: date | None = None) -> Answer:
    """The wards of a postcode or of part of one, as links."""
    found = wards_of_postcode(store, typed, day)
    wards = [
        Choice(ward.ward_name, f"/?ward={ward.ward_code}", f"{ward.borough_name}, ward of {found.vintage}")
        for ward in found.wards
    ]
    if found.across is not None:
        note = f"{NOT_YOUR_WARD} {found.across.borough_name}, ward of {found.vintage}"
        wards.append(Choice(found.across.ward_name, f"/?ward={found.across.ward_code}", note))
    candidates = [
        Choice(
            candidate.ward_name,
            f"/?ward={candidate.ward_code}",
            f"{candidate.borough_name}: {100 * candidate.share:.0f} % of postcodes in {found.prefix}",
        )
        for candidate in found.candidates[:MOST_SHOWN]
    ]
    return Answer(found.message, (*wards, *candidates))


def exact_ward_code(store: Store, typed: str, day: date | None = None) -> str | None:
    """The one ward a full postcode lies in by the list; None where there is none, or it can be another."""
    exact = exact_wards(store, typed, drawn_set(day or today()))
    return exact.wards[0].ward_code if exact and len(exact.wards) == 1 and not exact.across else None


def exact_message(exact: ExactAnswer) -> str:
    """Where a postcode lies, in a sentence or two."""
    names = [ward.ward_name for ward in exact.wards]
    if exact.terminated is not None:
        said = withdrawn(exact.prefix, exact.terminated, names[0] if len(names) == 1 else None)
        if exact.place is ListedPlace.WARD:
            return said
        return f"{said} {_place_message(exact, names)}"
    said = _place_message(exact, names)
    if exact.across is not None:
        said = f"{said} {not_your_ward(exact.across.ward_name)}"
    return f"{said} {END_UNKNOWN}" if exact.is_end_unknown else said


def _place_message(exact: ExactAnswer, names: list[str]) -> str:
    if exact.place is ListedPlace.WARD:
        if len(names) == 1:
            return one_ward(exact.prefix, names[0], exact.source)
        return several_wards(exact.prefix, names, exact.source)
    if exact.place is ListedPlace.CITY_OF_LONDON:
        return in_the_city(exact.prefix)
    if exact.place is ListedPlace.ELSEWHERE:
        return outside_london(exact.prefix)
    if exact.place is ListedPlace.NOT_LISTED:
        return not_in_list(exact.prefix, exact.source)
    return without_ward(exact.prefix) if exact.has_position else without_position(exact.prefix)


def _candidates_message(found: PostcodeAnswer) -> str:
    """In how many wards a postcode may be, and what else is to be said of it."""
    if not found.candidates:
        return found.message
    if len(found.candidates) == 1:
        message = f"All postcodes beginning {found.prefix} were in one ward in 2014."
    else:
        message = (
            f"Postcodes beginning {found.prefix} were in {len(found.candidates)} wards in 2014, "
            f"most of them in {found.candidates[0].ward_name}: choose yours."
        )
    return f"{message} {found.message}".strip()


def answer_position(store: Store, query: Query) -> Answer:
    """The three wards with the nearest centres; it asks rather than decides."""
    assert query.lat is not None and query.lon is not None  # noqa: S101 - a position has both
    found = nearest_wards(store, query.lat, query.lon)
    choices = tuple(
        Choice(
            ward.ward_name,
            f"/?ward={ward.ward_code}",
            f"{ward.borough_name}, centre {ward.distance_km:.1f} km away",
        )
        for ward in found.wards
    )
    return Answer(ASK_WHICH if choices else found.message, choices)
