"""Which ward a ward team of the monthly workbook covers, and how that is known.

By the workbook's own ward code, where the team's name and borough do not contradict it, looked up in its own ward set
and carried by the ward's name, or where there is no namesake to the ward of nearly the same area; then by borough and
team name; then by an alias: reviewed, or the name the Met gives the ward's team (`team_names`). A team is never matched
to the ward that merely comes nearest.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from rapidfuzz.fuzz import token_set_ratio

from transparency.core.project import EMBEDDED_DATA
from transparency.importers.workbook import CellError
from transparency.store.snapshots import list_snapshots

# From this likeness (0 to 100) on, a team's name is the ward's name misspelt, shortened or lengthened, and does
# not contradict the workbook's own code. No ward is ever found by likeness.
SAME_NAME_LIKENESS = 85
# From this share of each other's area on, a ward of 2014 or 2018 and one of 2022 are taken for one.
SAME_AREA_SHARE = 0.9
TEAM_NAMES = "team_names"

_APOSTROPHES = re.compile(r"['‘’ʼ`´]")
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_BETWEEN_NAMES = re.compile(r"\s*(?:[&/+,;]|\band\b)\s*", re.IGNORECASE)
_SAID_OF_EVERY_TEAM = frozenset({"and", "ward", "team", "snt", "dwo", "safer", "neighbourhood", "neighbourhoods"})
_BOROUGH_STYLE = re.compile(r"^(?:the )?(?:london borough of|royal borough of|city of|lb|rb) | borough$")
_LONGEST_JOINED_NAME = 6  # names joined by "and" in one team's name; no team has as many


@dataclass(frozen=True)
class Match:
    """The ward or wards a team covers, and how that is known: `code`, `name`, `alias` or `none`.

    `is_contradicted` where a ward code of the workbook was set aside.
    """

    ward_codes: tuple[str, ...]
    method: str
    is_contradicted: bool = False

    @property
    def is_shared(self) -> bool:
        return len(self.ward_codes) > 1

    @property
    def ward_code(self) -> str | None:
        """The one ward; None where there is none or several."""
        return self.ward_codes[0] if len(self.ward_codes) == 1 else None


@dataclass(frozen=True)
class Carried:
    """A ward code of the workbook in the set of its month: `by` is `set` where it is of it, `name` or `overlap` where
    it is of another set and was carried, `none` where it stands for no ward of it."""

    ward_code: str
    by: str


@dataclass(frozen=True)
class WardSet:
    """A set of wards and the days it was in force (None: from the start; still)."""

    vintage: int
    in_force_from: date | None
    in_force_to: date | None

    def is_in_force(self, day: date) -> bool:
        started = self.in_force_from is None or self.in_force_from <= day
        return started and (self.in_force_to is None or day <= self.in_force_to)


@cache
def team_key(name: str) -> str:
    """The form in which teams' and wards' names are compared: without case, accents, signs, "and", "ward", "team"."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", name)).casefold()
    words = _NOT_A_WORD.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).split()
    kept = ["st" if word == "saint" else word for word in words if word not in _SAID_OF_EVERY_TEAM]
    return " ".join(kept or words)


def borough_key(name: str) -> str:
    """The form in which boroughs' names are compared: "Kingston", "Kingston upon Thames Borough" are one."""
    words = " ".join(_NOT_A_WORD.sub(" ", name.casefold().replace("&", " and ")).split())
    return _BOROUGH_STYLE.sub("", words).removesuffix(" upon thames")


class Register:
    """The wards, boroughs, ward sets and aliases that teams are matched with."""

    def __init__(
        self,
        boroughs: dict[str, str],
        ward_sets: tuple[WardSet, ...],
        wards: dict[int, dict[str, tuple[str, str]]],
        aliases: dict[tuple[int, str, str], tuple[str, ...]],
        team_names: Mapping[str, tuple[str, ...]],
        same_area: Mapping[str, tuple[str, ...]],
    ) -> None:
        """`boroughs` by code their name; `wards` by vintage and code their borough and name; `aliases` by vintage,
        borough code and team name the codes of the wards covered; `team_names` by ward code what the Met calls its
        team; `same_area` by ward code those of other sets of nearly the same area."""
        self._boroughs = {borough_key(name): code for code, name in boroughs.items()}
        self._ward_sets = ward_sets
        self._wards = wards
        self._by_name = {
            (vintage, borough_code, team_key(name)): code
            for vintage, of_set in wards.items()
            for code, (borough_code, name) in of_set.items()
        }
        self._aliases = _team_aliases(wards, team_names) | {
            (vintage, borough_code, team_key(name)): codes for (vintage, borough_code, name), codes in aliases.items()
        }
        self._same_area = same_area
        self._match = cache(self._match_once)

    @classmethod
    def read(cls, root: Path) -> Register:
        """The register of a store: its own reference tables, or those embedded in the project."""
        folder = root / "reference"
        if not folder.is_dir():
            folder = EMBEDDED_DATA / "reference"
        aliases: dict[tuple[int, str, str], list[str]] = {}
        for row in _rows(folder / "team_aliases.csv"):
            key = (int(row["vintage"]), row["borough_code"], row["team_name"])
            aliases.setdefault(key, []).append(row["ward_code"])
        ward_sets = tuple(
            WardSet(int(row["vintage"]), _day(row["in_force_from"]), _day(row["in_force_to"]))
            for row in _rows(folder / "ward_sets.csv")
        )
        return cls(
            {row["borough_code"]: row["borough_name"] for row in _rows(folder / "boroughs.csv")},
            ward_sets,
            {
                ward_set.vintage: {
                    row["ward_code"]: (row["borough_code"], row["ward_name"])
                    for row in _rows(folder / f"wards_{ward_set.vintage}.csv")
                }
                for ward_set in ward_sets
            },
            {key: tuple(codes) for key, codes in aliases.items()},
            _team_names(root),
            _same_area(folder / "ward_overlaps_2014_2022.csv"),
        )

    def borough_code(self, name: str) -> str:
        """The code of the borough so named, with or without "Borough", "&" or "upon Thames"; raises CellError."""
        code = self._boroughs.get(borough_key(name))
        if code is None:
            rule = "the borough is not one of the 32" if name.strip() else "the borough is blank"
            raise CellError(rule, "Write the borough's name, with or without the word Borough.")
        return code

    def ward_codes(self, vintage: int) -> frozenset[str]:
        """The codes of the wards of a set."""
        return frozenset(self._wards[vintage])

    def vintage_on(self, day: date) -> int:
        """The ward set in force on a day."""
        return next(ward_set.vintage for ward_set in self._ward_sets if ward_set.is_in_force(day))

    def match(self, vintage: int, borough_code: str, team_name: str, codes: frozenset[str]) -> Match:
        """The ward or wards of a team, whose rows of one month carry the ward codes `codes`."""
        return self._match(vintage, borough_code, team_name, codes)

    def _match_once(self, vintage: int, borough_code: str, team_name: str, codes: frozenset[str]) -> Match:
        key = (vintage, borough_code, team_key(team_name))
        if not key[2]:
            return Match((), "none", bool(codes))
        of_name = self._by_name.get(key)
        by_name = (of_name,) if of_name else self._joined_names(vintage, borough_code, team_name)
        by_alias = self._aliases.get(key, ())
        named = by_name or by_alias
        carried = {self.carried(vintage, code).ward_code: code for code in sorted(codes)}
        agreeing = tuple(
            sorted(
                code
                for code, published in carried.items()
                if self._agrees(vintage, borough_code, team_name, code, published, named)
            )
        )
        is_contradicted = len(agreeing) < len(carried)
        if len(named) > 1:
            agreeing = ()  # a code for one of the wards does not make a shared team that ward's own
        for ward_codes, method in ((agreeing, "code"), (by_name, "name"), (by_alias, "alias")):
            if ward_codes:
                return Match(ward_codes, method, is_contradicted)
        return Match((), "none", is_contradicted)

    def carried(self, vintage: int, code: str) -> Carried:
        """The code in a ward set: itself, or the ward of the same borough and name there, or of nearly its area."""
        of_set = self._wards.get(vintage, {})
        if code in of_set:
            return Carried(code, "set")
        for borough, name in self._in_own_sets(code):
            if namesake := self._by_name.get((vintage, borough, team_key(name))):
                return Carried(namesake, "name")
        of_area = [other for other in self._same_area.get(code, ()) if other in of_set]
        return Carried(of_area[0], "overlap") if len(of_area) == 1 else Carried(code, "none")

    def _in_own_sets(self, code: str) -> list[tuple[str, str]]:
        """The borough and name of a ward in each set that has it."""
        return [wards[code] for wards in self._wards.values() if code in wards]

    def _agrees(
        self, vintage: int, borough_code: str, team_name: str, code: str, published: str, named: tuple[str, ...]
    ) -> bool:
        """Whether neither the borough nor the name, which names the wards `named`, contradicts the workbook's code,
        `published`, that was carried to `code`."""
        ward = self._wards.get(vintage, {}).get(code)
        if ward is None or ward[0] != borough_code:
            return False
        if named:
            return code in named
        names = {ward[1], *(name for _, name in self._in_own_sets(published))}
        return any(token_set_ratio(team_key(team_name), team_key(name)) >= SAME_NAME_LIKENESS for name in names)

    def _joined_names(self, vintage: int, borough_code: str, team_name: str) -> tuple[str, ...]:
        """The wards of a name such as "Abbey and Castle & Quay", where it falls into names of wards in one way."""
        parts = [part for part in _BETWEEN_NAMES.split(team_name) if part.strip()]
        if not 1 < len(parts) <= _LONGEST_JOINED_NAME:
            return ()
        readings = list(self._readings(vintage, borough_code, parts))
        return tuple(sorted(readings[0])) if len(readings) == 1 else ()

    def _readings(self, vintage: int, borough_code: str, parts: list[str]) -> Iterator[tuple[str, ...]]:
        """Every way in which the parts, some of them joined again, are all names of wards."""
        for end in range(1, len(parts) + 1):
            code = self._by_name.get((vintage, borough_code, team_key(" ".join(parts[:end]))))
            if code is None:
                continue
            if end == len(parts):
                yield (code,)
            for rest in self._readings(vintage, borough_code, parts[end:]):
                yield (code, *rest)


def _team_aliases(
    wards: Mapping[int, Mapping[str, tuple[str, str]]], team_names: Mapping[str, tuple[str, ...]]
) -> dict[tuple[int, str, str], tuple[str, ...]]:
    """The wards of each name of a team, in every set that has the ward; a name of several wards is shared."""
    covered: dict[tuple[int, str, str], list[str]] = {}
    for vintage, of_set in wards.items():
        for code, (borough_code, _) in of_set.items():
            for key in dict.fromkeys(team_key(name) for name in team_names.get(code, ())):
                covered.setdefault((vintage, borough_code, key), []).append(code)
    return {key: tuple(sorted(codes)) for key, codes in covered.items()}


def _team_names(root: Path) -> dict[str, tuple[str, ...]]:
    """What the Met calls the team of each ward, of the newest edition stored."""
    editions = [snapshot for snapshot in list_snapshots(root) if snapshot.dataset == TEAM_NAMES]
    names: dict[str, list[str]] = {}
    for row in _rows(editions[-1].source_path) if editions else ():
        names.setdefault(row["ward_code"], []).append(row["team_name"])
    return {code: tuple(of_ward) for code, of_ward in names.items()}


def _same_area(path: Path) -> dict[str, tuple[str, ...]]:
    """By ward code those of the other set that are nearly the same area; the earlier code is of 2014, often of 2018."""
    same: dict[str, list[str]] = {}
    for row in _rows(path):
        if min(float(row["share_of_2014"]), float(row["share_of_2022"])) >= SAME_AREA_SHARE:
            same.setdefault(row["ward_code_2014"], []).append(row["ward_code_2022"])
            same.setdefault(row["ward_code_2022"], []).append(row["ward_code_2014"])
    return {code: tuple(others) for code, others in same.items()}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
