"""Which list of postcodes a table is, and what its columns are, by its header.

The ONS writes a year into most names and not the same one into all (`lad26cd` beside `ced25cd`), and wrote others
until 2025: `oslaua` and `osward` in its directory (ONSPD), `laua` and `ward` in its lookup (NSPL).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from transparency.core.errors import ImportRefusedError
from transparency.core.findings import quoted
from transparency.core.text import MONTH_NAMES
from transparency.importers.packed import NOTHING_IMPORTED
from transparency.store.holdings import Provenance


class PostcodeList(StrEnum):
    """The lists that can be recognised, by the title of their provenance."""

    ONSPD = "ONS Postcode Directory"
    NSPL = "National Statistics Postcode Lookup"
    CODE_POINT = "Code-Point Open"
    UNNAMED = "A list of postcodes"


@dataclass(frozen=True)
class Layout:
    """The list a table is by its header, the place of each column we read and its title in the file.

    `width` is the number of cells in a row.
    """

    kind: PostcodeList
    width: int
    places: dict[str, int]
    titles: dict[str, str]
    has_header: bool


# Names without case, spaces and signs. For each of our columns the names that mean it: one of the first row that has
# any is taken. The forms of one postcode stand in the order of preference, `pcds` with its space before `pcd`.
_NAMES = {
    "postcode": ("pcds", "postcode", "pcd8", "pcd7", "pcd2", "pcd"),
    "lat": ("lat|latitude",),
    "lon": ("lon|long|lng|longitude",),
    "easting": ("oseast1m|east1m|eastings?",),
    "northing": ("osnrth1m|north1m|northings?",),
    "ward": (r"wardcode|osward|wd\d\dcd|adminwardcode", "ward"),
    "district": (r"boroughcode|districtcode|oslaua|laua|lad\d\dcd|admindistrictcode",),
    "terminated": ("doterm|terminated|dateoftermination|dateofdeletion",),
}
_CODE_POINT_PLACES = {"postcode": 0, "easting": 2, "northing": 3, "district": 8, "ward": 9}
_CODE_POINT_TITLES = {
    "postcode": "Postcode",
    "easting": "Eastings",
    "northing": "Northings",
    "district": "Admin_district_code",
    "ward": "Admin_ward_code",
}
POSTCODE = r"^([A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}|GIR0AA)$"
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}
_LONGEST_HEADER = 65_536

_OWN_NAMES = (
    (re.compile(r"onspd|ons[ _]postcode[ _]directory", re.IGNORECASE), PostcodeList.ONSPD),
    (re.compile(r"nspl|national[ _]statistics[ _]postcode[ _]lookup", re.IGNORECASE), PostcodeList.NSPL),
)
_PART = re.compile(r"_uk_[a-z]{1,2}\.csv", re.IGNORECASE)
_EDITION = re.compile(
    rf"(?<![a-z])({'|'.join(name[:3] for name in MONTH_NAMES)})[a-z]*[ _-]*(20\d\d)(?!\d)", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_MONTHS = {name[:3].casefold(): name for name in MONTH_NAMES}
_LICENCE = "Open Government Licence v3.0"
_PUBLISHERS = {
    PostcodeList.ONSPD: ("Office for National Statistics", "https://geoportal.statistics.gov.uk/"),
    PostcodeList.NSPL: ("Office for National Statistics", "https://geoportal.statistics.gov.uk/"),
    PostcodeList.CODE_POINT: ("Ordnance Survey", "https://osdatahub.os.uk/downloads/open/CodePointOpen"),
    PostcodeList.UNNAMED: ("Not said in the file", None),
}
_ROYAL_MAIL = (
    "Contains OS data © Crown copyright and database right{year}. Contains Royal Mail data © Royal Mail copyright and "
    "database right{year}. Contains National Statistics data © Crown copyright and database right{year}."
)


# ---------------------------------------------------------------- columns


def layout_of(file: str, head: bytes) -> Layout:
    """What the columns of a table are, by its first bytes; raises ImportRefusedError when it is no such list."""
    text = head[:_LONGEST_HEADER].decode("utf-8-sig", "replace")
    try:
        first = next(filter(any, csv.reader(io.StringIO(text, newline=""))), [])
    except csv.Error as error:
        raise ImportRefusedError(f"{file} has no header of columns in its first row. {NOTHING_IMPORTED}") from error
    cells = [cell.strip() for cell in first]
    if not any(cells):
        raise ImportRefusedError(f"{file} is empty. Hand over a list of postcodes. {NOTHING_IMPORTED}")
    if re.fullmatch(POSTCODE, tight(cells[0])):
        return _without_header(file, cells)
    names = [_plain(cell) for cell in cells]
    if any(re.fullmatch(r"datazone\d{4}code|linkedsmalluserpostcode", name) for name in names):
        raise ImportRefusedError(
            f"{file} is of the Scottish Postcode Directory, which has no postcode of London. Take the ONS Postcode "
            f"Directory. {NOTHING_IMPORTED}"
        )
    places = {ours: place for ours in _NAMES if (place := _place(file, ours, names, cells)) is not None}
    if "postcode" not in places or not ({"lat", "lon"} <= places.keys() or {"easting", "northing"} <= places.keys()):
        raise _no_list(file, cells)
    titles = {ours: cells[place] for ours, place in places.items()}
    return Layout(_kind_of(set(names)), len(cells), places, titles, has_header=True)


def tight(text: str) -> str:
    """A postcode in capitals without spaces."""
    return re.sub(r"\s", "", text.upper())


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", name.casefold())


def _without_header(file: str, cells: Sequence[str]) -> Layout:
    """Code-Point Open has no header; its second to fourth cells are a quality and a position on the National Grid."""
    is_code_point = len(cells) >= 10 and all(cell.isdigit() for cell in cells[1:4])
    if not is_code_point:
        raise ImportRefusedError(
            f"{file} has no header: its first row is a postcode already ({quoted(','.join(cells))}). Put the names of "
            f"the columns above it, as the publisher gives them. {NOTHING_IMPORTED}"
        )
    return Layout(PostcodeList.CODE_POINT, len(cells), _CODE_POINT_PLACES, _CODE_POINT_TITLES, has_header=False)


def _place(file: str, ours: str, names: Sequence[str], titles: Sequence[str]) -> int | None:
    """The place of one of our columns; None where it is missing. Two that could be meant are refused."""
    for pattern in _NAMES[ours]:
        found = [place for place, name in enumerate(names) if re.fullmatch(pattern, name)]
        if len(found) > 1:
            both = " and ".join(f"{quoted(titles[place])} (column {place + 1})" for place in found)
            raise ImportRefusedError(
                f"{file}, row 1: the columns {both} could each be the {ours} of a postcode. Leave only the one that is "
                f"meant. {NOTHING_IMPORTED}"
            )
        if found:
            return found[0]
    return None


def _no_list(file: str, cells: Sequence[str]) -> ImportRefusedError:
    separator = next((words for sign, words in _SEPARATORS.items() if len(cells) == 1 and sign in cells[0]), None)
    if separator is not None:
        return ImportRefusedError(
            f"{file}, row 1: its columns are separated by {separator}. Save it as CSV with commas, and with points in "
            f"its decimals. {NOTHING_IMPORTED}"
        )
    return ImportRefusedError(
        f"{file} has no columns of postcodes and positions (such as pcds, lat, long, or postcode, lat, lon). "
        f"Its first row has: {', '.join(quoted(cell) for cell in cells[:12])}. {NOTHING_IMPORTED}"
    )


# ---------------------------------------------------------------- the list's own name


def is_official(name: str) -> bool:
    """Whether a file's name is that of a list of the ONS."""
    return any(pattern.search(name.rpartition("/")[2]) for pattern, _ in _OWN_NAMES)


def is_part(name: str) -> bool:
    """Whether a file is the part of a list for one postcode area: `multi_csv/ONSPD_AUG_2025_UK_E.csv`."""
    return "multi_csv" in name.casefold().split("/") or (is_official(name) and bool(_PART.search(name)))


def _kind_of(names: set[str]) -> PostcodeList:
    """The list by its header, where that is of one list alone."""
    if {"pcds", "dointr", "doterm"} <= names:
        if names & {"oslaua", "parish"} or any(re.fullmatch(r"parncp\d\dcd", name) for name in names):
            return PostcodeList.ONSPD
        if {"laua", "ward"} <= names or "usrtypind" in names:
            return PostcodeList.NSPL
    if "positionalqualityindicator" in names:
        return PostcodeList.CODE_POINT
    return PostcodeList.UNNAMED


def provenance_of(file: str, members: Iterable[str], kinds: set[PostcodeList]) -> Provenance:
    """What a list is and the words its licence asks for, by its headers, its file's name and the names within."""
    names = [file, *members]
    kind = next(iter(kinds)) if len(kinds) == 1 else PostcodeList.UNNAMED
    if kind is PostcodeList.UNNAMED:
        named = (own for pattern, own in _OWN_NAMES if any(pattern.search(name) for name in names))
        kind = next(named, PostcodeList.UNNAMED)
    month = next((match for name in names if (match := _EDITION.search(name))), None)
    year = next((match[1] for name in names if (match := _YEAR.search(name))), None)
    edition = f"{_MONTHS[month[1].casefold()]} {month[2]}" if month else year
    attribution = _ROYAL_MAIL.format(year=f" {edition[-4:]}" if edition else "")
    publisher, url = _PUBLISHERS[kind]
    return Provenance(kind.value, publisher, url, _LICENCE, attribution, edition)
