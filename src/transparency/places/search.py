"""Find a ward, a borough, a place or a site by what somebody typed, forgiving of how they typed it.

What is there today comes before what has ended, and an exact or begun name before a misspelt one: where there is one,
nothing is guessed from likeness. `likeness.py` says how names are compared.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from transparency.exhibits.content import content_rows
from transparency.places.likeness import Tails, Words, allowed_slips, is_like, is_like_its_words
from transparency.store.store import Store

Kind = Literal["ward", "borough", "place", "site"]

MISSPELT = 0.5  # the score of a name one slip away; those spelt right have more
LONGEST_TEXT = 80  # letters read of a text; the longest name of London has under 60

SITE_KINDS = {
    "front_counter": "counter",
    "dwo_hub": "police base, not open to the public",
    "safer_neighbourhood_base": "police base, not open to the public",
    "contact_point": "contact point",
    "contact_session": "contact session",
    "police_office": "police office",
}
_KIND_ORDER: dict[Kind, int] = {"ward": 0, "borough": 1, "place": 2, "site": 3}

_CODE = re.compile(r"(?<![a-z0-9])e0[59]\d{6}(?!\d)")
_STYLE = re.compile(r"^(?:the )?(?:(?:london |royal )?borough|lb|city) of (?!london)|\bcity council$")
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile(r"['‘’ʼ`´]")
_SILENT = frozenset({"and", "ward", "wards", "police", "policing", "station", "council"})
_SILENT_PHRASES = re.compile(
    r"\b(?:safer )?neighbourhoods? (?:policing )?teams?\b|\bdedicated ward officers?\b|\bsnt\b"
)
# London, its country and a postcode's first part, as addresses have them after a name; some wards begin with "London".
_COUNTRY = r"(?:(?:greater |inner |outer )?london|england|united kingdom|great britain|u\.?k\.?|gb)"
_AROUND_A_NAME = re.compile(rf"(?i:^\s*{_COUNTRY}\s*,|(?:[\s,]+(?:{_COUNTRY}|[a-z]{{1,2}}\d[a-z\d]?))+[\s,.]*$)")
_CITY = re.compile(
    r"(?:the )?(?:city|corporation) of london(?: corporation| police)?(?: (?:greater )?london)?(?: england)?(?: uk)?|"
    r"(?:the )?square mile|london city|the city|e09000001"
)


@dataclass(frozen=True, slots=True)
class WardRow:
    """A ward of one set: `vintage` 2014, 2018 or 2022."""

    ward_code: str
    ward_name: str
    borough_code: str
    vintage: int


@dataclass(frozen=True, slots=True)
class BoroughRow:
    """A borough."""

    borough_code: str
    borough_name: str


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A police site: counter, hub, base, contact point or session."""

    site_id: str
    site_name: str
    site_kind: str
    borough_code: str


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place people name and a ward of today: `is_within` where its middle lies in that ward, else is near it.

    Two places of one name are told from each other by the latitude of their middle."""

    place_name: str
    ward_code: str
    ward_name: str
    borough_name: str
    is_within: bool
    lat: float


@dataclass(frozen=True, slots=True)
class WardSet:
    """A set of wards and the last day it was in force; None while it still is."""

    vintage: int
    in_force_to: date | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line under the box. `note` says when an earlier ward ended ("until May 2018"), what a site is or how a ward
    lies to a place; it is empty for a ward of today. `score` runs from 1 (the very name) towards 0."""

    kind: Kind
    code: str
    name: str
    borough_name: str
    note: str
    score: float
    is_counter: bool = False


@dataclass(frozen=True, slots=True)
class _Name:
    """A name as it is compared, and what bears it in one borough, newest first.

    `ages` counts the sets of wards since each bearer was in force: 0 is today."""

    text: str
    kind: Kind
    borough_name: str
    bearers: tuple[Suggestion, ...]
    ages: tuple[int, ...]


def normalise(text: str) -> str:
    """The form in which names are compared: small letters without accents, apostrophes or punctuation;
    "saint" as "st"; without "&", "and", "ward", "police", "station", "Safer Neighbourhood Team" and
    "London Borough of"."""
    plain = unicodedata.normalize("NFKD", text[:LONGEST_TEXT]).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = _NOT_A_WORD.sub(" ", _APOSTROPHES.sub("", plain)).strip()
    words = _SILENT_PHRASES.sub(" ", words).strip() or words
    kept = ["st" if word == "saint" else word for word in _STYLE.sub("", words).split() if word not in _SILENT]
    return " ".join(kept) or words


def is_the_city(text: str) -> bool:
    """Whether a text names the City of London, which has its own police force and is in no set of wards."""
    typed = _NOT_A_WORD.sub(" ", unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).casefold()).strip()
    return _CITY.fullmatch(typed) is not None


class SearchIndex:
    """Every ward of the three sets, every borough and every site, ready to be searched.

    Built once from a store and never changed; safe to share between threads.
    """

    def __init__(
        self,
        wards: Iterable[WardRow],
        boroughs: Iterable[BoroughRow],
        sites: Iterable[SiteRow],
        ward_sets: Iterable[WardSet],
        short_names: Iterable[Mapping[str, str]] = (),
        places: Iterable[PlaceRow] = (),
    ) -> None:
        borough_names = {row.borough_code: row.borough_name for row in boroughs}
        names = [
            *_ward_names(wards, borough_names, {row.vintage: row.in_force_to for row in ward_sets}),
            *_borough_names(borough_names),
            *_place_names(places),
            *_site_names(sites, borough_names),
        ]
        self._names = tuple(names)
        self._by_short_name = _by_short_name(short_names, borough_names)
        coded = [name for name in names if name.kind in ("ward", "borough")]
        self._by_code = {bearer.code: bearer for name in coded for bearer in name.bearers}
        self._tails = Tails([name.text for name in names])
        self._words = Words([name.text for name in names], [normalise(n.borough_name) for n in names])

    @classmethod
    def from_store(cls, store: Store) -> SearchIndex:
        """The index of a store's wards, boroughs and current sites."""
        wards = store.rows(
            """
            SELECT ward_code, ward_name, borough_code, 2014 AS vintage FROM wards_2014
            UNION ALL SELECT ward_code, ward_name, borough_code, 2018 FROM wards_2018
            UNION ALL SELECT ward_code, ward_name, borough_code, 2022 FROM wards_2022
            """
        )
        boroughs = store.rows("SELECT borough_code, borough_name FROM boroughs")
        sites = store.rows("SELECT site_id, site_name, site_kind, borough_code FROM current_sites")
        ward_sets = store.rows("SELECT vintage, CAST(in_force_to AS DATE) AS in_force_to FROM ward_sets")
        return cls(
            wards=[WardRow(**row) for row in wards],
            boroughs=[BoroughRow(**row) for row in boroughs],
            sites=[SiteRow(**row) for row in sites],
            ward_sets=[WardSet(**row) for row in ward_sets],
            short_names=content_rows("borough_short_names"),
            places=store.records(
                PlaceRow,
                """
                SELECT place_name, ward_code, ward_name, borough_name, is_within, place_names.lat
                FROM place_names JOIN wards_2022 USING (ward_code) JOIN boroughs USING (borough_code)
                ORDER BY place_name, place_names.lat, is_within DESC, ward_name
                """,
            ),
        )

    def find(self, text: str) -> tuple[Suggestion, ...]:
        """Every suggestion for a text, best first; none where nothing is near.

        A GSS code in the text (E05… or E09…) answers for itself: that ward or borough alone, or nothing.
        What is there today comes before wards that have ended. Where a ward has a whole word that was typed, those
        that only begin with it are left out. London and its country around a name are ignored. Where nothing is near,
        so are words that no name has, and then parts of an address: the last ones, then the first ones.
        """
        code = _CODE.search(text[:LONGEST_TEXT].casefold())
        if code:
            found = self._by_code.get(code.group().upper())
            return (found,) if found else ()
        parts = text.split(",")
        shorter = [parts[:upto] for upto in range(len(parts) - 1, 1, -1)]
        shorter += [parts[after:] for after in range(1, len(parts))]
        tried = (self._named(name) for name in (text, *map(",".join, shorter)))
        return next((found for found in tried if found), ())

    def _named(self, text: str) -> tuple[Suggestion, ...]:
        name = _AROUND_A_NAME.sub("", text) or text
        typed = normalise(name)
        if not typed:
            return ()
        if typed in self._by_short_name:
            return self._by_short_name[typed]
        # A space says that the word is complete.
        found = self._near(typed, f"{typed} " if name[-1].isspace() else typed)
        if not found and (known := self._words.known(typed)):
            return self._near(known, known)
        return found

    def _near(self, typed: str, begun: str) -> tuple[Suggestion, ...]:
        costs = np.minimum(self._tails.costs(typed, begun), self._words.costs(typed))
        is_right = bool((costs < 1).any())
        near = np.flatnonzero(costs < (1 if is_right else allowed_slips(typed) + 1))
        found = [(float(costs[place]), self._names[place]) for place in near.tolist()]
        if is_right:
            found = _without_parts(found, typed.split())
        elif any(is_like(typed, name.text) for _, name in found):
            # "sohoo" is like Soho, and like no more than the beginning of Shooters Hill.
            found = [each for each in found if is_like_its_words(typed, each[1].text)]
        return tuple(_in_order(found))


_INDEXES: dict[str, SearchIndex] = {}
_indexing = threading.Lock()


def shared_index(store: Store) -> SearchIndex:
    """The index of a store, built once; kept for the version of the data asked for last."""
    with _indexing:
        if store.data_version not in _INDEXES:
            _INDEXES.clear()
            _INDEXES[store.data_version] = SearchIndex.from_store(store)
        return _INDEXES[store.data_version]


def _without_parts(found: list[tuple[float, _Name]], words: list[str]) -> list[tuple[float, _Name]]:
    """Without the wards and places that have a word only in part, where one has every word typed.

    A ward of today that has them all answers for the place of that name."""
    whole = [(name, set(words) <= set(name.text.split())) for _, name in found]
    kinds = {name.kind for name, is_whole in whole if is_whole and 0 in name.ages}
    if not kinds & {"ward", "place"}:
        return found
    left_out = {"place"} if "ward" in kinds else set[str]()
    return [
        each
        for each, (name, is_whole) in zip(found, whole, strict=True)
        if name.kind not in left_out and (is_whole or name.kind not in ("ward", "place"))
    ]


def _in_order(found: list[tuple[float, _Name]]) -> list[Suggestion]:
    """Suggestions by slips, those of today first, then by cost; among equals wards first; each code once.

    Among misspelt names with as many slips an earlier namesake waits until every name has been offered once."""
    ranked = sorted(
        (
            (int(cost), age > 0, turn if cost >= 1 else 0),
            (round(cost, 3), _KIND_ORDER[name.kind], turn, age, len(name.text)),
            (bearer.name, bearer.borough_name, bearer.code),
        )
        for cost, name in found
        for turn, (age, bearer) in enumerate(zip(name.ages, name.bearers, strict=True))
    )
    bearers = {(name.kind == "place", bearer.code): bearer for _, name in found for bearer in name.bearers}
    best_costs: dict[tuple[bool, str], float] = {}
    for _, (cost, kind, *_), (_, _, code) in ranked:
        best_costs.setdefault((kind == _KIND_ORDER["place"], code), cost)
    return [replace(bearers[key], score=1 / (1 + cost)) for key, cost in best_costs.items()]


def _ward_names(
    wards: Iterable[WardRow], borough_names: dict[str, str], last_days: dict[int, date | None]
) -> list[_Name]:
    vintages = sorted(last_days, reverse=True)
    newest: dict[str, WardRow] = {}
    codes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in wards:
        codes[normalise(row.ward_name), row.borough_code].add(row.ward_code)
        if row.ward_code not in newest or newest[row.ward_code].vintage < row.vintage:
            newest[row.ward_code] = row
    names = []
    for (text, borough_code), bearers in codes.items():
        rows = sorted((newest[code] for code in bearers), key=lambda row: (-row.vintage, row.ward_code))
        suggestions = tuple(
            Suggestion(
                "ward",
                row.ward_code,
                row.ward_name,
                borough_names[borough_code],
                _until(last_days[row.vintage]),
                1.0,
            )
            for row in rows
        )
        ages = tuple(vintages.index(row.vintage) for row in rows)
        names.append(_Name(text, "ward", borough_names[borough_code], suggestions, ages))
    return names


def _until(last_day: date | None) -> str:
    return f"until {last_day:%B %Y}" if last_day else ""


def _by_short_name(
    short_names: Iterable[Mapping[str, str]], borough_names: Mapping[str, str]
) -> dict[str, tuple[Suggestion, ...]]:
    """The boroughs of each short name in use: one, or several that share it."""
    found: dict[str, tuple[Suggestion, ...]] = defaultdict(tuple)
    for row in short_names:
        code = row["borough_code"]
        if name := borough_names.get(code):
            found[normalise(row["short_name"])] += (Suggestion("borough", code, name, name, "", 1.0),)
    return dict(found)


def _borough_names(borough_names: dict[str, str]) -> list[_Name]:
    return [
        _Name(normalise(name), "borough", name, (Suggestion("borough", code, name, name, "", 1.0),), (0,))
        for code, name in borough_names.items()
    ]


def _place_names(places: Iterable[PlaceRow]) -> list[_Name]:
    """One name for each place; its ward first, then those near it."""
    rows: dict[tuple[str, float], list[PlaceRow]] = defaultdict(list)
    for row in places:
        rows[row.place_name, row.lat].append(row)
    return [
        _Name(
            normalise(place),
            "place",
            wards[0].borough_name,
            tuple(
                Suggestion("place", row.ward_code, row.ward_name, row.borough_name, _where(row), 1.0) for row in wards
            ),
            (0,) * len(wards),
        )
        for (place, _), wards in rows.items()
    ]


def _where(row: PlaceRow) -> str:
    return f"the middle of {row.place_name} lies here" if row.is_within else f"near the middle of {row.place_name}"


def _site_names(sites: Iterable[SiteRow], borough_names: dict[str, str]) -> list[_Name]:
    return [
        _Name(
            normalise(row.site_name),
            "site",
            borough_names[row.borough_code],
            (
                Suggestion(
                    "site",
                    row.site_id,
                    row.site_name,
                    borough_names[row.borough_code],
                    SITE_KINDS[row.site_kind],
                    1.0,
                    is_counter=row.site_kind == "front_counter",
                ),
            ),
            (0,),
        )
        for row in sites
    ]
