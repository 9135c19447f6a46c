"""Postcodes with their wards, from an official list, as one sorted table.

Read are the ONS Postcode Directory (a CSV with the header up to May 2025 or the one since, alone or in its zip),
OS Code-Point Open (a folder or zip of CSVs without a header) and a plain CSV `postcode,lat,lon[,ward_code]`; any CSV
may be gzipped. Columns are found by name.

The ward of each set is that of the file where its code belongs to the set, else the one whose exact boundary the
point lies in, where boundaries are stored. The table has a row for each postcode and pair of wards, in the order of
postcodes and in small row groups, so that one postcode is found by reading one of them.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import IO, Any, cast

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
import pyarrow.parquet as pq
import shapely
from shapely import Geometry

from transparency.core.errors import ImportRefusedError
from transparency.importers.boundaries import CITY_WARD_CODES
from transparency.importers.cells import CITY_OF_LONDON_CODE
from transparency.store.holdings import Provenance

POSTCODES_FILE = "postcodes.parquet"
ROWS_PER_GROUP = 4096
LARGEST_UNPACKED_BYTES = 4_000_000_000
MOST_BAD_ROWS = 0.01

# Where a postcode lies, as far as is known.
LONDON, CITY, ELSEWHERE, NOT_KNOWN = "london", "city_of_london", "elsewhere", "not_known"

_ALIASES = {
    "postcode": re.compile(r"pcds|postcode|pcd8|pcd7|pcd2|pcd"),
    "lat": re.compile(r"lat|latitude"),
    "lon": re.compile(r"long|lon|lng|longitude"),
    "easting": re.compile(r"oseast1m|east1m|eastings?"),
    "northing": re.compile(r"osnrth1m|north1m|northings?"),
    "ward": re.compile(r"ward_code|osward|wd\d\dcd|admin_ward_code"),
    "district": re.compile(r"borough_code|oslaua|lad\d\dcd|admin_district_code"),
    "terminated": re.compile(r"doterm"),
}
_CODE_POINT_COLUMNS = (
    *("Postcode", "Positional_quality_indicator", "Eastings", "Northings", "Country_code"),
    *("NHS_regional_HA_code", "NHS_HA_code", "Admin_county_code", "Admin_district_code", "Admin_ward_code"),
)
_SHAPE = "^[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}$"
_NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"
_ONSPD = re.compile(r"ONSPD_([A-Z]{3})_(20\d\d)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_MONTHS = {date(2000, number, 1).strftime("%b").upper(): f"{date(2000, number, 1):%B}" for number in range(1, 13)}
_REFUSED = "Nothing was imported."
_ROYAL_MAIL = (
    "Contains OS data © Crown copyright and database right{year}. Contains Royal Mail data © Royal Mail copyright and "
    "database right{year}. Contains National Statistics data © Crown copyright and database right{year}."
)


@dataclass(frozen=True)
class PostcodeFile:
    """A list as read: one row for each of the file's, with columns postcode, lat, lon, ward, district, terminated.

    Positions are degrees (WGS84), null where the file has none; `terminated` is a month as 2014-06, null for a
    postcode in use. `rows_read` counts the file's rows, `bad_rows` those of them without a postcode, left out.
    """

    file: str
    sha256: str
    provenance: Provenance
    table: pa.Table
    rows_read: int
    bad_rows: int


@dataclass(frozen=True)
class Assigned:
    """The table of postcodes to keep, and what is to be said of how it was made."""

    table: pa.Table
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Agreement:
    """How often a point lies in the polygon of the ward its file names."""

    vintage: int
    agreeing: int
    compared: int

    @property
    def share(self) -> float:
        return self.agreeing / self.compared if self.compared else 1.0


# ---------------------------------------------------------------- reading


def read_postcodes(path: Path) -> PostcodeFile:
    """Read a list of postcodes; raises ImportRefusedError when it is none that is known."""
    tables, rows_read, headers = [], 0, set()
    for name, opened in _members(path):
        with opened as stream:
            table, is_code_point = _read_csv(name, stream)
        headers.add("code_point" if is_code_point else ",".join(table.column_names))
        rows_read += table.num_rows
        tables.append(_normalised(name, table))
    if not tables:
        raise ImportRefusedError(f"{path.name} holds no CSV of postcodes. {_REFUSED}")
    whole = pa.concat_tables(tables)
    is_good = pc.fill_null(pc.match_substring_regex(whole["postcode"], _SHAPE), False)
    kept = whole.filter(is_good)
    bad_rows = rows_read - kept.num_rows
    if bad_rows > MOST_BAD_ROWS * rows_read or not kept.num_rows:
        raise ImportRefusedError(
            f"{path.name}: {bad_rows:,} of {rows_read:,} rows have no postcode in their postcode column. "
            f"Check that it is a list of postcodes. {_REFUSED}"
        )
    provenance = _provenance(path.name, headers)
    return PostcodeFile(path.name, _sha256(path), provenance, kept, rows_read, bad_rows)


def _members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """The CSVs of a file, folder or zip, opened. Of a zip that holds one large list beside small ones, the list."""
    if path.is_dir():
        files = sorted(item for item in path.rglob("*") if item.suffix.casefold() == ".csv" and "doc" not in str(item))
        for item in files:
            yield item.name, item.open("rb")
        return
    if not zipfile.is_zipfile(path):
        yield path.name, _opened(path)
        return
    with zipfile.ZipFile(path) as archive:
        items = [item for item in archive.infolist() if item.filename.casefold().endswith(".csv")]
        if sum(item.file_size for item in items) > LARGEST_UNPACKED_BYTES:
            raise ImportRefusedError(f"{path.name} unpacks to more than 4 GB. {_REFUSED}")
        directory = [item for item in items if _ONSPD.search(item.filename) and "multi_csv" not in item.filename]
        lists = [item for item in items if "/csv/" in f"/{item.filename.casefold()}"]
        for member in directory[:1] or lists or items:
            yield Path(member.filename).name, archive.open(member)


def _opened(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        is_gzip = file.read(2) == b"\x1f\x8b"
    return cast(IO[bytes], gzip.open(path)) if is_gzip else path.open("rb")


def _read_csv(name: str, stream: IO[bytes]) -> tuple[pa.Table, bool]:
    """The columns that are wanted, as text under our names, and whether it is a list of Code-Point Open."""
    head = cast(io.BufferedReader, stream).peek(4096)
    first = head.split(b"\n", 1)[0].decode("utf-8-sig", "replace").strip()
    cells = [cell.strip().strip('"') for cell in first.split(",")]
    is_code_point = bool(re.fullmatch(_SHAPE, _tight(cells[0]))) and len(cells) >= len(_CODE_POINT_COLUMNS)
    names = list(_CODE_POINT_COLUMNS) if is_code_point else cells
    names += [f"further_{n}" for n in range(len(cells) - len(names))]
    found = _found_columns(names)
    if "postcode" not in found or not ({"lat", "lon"} <= found.keys() or {"easting", "northing"} <= found.keys()):
        raise ImportRefusedError(
            f"{name} has no columns of postcodes and positions (such as pcds, lat, long, or postcode, lat, lon). "
            f"It has: {', '.join(names[:12])}. {_REFUSED}"
        )
    try:
        table = pcsv.read_csv(
            stream,
            read_options=pcsv.ReadOptions(column_names=names, skip_rows=0 if is_code_point else 1, encoding="latin-1"),
            convert_options=pcsv.ConvertOptions(
                include_columns=list(found.values()),
                column_types={column: pa.string() for column in found.values()},
                strings_can_be_null=True,
                null_values=[""],
            ),
        )
    except pa.ArrowInvalid as error:
        raise ImportRefusedError(f"{name} cannot be read as a table ({error}). {_REFUSED}") from error
    return table.rename_columns(list(found)), is_code_point


def _found_columns(names: Sequence[str]) -> dict[str, str]:
    """The file's column for each of ours, the first alias that is there."""
    found: dict[str, str] = {}
    for ours, alias in _ALIASES.items():
        # Aliases stand in the order of preference: `pcds`, with its space, before `pcd`.
        for one in alias.pattern.split("|"):
            column = next((name for name in names if re.fullmatch(one, name.casefold())), None)
            if column is not None:
                found[ours] = column
                break
    return found


def _tight(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def _normalised(name: str, table: pa.Table) -> pa.Table:
    """Postcodes without spaces, positions as degrees, months as 2014-06."""
    tight = pc.replace_substring_regex(pc.utf8_upper(table["postcode"]), r"[^A-Z0-9]", "")
    lat, lon = _degrees(table)
    empty = pa.nulls(table.num_rows, pa.string())
    terminated = table["terminated"] if "terminated" in table.column_names else empty
    return pa.table(
        {
            "postcode": tight,
            "lat": lat,
            "lon": lon,
            "ward": table["ward"] if "ward" in table.column_names else empty,
            "district": table["district"] if "district" in table.column_names else empty,
            "terminated": pc.replace_substring_regex(terminated, r"^(\d{4})-?(\d{2}).*$", r"\1-\2"),
        }
    )


def _degrees(table: pa.Table) -> tuple[pa.Array, pa.Array]:
    """Latitude and longitude, null where missing. ONSPD writes latitude 99.999999 where it has none."""
    if "lat" in table.column_names and "lon" in table.column_names:
        lat, lon = _numbers(table["lat"]), _numbers(table["lon"])
        is_placed = (np.abs(lat) <= 90) & (np.abs(lon) <= 180)
    else:
        from pyproj import Transformer

        easting, northing = _numbers(table["easting"]), _numbers(table["northing"])
        is_placed = (easting > 0) & (northing > 0)
        project = Transformer.from_crs(27700, 4326, always_xy=True).transform
        lon, lat = project(np.where(is_placed, easting, 0), np.where(is_placed, northing, 0))
    return pa.array(lat, mask=~is_placed), pa.array(lon, mask=~is_placed)


def _numbers(cells: pa.ChunkedArray) -> Any:
    """A column of text as numbers, NaN where it is none."""
    trimmed = pc.utf8_trim_whitespace(cells)
    is_number = pc.fill_null(pc.match_substring_regex(trimmed, _NUMBER), False)
    return pc.cast(pc.if_else(is_number, trimmed, None), pa.float64()).to_numpy(zero_copy_only=False)


def _provenance(file: str, headers: set[str]) -> Provenance:
    licence = "Open Government Licence v3.0"
    if match := _ONSPD.search(file):
        month, year = _MONTHS.get(match[1].upper(), match[1]), match[2]
        url = "https://geoportal.statistics.gov.uk/"
        return Provenance(
            *("ONS Postcode Directory", "Office for National Statistics", url, licence),
            *(_ROYAL_MAIL.format(year=f" {year}"), f"{month} {year}"),
        )
    year_found = _YEAR.search(file)
    edition = year_found[1] if year_found else None
    attribution = _ROYAL_MAIL.format(year=f" {edition}" if edition else "")
    if headers == {"code_point"}:
        url = "https://osdatahub.os.uk/downloads/open/CodePointOpen"
        return Provenance("Code-Point Open", "Ordnance Survey", url, licence, attribution, edition)
    if any("terminated" in header for header in headers):
        url = "https://geoportal.statistics.gov.uk/"
        return Provenance(
            "ONS Postcode Directory", "Office for National Statistics", url, licence, attribution, edition
        )
    return Provenance("A list of postcodes", "Not said in the file", None, licence, attribution, edition)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    for item in sorted(path.rglob("*.csv")) if path.is_dir() else [path]:
        with item.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


# ---------------------------------------------------------------- wards


def assign_wards(
    table: pa.Table, set_codes: Mapping[int, frozenset[str]], boundaries: Mapping[int, Mapping[str, Geometry]]
) -> tuple[Assigned, tuple[Agreement, ...]]:
    """The wards of each postcode, sorted for look-up; raises ImportRefusedError when no ward can be found for any.

    `table` has the columns of `PostcodeFile.table`; `set_codes` the ward codes of each set, `boundaries` the exact
    polygons of the sets that are stored.
    """
    known = frozenset().union(*set_codes.values())
    place = _mapped(table["district"], _place_of_district)
    place = np.where(place == NOT_KNOWN, _mapped(table["ward"], lambda code: _place_of_ward(code, known)), place)
    lat = table["lat"].to_numpy(zero_copy_only=False)
    lon = table["lon"].to_numpy(zero_copy_only=False)
    can_be_here = np.isfinite(lat) & np.isfinite(lon) & (place != ELSEWHERE)
    columns, agreements, notes = {}, [], []
    for vintage, codes in set_codes.items():
        from_file = _mapped(table["ward"], partial(_own, codes))
        in_polygon = np.full(len(place), None, dtype=object)
        if boundaries.get(vintage):
            in_polygon[can_be_here] = _wards_at(lon[can_be_here], lat[can_be_here], boundaries[vintage])
            agreements.append(_agreement(vintage, from_file, in_polygon, can_be_here))
            is_unplaced = can_be_here & (place == NOT_KNOWN)
            place[is_unplaced & (in_polygon == CITY_OF_LONDON_CODE)] = CITY
            place[is_unplaced & (in_polygon != CITY_OF_LONDON_CODE) & _is_there(in_polygon)] = LONDON
            in_polygon[(in_polygon == CITY_OF_LONDON_CODE) | (place != LONDON)] = None
        # Where the file says the ward, its word stands: a code says more than a point that was rounded.
        columns[f"ward_code_{vintage}"] = np.where(_is_there(from_file), from_file, in_polygon)
    if any(boundaries.values()):
        place[can_be_here & (place == NOT_KNOWN)] = ELSEWHERE
    if not any(_is_there(codes).any() for codes in columns.values()):
        raise ImportRefusedError(
            "No ward can be found for any of these postcodes: the file has no ward codes of our sets, and there are "
            f"no boundaries to find them by. Run `transparency fetch wards --vintage 2022` first. {_REFUSED}"
        )
    for agreement in agreements:
        if agreement.compared:
            notes.append(
                f"{agreement.agreeing:,} of {agreement.compared:,} points ({100 * agreement.share:.2f} %) lie in the "
                f"polygon of {agreement.vintage} of the ward their file names; elsewhere the file's word stands."
            )
    assigned = pa.table(
        {
            "postcode": table["postcode"],
            "place": pa.array(place, pa.string()).dictionary_encode(),
            "terminated": table["terminated"],
            **{name: pa.array(codes, pa.string()).dictionary_encode() for name, codes in columns.items()},
            "lat": table["lat"],
            "lon": table["lon"],
            "ward": table["ward"],
            "district": table["district"],
        }
    )
    return Assigned(assigned.sort_by("postcode"), tuple(notes)), tuple(agreements)


def _mapped(cells: pa.ChunkedArray, meaning: Callable[[str | None], str | None]) -> Any:
    """What each cell of a column of few different codes means; each code is looked at once."""
    encoded = cells.combine_chunks().dictionary_encode()
    meanings = np.array([*map(meaning, encoded.dictionary.to_pylist()), meaning(None)], dtype=object)
    return meanings[pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)]


def _own(codes: frozenset[str], code: str | None) -> str | None:
    return code if code in codes else None


def _place_of_district(code: str | None) -> str:
    if code is None:
        return NOT_KNOWN
    if code == CITY_OF_LONDON_CODE:
        return CITY
    return LONDON if code.startswith("E09") else ELSEWHERE


def _place_of_ward(code: str | None, known: frozenset[str]) -> str:
    """A ward of our sets is in London; other codes of England may be London's of another year."""
    if code in known:
        return LONDON
    if code in CITY_WARD_CODES:
        return CITY
    return ELSEWHERE if code is not None and not code.startswith("E05") else NOT_KNOWN


def _is_there(codes: Any) -> Any:
    return pd.notna(codes)


def _wards_at(lon: Any, lat: Any, polygons: Mapping[str, Geometry]) -> Any:
    """The code of the polygon each point lies in, None where it lies in none. On a border, either."""
    codes = np.array(list(polygons), dtype=object)
    points = shapely.points(lon, lat)
    tree = shapely.STRtree(points)
    found = np.full(len(points), None, dtype=object)
    shapes = list(polygons.values())
    shapely.prepare(shapes)
    which, point = tree.query(shapes, predicate="intersects")
    found[point] = codes[which]
    return found


def _agreement(vintage: int, from_file: Any, in_polygon: Any, can_be_here: Any) -> Agreement:
    compared = can_be_here & _is_there(from_file)
    return Agreement(vintage, int((from_file == in_polygon)[compared].sum()), int(compared.sum()))


# ---------------------------------------------------------------- keeping


def write_postcodes(assigned: Assigned, folder: Path) -> None:
    """Write the table in small row groups, each with its first and last postcode."""
    pq.write_table(assigned.table, folder / POSTCODES_FILE, row_group_size=ROWS_PER_GROUP, compression="zstd")


def read_kept(folder: Path) -> pa.Table:
    """The table of a holding, to assign its wards again."""
    return pq.read_table(folder / POSTCODES_FILE)
