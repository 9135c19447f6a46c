"""What the box answers: a line of explanation and links in groups, for the dashboard and the plain form."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from string import ascii_uppercase

from transparency.core.text import in_words, listed
from transparency.core.vocabulary import today
from transparency.exhibits.exhibit import Image
from transparency.exhibits.locator import candidates_svg
from transparency.exhibits.shapes import drawn_set, shapes_on
from transparency.places.postcode_wards import EMBEDDED_LIST, ExactAnswer, ListedPlace, PostcodeWard, exact_wards
from transparency.places.postcodes import (
    Candidate,
    PostcodeAnswer,
    Query,
    looks_like_postcode,
    nearest_wards,
    other_notation,
    wards_for_postcode,
)
from transparency.places.search import MISSPELT, SearchIndex, Suggestion, is_the_city
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

MOST_SHOWN = 5  # of each group
MOST_CANDIDATES = 8
NOTHING_FOUND = "No ward, borough or place has that name. Try a postcode, or choose your borough."
ASK_WHICH = (
    "The ward with the nearest centre is the right one about three times in four: choose the one you know to be yours."
)
ALIKE = "No name is spelt like that. Did you mean one of these?"
ENDED = ("Old ward names", "old ward name", "old ward names")


# The page of a ward or a borough in an address that names one.
_OWN_PAGE = re.compile(r"^/(?:boroughs)?(?=\?(?:ward|borough)=)")


@dataclass(frozen=True)
class Choice:
    """One line of an answer: a link, what distinguishes it, and the letter it has on the map."""

    text: str
    href: str
    note: str
    letter: str = ""


@dataclass(frozen=True)
class Group:
    """Links of one kind under their heading; none where they are all there is."""

    heading: str
    choices: tuple[Choice, ...]

    def opening(self, page: str) -> Group:
        return replace(self, choices=tuple(replace(each, href=_OWN_PAGE.sub(page, each.href)) for each in self.choices))


@dataclass(frozen=True)
class Answer:
    """An explanation, complete by itself, and the choices, the likeliest first.

    `counted` says how much of what matches. `prefix` is all that is kept of a full postcode. `is_sure` where the first
    choice may be opened unseen; where it may not, `whichever` says what all choices share and `picture` shows where
    each lies.
    """

    message: str
    groups: tuple[Group, ...] = ()
    counted: str = ""
    prefix: str = ""
    is_sure: bool = True
    whichever: str = ""
    picture: Image | None = None

    @property
    def choices(self) -> tuple[Choice, ...]:
        return tuple(choice for group in self.groups for choice in group.choices)

    def opening(self, page: str) -> Answer:
        """The same with wards and boroughs opened on another page than their own."""
        return replace(self, groups=tuple(group.opening(page) for group in self.groups)) if page else self


def answer_text(index: SearchIndex, text: str) -> Answer:
    """Suggestions for a name or code; for the City of London, and for what cannot be read here, what it is."""
    if is_the_city(text):
        return Answer(THE_CITY)
    if notation := other_notation(text):
        return Answer(not_read_here(notation))
    found = index.find(text)
    if not found:
        return Answer(NOTHING_FOUND)
    best = found[0].score
    kinds = [(words, [each for each in found if _is_kind(each)]) for words, _is_kind in _KINDS]
    kinds.sort(key=lambda kind: not any(each.kind == "borough" and each.score == best for each in kind[1]))
    groups = tuple(
        Group(words[0] if len(hits) <= MOST_SHOWN else f"{words[0]}, the first {MOST_SHOWN}", _choices(hits))
        for words, hits in kinds
        if hits
    )
    counted = listed([f"{len(hits)} {words[1 if len(hits) == 1 else 2]}" for words, hits in kinds if hits])
    is_alike = best <= MISSPELT
    counted = f"{counted} {'matches' if len(found) == 1 else 'match'}"
    return Answer(ALIKE if is_alike else "", groups, counted, is_sure=not is_alike or len(found) == 1)


def _choices(found: list[Suggestion]) -> tuple[Choice, ...]:
    return tuple(_choice(each) for each in found[:MOST_SHOWN])


# What a group is called, one of it and several, and what belongs to it; the order is that of the page.
_KINDS: tuple[tuple[tuple[str, str, str], Callable[[Suggestion], bool]], ...] = (
    (("Wards", "ward", "wards"), lambda each: each.kind == "ward" and not each.note),
    (("Boroughs", "borough", "boroughs"), lambda each: each.kind == "borough"),
    (("Wards of a place", "ward of a place", "wards of a place"), lambda each: each.kind == "place"),
    (("Counters", "counter", "counters"), lambda each: each.kind == "site" and each.is_counter),
    (
        ("Other police places", "other police place", "other police places"),
        lambda each: each.kind == "site" and not each.is_counter,
    ),
    (ENDED, lambda each: each.kind == "ward" and bool(each.note)),
)


def _choice(found: Suggestion) -> Choice:
    if found.kind == "ward":
        note = f"{found.borough_name}, {found.note}" if found.note else found.borough_name
        return Choice(found.name, f"/?ward={found.code}", note)
    if found.kind == "place":
        return Choice(found.name, f"/?ward={found.code}", f"{found.borough_name}: {found.note}")
    if found.kind == "borough":
        return Choice(found.name, f"/boroughs?borough={found.code}", "borough")
    return Choice(found.name, f"/counters?site={found.code}", f"{found.note}, {found.borough_name}")


@dataclass(frozen=True)
class PostcodeWards:
    """The wards of a postcode by the list, or else the `candidates` it may be in, largest share first.

    `prefix` is all that is kept of it; `vintage` is the set the wards belong to; `across` is the ward on the other
    side of a line that it is almost on. `is_asked_in_full` where a full postcode has candidates alone.
    """

    message: str
    prefix: str
    vintage: int
    wards: tuple[PostcodeWard, ...] = ()
    across: PostcodeWard | None = None
    candidates: tuple[Candidate, ...] = ()
    is_asked_in_full: bool = False


def wards_of_postcode(store: Store, typed: str, day: date | None = None) -> PostcodeWards:
    """The ward of a full postcode by the list, in the set of wards of the day; else candidates."""
    vintage = drawn_set(day or today())
    exact = exact_wards(store, typed, vintage)
    if exact is None:
        likely = wards_for_postcode(store, typed, vintage)
        return PostcodeWards(_candidates_message(likely), likely.prefix, vintage, candidates=likely.candidates)
    if exact.place in (ListedPlace.NOT_LISTED, ListedPlace.NOT_KNOWN):
        likely = wards_for_postcode(store, exact.prefix, vintage)
        message = _candidates_message(likely)
        if likely.candidates or exact.source != EMBEDDED_LIST:  # without candidates, they say that it is not in ours
            message = f"{exact_message(exact)} {message}"
        return PostcodeWards(
            message, likely.prefix, vintage, candidates=likely.candidates, is_asked_in_full=bool(likely.candidates)
        )
    return PostcodeWards(exact_message(exact), exact.prefix, exact.vintage or vintage, exact.wards, exact.across)


def answer_postcode(store: Store, typed: str, day: date | None = None) -> Answer:
    """The wards of a postcode or of part of one, as links; those that it may be in have letters on a map."""
    found = wards_of_postcode(store, typed, day)
    choices = [
        Choice(ward.ward_name, f"/?ward={ward.ward_code}", f"{ward.borough_name}{_of_set(found.vintage)}")
        for ward in found.wards
    ]
    if found.across is not None:
        note = f"{NOT_YOUR_WARD} {found.across.borough_name}{_of_set(found.vintage)}"
        choices.append(Choice(found.across.ward_name, f"/?ward={found.across.ward_code}", note))
    candidates = found.candidates[:MOST_CANDIDATES]
    letters = ascii_uppercase if len(candidates) > 1 else " "
    choices += [
        Choice(
            candidate.ward_name,
            f"/?ward={candidate.ward_code}",
            f"{candidate.borough_name}: {100 * candidate.share:.0f}% of postcodes in {found.prefix}",
            letter.strip(),
        )
        for candidate, letter in zip(candidates, letters, strict=False)
    ]
    picture = None
    if len(candidates) > 1:
        lettered = {each.ward_code: letter for each, letter in zip(candidates, letters, strict=False)}
        alt = f"Map of {listed([f'{choice.letter}, {choice.text}' for choice in choices])}. Shapes are approximate."
        picture = Image(candidates_svg(shapes_on(store, day or today()), lettered, "Where each ward lies", alt), alt)
    groups = (Group("", tuple(choices)),) if choices else ()
    is_sure = len(choices) == 1 and not found.is_asked_in_full
    kept = found.prefix if looks_like_postcode(typed) else ""
    return Answer(found.message, groups, prefix=kept, is_sure=is_sure, picture=picture)


def _of_set(vintage: int) -> str:
    """Nothing for a ward of today."""
    return "" if vintage == 2022 else f", ward of {vintage}"


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
    """How many wards a postcode may be in, and what else is to be said of it."""
    if not found.candidates:
        return found.message
    if len(found.candidates) == 1:
        message = f"The postcodes beginning {found.prefix} lie in one ward."
    else:
        message = f"{found.prefix} covers {in_words(len(found.candidates))} wards. Which is yours?"
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
    return Answer(ASK_WHICH, (Group("", choices),), is_sure=False) if choices else Answer(found.message)
