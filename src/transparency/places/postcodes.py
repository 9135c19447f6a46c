"""From a postcode, or a pasted position, to the wards it may be in, without keeping what was typed.

A full postcode is cut to its sector and first letter ("NW5 2A") the moment it is read: nothing but `full_postcode`,
for the exact look-up, returns more than that, and nothing stores, logs or sends it. The wards come from the embedded
tables of live postcodes of August 2014 (OS Code-Point Open), by ward of the 2014 set or of today's, so a share is one
of the postcodes in use then.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import ascii_uppercase
from typing import Literal

from transparency.places import sentences
from transparency.store.store import Store, memoised

Granularity = Literal["prefix", "sector", "outward"]

OUTSIDE_LONDON_KM = 10.0  # a position farther than this from every ward centre is not in London


class QueryKind(StrEnum):
    """What a typed text looks like."""

    POSTCODE = "postcode"
    PREFIX = "prefix"
    SECTOR = "sector"
    OUTWARD = "outward"
    POSITION = "position"
    CODE = "code"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, as far as it may be kept.

    `value` is the prefix for a postcode ("NW5 2A": the rest is dropped), the prefix, sector or outward code
    for these, the GSS code for a code, and empty for a name or a position. `lat` and `lon` are degrees
    (WGS84) for a position, None otherwise.
    """

    kind: QueryKind
    value: str = ""
    lat: float | None = None
    lon: float | None = None


class PostcodeOutcome(StrEnum):
    """Found, or why not."""

    FOUND = "found"
    NOT_A_POSTCODE = "not_a_postcode"
    NOT_IN_LONDON = "not_in_london"
    CITY_OF_LONDON = "city_of_london"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A ward of the 2014 set, or of today's; `share` (0 to 1) of the `postcodes_count` postcodes of August 2014
    that begin as asked, City of London postcodes left out."""

    ward_code: str
    ward_name: str
    borough_name: str
    share: float
    postcodes_count: int


@dataclass(frozen=True, slots=True)
class PostcodeAnswer:
    """The wards a postcode may be in, largest share first, or a plain message why there are none.

    `prefix` is what was looked up: a prefix, sector or outward code as `granularity` says, never a full
    postcode; empty where the text is not a postcode. A message may also go with candidates (a caveat).
    """

    outcome: PostcodeOutcome
    prefix: str
    granularity: Granularity | None
    candidates: tuple[Candidate, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Descent:
    """A ward of the other set that overlaps; `share` (0 to 1) is that part of the asked ward's area."""

    ward_code: str
    ward_name: str
    borough_name: str
    share: float


@dataclass(frozen=True, slots=True)
class NearWard:
    """A ward and the straight-line distance to its centre, in kilometres."""

    ward_code: str
    ward_name: str
    borough_name: str
    distance_km: float


@dataclass(frozen=True, slots=True)
class NearestAnswer:
    """The wards with the nearest centres, nearest first, or a plain message why there are none."""

    wards: tuple[NearWard, ...]
    message: str


# Outward codes with City of London postcodes among those of August 2014 (OS Code-Point Open).
CITY_OUTWARD_CODES = frozenset(
    {
        *("E1", "EC1A", "EC1M", "EC1N", "EC1Y", "EC2A", "EC2M", "EC2N", "EC2P", "EC2R", "EC2V", "EC2Y"),
        *("EC3A", "EC3M", "EC3N", "EC3P", "EC3R", "EC3V", "EC4A", "EC4M", "EC4N", "EC4P", "EC4R", "EC4V"),
        *("EC4Y", "WC1V", "WC2A"),
    }
)

# The format is Royal Mail's ("Programmer's Guide" to the Postcode Address File): an outward code of one or
# two letters, a digit and perhaps another digit or letter; an inward code of a digit and two letters, never
# C, I, K, M, O or V. Here it is read generously, since whatever has a postcode's shape must not be kept.
_TIGHT = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)[\W_]*(\d)([A-Z])([A-Z])")
_LOOSE = re.compile(
    r"(?<![A-Z\d])([A-Z][\W_]*(?:[A-Z][\W_]*)?\d(?:[\W_]*[A-Z\d])?)[\W_]*([\dO])[\W_]*([A-Z])[\W_]*([A-Z])(?![A-Z\d])"
)
_NEVER_INWARD = frozenset("CIKMOV")
_PREFIX = re.compile(r"([A-Z]{1,2})\s*(\d[A-Z\d]?)\s*(\d)\s*([A-Z])")
_SECTOR = re.compile(r"([A-Z]{1,2})\s*(?:(\d[A-Z\d]?)\s+(\d)|(\d[A-Z\d])(\d))")
_OUTWARD = re.compile(r"([A-Z]{1,2})\s*(\d[A-Z\d]?)")
_CODE = re.compile(r"[ENSW]\d{8}")
_NUMBER = r"([+-]?\d{1,3}(?:\.\d+)?)\s*°?\s*"
# OpenStreetMap's addresses have a slash or "&mlon=" between the two numbers.
_BETWEEN = r"(?:[\s,;/]+|&M?LON=)"
_POSITION = re.compile(rf"{_NUMBER}([NSEW])?{_BETWEEN}{_NUMBER}([NSEW])?")
_PRECISE = r"([+-]?\d{1,3}\.\d{2,})\s*°?\s*"
_POSITION_WITHIN = re.compile(rf"(?<![\d.]){_PRECISE}([NSEW])?{_BETWEEN}{_PRECISE}([NSEW])?(?![\d.])")
# Well-known text (OGC 06-103r4, 7.2): longitude stands first.
_POINT = re.compile(r"POINT\s*\(?\s*([+-]?\d{1,3}\.\d+)\s+([+-]?\d{1,3}\.\d+)")
_SEXAGESIMAL = re.compile(
    r"(\d{1,3})(?:\s*°\s*|\s+)(\d{1,2}(?:\.\d+)?)(?:\s*['′’]\s*|\s+)"
    r"(?:(\d{1,2}(?:\.\d+)?)\s*(?:[\"”]|['′]{2})?\s*)?([NSEW])(?![A-Z])"
)
_EAST_WEST = ("E", "W")
# Hyphens, dashes and the sign of arithmetic, all of which stand for a minus in what is pasted.
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
MOST_LONGITUDE = 10  # degrees either way that London's longitude is within, and its latitude is not

# Ways to write a place that this site cannot read, each named to who typed it. Grid references: Ordnance Survey,
# "Using the National Grid"; plus codes: Open Location Code; what3words and the street property numbers by their shapes.
_OTHER_NOTATIONS = (
    ("a grid reference", re.compile(r"(?:TQ|TL|SU)\s*\d{2,5}\s*\d{2,5}|[45]\d{5}[\s,;]+[12]\d{5}")),
    ("a plus code", re.compile(r"(?:9C3X|9F32|9C2X|9F22)?[23456789CFGHJMPQRVWX]{4}\+[23456789CFGHJMPQRVWX]{2,3}\b.*")),
    ("three words of what3words", re.compile(r"/{0,3}[A-Z]+\.[A-Z]+\.[A-Z]+|.*W3W\.CO/.+")),
    ("a property's number (UPRN)", re.compile(r"(?:UPRN\s*:?\s*)?\d{9,12}")),
)


def read_query(text: str) -> Query:
    """What a typed text is: a postcode or position (wherever in the text), part of a postcode, a code or a name.

    Case and spaces do not matter, except that "E1 1" is a sector and "E11" an outward code.
    """
    typed = _capitals(text)
    full = _full_postcode(typed)
    if full is not None:
        return Query(QueryKind.POSTCODE, full[:-1])
    if match := _CODE.fullmatch(typed):
        return Query(QueryKind.CODE, match.group())
    if match := _PREFIX.fullmatch(typed):
        area, district, sector, letter = match.groups()
        return Query(QueryKind.PREFIX, f"{area}{district} {sector}{letter}")
    if match := _SECTOR.fullmatch(typed):
        area, district, sector, tight_district, tight_sector = match.groups()
        return Query(QueryKind.SECTOR, f"{area}{district or tight_district} {sector or tight_sector}")
    if match := _OUTWARD.fullmatch(typed):
        return Query(QueryKind.OUTWARD, "".join(match.groups()))
    return _position(typed) or _sexagesimal(typed) or Query(QueryKind.NAME)


def full_postcode(text: str) -> str | None:
    """The first full postcode anywhere in a text, to be looked up at once and forgotten."""
    return _full_postcode(_capitals(text))


def looks_like_postcode(text: str) -> bool:
    """Whether a full postcode, or anything of its shape, is anywhere in the text."""
    return read_query(text).kind is QueryKind.POSTCODE


def other_notation(text: str) -> str | None:
    """What a text is that names a place in a way not read here ("a grid reference"); None for any other text."""
    typed = _capitals(text)
    return next((words for words, shape in _OTHER_NOTATIONS if shape.fullmatch(typed)), None)


def wards_for_postcode(store: Store, text: str, vintage: int = 2014) -> PostcodeAnswer:
    """The wards of 2014, or of 2022, that a postcode, prefix, sector or outward code may be in."""
    query = read_query(text)
    if query.kind not in _GRANULARITIES or (_is_prefix(query) and query.value[-1] in _NEVER_INWARD):
        return PostcodeAnswer(PostcodeOutcome.NOT_A_POSTCODE, "", None, (), sentences.NOT_A_POSTCODE)
    granularity, prefix = _GRANULARITIES[query.kind], query.value
    candidates = _candidates(store, prefix, granularity, vintage)
    if not candidates and granularity == "outward" and prefix[-2:].isdigit():
        # "NW52" is not an outward code in use, so it may be the sector NW5 2 without its space.
        as_sector = f"{prefix[:-1]} {prefix[-1]}"
        candidates = _candidates(store, as_sector, "sector", vintage)
        if candidates:
            granularity, prefix = "sector", as_sector
    outward = prefix.split()[0]
    in_city = any(outward in (code, code.rstrip(ascii_uppercase)) for code in CITY_OUTWARD_CODES)
    if candidates:
        caveat = sentences.CITY_CAVEAT.format(outward=outward) if in_city else ""
        return PostcodeAnswer(PostcodeOutcome.FOUND, prefix, granularity, candidates, caveat)
    if in_city:
        outcome, message = PostcodeOutcome.CITY_OF_LONDON, sentences.CITY_OF_LONDON
    elif granularity != "outward" and _candidates(store, outward, "outward", vintage):
        outcome, message = PostcodeOutcome.UNKNOWN, sentences.UNKNOWN
    else:
        outcome, message = PostcodeOutcome.NOT_IN_LONDON, sentences.NOT_IN_LONDON
    return PostcodeAnswer(outcome, prefix, granularity, (), message.format(prefix=prefix, outward=outward))


def successors(store: Store, ward_code: str) -> tuple[Descent, ...]:
    """The wards of 2022 that cover a ward of 2014, largest share of its area first; () for another code."""
    return _successors(store).get(ward_code, ())


def predecessors(store: Store, ward_code: str) -> tuple[Descent, ...]:
    """The wards of 2014 that a ward of 2022 was made of, largest share of its area first; () for another."""
    return _predecessors(store).get(ward_code, ())


@memoised
def _successors(store: Store) -> Mapping[str, tuple[Descent, ...]]:
    return _descents(
        store,
        """
        SELECT o.ward_code_2014 AS of_ward_code, w.ward_code, w.ward_name, b.borough_name, o.share_of_2014 AS share
        FROM ward_overlaps_2014_2022 AS o
        JOIN wards_2022 AS w ON w.ward_code = o.ward_code_2022
        JOIN boroughs AS b USING (borough_code)
        ORDER BY share DESC, w.ward_code
        """,
    )


@memoised
def _predecessors(store: Store) -> Mapping[str, tuple[Descent, ...]]:
    return _descents(
        store,
        """
        SELECT o.ward_code_2022 AS of_ward_code, w.ward_code, w.ward_name, b.borough_name, o.share_of_2022 AS share
        FROM ward_overlaps_2014_2022 AS o
        JOIN wards_2014 AS w ON w.ward_code = o.ward_code_2014
        JOIN boroughs AS b USING (borough_code)
        ORDER BY share DESC, w.ward_code
        """,
    )


def _descents(store: Store, sql: str) -> dict[str, tuple[Descent, ...]]:
    """The wards that overlap each ward, by its code."""
    found: dict[str, tuple[Descent, ...]] = {}
    for row in store.rows(sql):
        code = row.pop("of_ward_code")
        found[code] = (*found.get(code, ()), Descent(**row))
    return found


def nearest_wards(store: Store, lat: float, lon: float, *, n: int = 3) -> NearestAnswer:
    """The `n` wards whose centres are nearest to a position in degrees (WGS84): the reader is asked which it is."""
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return NearestAnswer((), sentences.NOT_A_POSITION)
    sql = "SELECT * FROM nearest_ward($lat, $lon) ORDER BY distance_km, ward_code LIMIT $n"
    wards = store.records(NearWard, sql, lat=lat, lon=lon, n=n)
    if not wards or wards[0].distance_km > OUTSIDE_LONDON_KM:
        return NearestAnswer((), sentences.OUTSIDE_LONDON)
    return NearestAnswer(wards, "")


_BY_SET = {
    2014: "SELECT * FROM postcode_ward($start, $before_letter) ORDER BY postcodes_count DESC, ward_code",
    2022: "SELECT * FROM postcode_ward_today($start, $before_letter) ORDER BY postcodes_count DESC, ward_code",
}
_GRANULARITIES: dict[QueryKind, Granularity] = {
    QueryKind.POSTCODE: "prefix",
    QueryKind.PREFIX: "prefix",
    QueryKind.SECTOR: "sector",
    QueryKind.OUTWARD: "outward",
}


def _capitals(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_DASHES).upper().strip(" \t\r\n.,;:!?()[]\"'")


def _full_postcode(typed: str) -> str | None:
    """The first full postcode in a text of capitals, with its space."""
    match = _TIGHT.search(typed) or _LOOSE.search(typed)
    if match is None:
        return None
    outward, sector, letters = match[1], match[2], f"{match[3]}{match[4]}"
    outward = re.sub(r"[\W_]", "", outward)
    return f"{outward} {sector.replace('O', '0')}{letters}"


def _is_prefix(query: Query) -> bool:
    return query.kind in (QueryKind.POSTCODE, QueryKind.PREFIX)


def _position(typed: str) -> Query | None:
    """Two numbers of degrees, in either order: by their letters, or by which of them can be London's longitude."""
    if match := _POINT.fullmatch(typed):
        return Query(QueryKind.POSITION, lat=float(match[2]), lon=float(match[1]))
    match = _POSITION.fullmatch(typed) or _POSITION_WITHIN.search(typed)
    if match is None or "." not in typed:
        return None
    first, of_first, second, of_second = match.groups()
    one, other = _signed(float(first), of_first), _signed(float(second), of_second)
    is_longitude_first = of_first in _EAST_WEST if of_first else abs(one) < MOST_LONGITUDE < other
    lat, lon = (other, one) if is_longitude_first else (one, other)
    return Query(QueryKind.POSITION, lat=lat, lon=lon)


def _sexagesimal(typed: str) -> Query | None:
    """Degrees, minutes and perhaps seconds, each with its letter."""
    found = {}
    for degrees, minutes, seconds, letter in _SEXAGESIMAL.findall(typed):
        found[letter in _EAST_WEST] = _signed(float(degrees) + float(minutes) / 60 + float(seconds or 0) / 3600, letter)
    return Query(QueryKind.POSITION, lat=found[False], lon=found[True]) if len(found) == 2 else None


def _signed(degrees: float, letter: str | None) -> float:
    return -degrees if letter in ("S", "W") else degrees


def _candidates(store: Store, prefix: str, granularity: Granularity, vintage: int) -> tuple[Candidate, ...]:
    """Wards by share. An outward code that exists only with a letter after it ("EC4", "W1") means all of
    these together."""
    if granularity != "outward":
        return _begun(store, prefix, vintage)
    return _begun(store, f"{prefix} ", vintage) or _begun(store, prefix, vintage, before_letter=True)


def _begun(store: Store, start: str, vintage: int, before_letter: bool = False) -> tuple[Candidate, ...]:
    return store.records(Candidate, _BY_SET[vintage], start=start, before_letter=before_letter)
