"""Postcodes with their wards, from an official list, as one sorted table.

Read are the ONS Postcode Directory and the National Statistics Postcode Lookup of any year, OS Code-Point Open and a
plain CSV `postcode,lat,lon[,ward_code]`: as a CSV, gzipped or not, in a zip or in a folder. Columns are found by name.

The ward of each set is that of the file where its code belongs to the set, else the one whose exact boundary the
point lies in, where boundaries are stored. The table has a row for each postcode and pair of wards, in the order of
postcodes and in small row groups, so that one postcode is found by reading one of them.
"""

from __future__ import annotations

import codecs
import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
import pyarrow.parquet as pq
import shapely
from shapely import Geometry

from transparency.core.errors import ImportRefusedError
from transparency.core.files import naming
from transparency.importers.boundaries import CITY_WARD_CODES
from transparency.importers.cells import CITY_OF_LONDON_CODE
from transparency.importers.packed import NOTHING_IMPORTED, Member, members, office_document, what_it_is
from transparency.importers.postcode_layouts import Layout, is_official, is_part, layout_of, provenance_of
from transparency.importers.postcode_values import Values, read_values, together
from transparency.store.holdings import Provenance

POSTCODES_FILE = "postcodes.parquet"
ROWS_PER_GROUP = 4096
MOST_BAD_ROWS = 0.01
MOST_ROWS_NAMED = 5

# Where a postcode lies, as far as is known.
LONDON, CITY, ELSEWHERE, NOT_KNOWN = "london", "city_of_london", "elsewhere", "not_known"

_HEAD_BYTES = 1 << 16
_LONGEST_SIGN = 3  # bytes of the sign for a byte that is no UTF-8
_CSV = (".csv", ".csv.gz")
_DOCUMENTS = frozenset({"doc", "docs", "document", "documents", "user guide"})
_UNPACK = "Unpack it and hand over the folder."
_AS_CSV = "Hand over the list as CSV in UTF-8."
_WITHOUT = "They were imported without it."
_HANDLED = {
    "postcode": "They were left out.",
    "terminated": "They were imported as postcodes of which it is not known whether they are in use.",
}


@dataclass(frozen=True)
class PostcodeFile:
    """A list as read: one row for each of the file's, with columns postcode, lat, lon, ward, district, terminated.

    Positions are degrees (WGS84), null where the file has none; `terminated` is a month as 2014-06, null for a
    postcode in use, `END_NOT_READ` where that cannot be read. `rows_read` counts the file's rows, `bad_rows` those of
    them without a postcode, left out, `whole_rows` those of which every cell can be read; `notes` name the others.
    """

    file: str
    sha256: str
    provenance: Provenance
    table: pa.Table
    rows_read: int
    bad_rows: int
    whole_rows: int
    notes: tuple[str, ...]


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
    """Read a list of postcodes; raises ImportRefusedError when it is none that is known, or not readable."""
    with members(path, _UNPACK) as given:
        lists = _lists(path.name, given)
        read = [_read_member(path, member, is_alone=len(lists) == 1) for member in lists]
    names = [member.name for member in lists]
    rows_read = sum(values.table.num_rows for _, values in read)
    whole_rows = sum(int(values.is_whole.sum()) for _, values in read)
    unread = together([one for _, values in read for one in values.unread])
    if not rows_read:
        raise ImportRefusedError(f"{path.name} has a header and no rows of postcodes. {NOTHING_IMPORTED}")
    if rows_read - whole_rows > MOST_BAD_ROWS * rows_read:
        told = " ".join(f"{one.count:,} of {rows_read:,} {one}" for one in unread)
        raise ImportRefusedError(f"{path.name}: {told} {NOTHING_IMPORTED}")
    table = pa.concat_tables([values.table.filter(pa.array(values.has_postcode)) for _, values in read])
    return PostcodeFile(
        path.name,
        _sha256([path / name for name in names] if path.is_dir() else [path]),
        provenance_of(path.name, names, {layout.kind for layout, _ in read}),
        table,
        rows_read,
        rows_read - table.num_rows,
        whole_rows,
        tuple(f"{one.count:,} of {rows_read:,} {one} {_HANDLED.get(one.column, _WITHOUT)}" for one in unread),
    )


def _lists(file: str, given: Sequence[Member]) -> list[Member]:
    """The CSVs to read of those given: a whole list before its parts, and no documents."""
    if len(given) == 1 and given[0].name == file:
        return [*given]
    if (document := office_document(member.name for member in given)) is not None:
        raise ImportRefusedError(f"{file} is {document}. {_AS_CSV} {NOTHING_IMPORTED}")
    tables = [member for member in given if member.name.casefold().endswith(_CSV) and not _folders(member) & _DOCUMENTS]
    whole = [member for member in tables if not is_part(member.name)]
    official = [member for member in whole if is_official(member.name)]
    if len(official) > 1:
        names = " and ".join(member.name for member in official[:2])
        raise ImportRefusedError(f"{file} holds more than one list: {names}. Hand over one. {NOTHING_IMPORTED}")
    parts = [member for member in tables if is_part(member.name)]
    found = official or parts or [member for member in whole if "csv" in _folders(member)] or whole
    if not found:
        there = ", ".join(member.name for member in given[:3]) or "nothing"
        raise ImportRefusedError(f"{file} holds no CSV of postcodes. It holds: {there}. {_AS_CSV} {NOTHING_IMPORTED}")
    return found


def _folders(member: Member) -> set[str]:
    return set(member.name.casefold().split("/")[:-1])


def _read_member(path: Path, member: Member, is_alone: bool) -> tuple[Layout, Values]:
    name = member.name.rpartition("/")[2]
    with member.opened() as stream:
        head = stream.peek(_HEAD_BYTES)
        if (kind := what_it_is(head)) is not None:
            raise ImportRefusedError(f"{name} is {kind}, not a table of postcodes. {_AS_CSV} {NOTHING_IMPORTED}")
        layout = layout_of(name, head)
        table = _read_csv(name, stream, layout)
    rows = np.arange(1, table.num_rows + 1)
    is_row = np.logical_or.reduce([pc.is_valid(column).to_numpy() for column in table.columns])
    if layout.has_header and is_row.any():
        is_row[np.flatnonzero(is_row)[0]] = False
    cells = {ours: table[str(place)].combine_chunks().filter(pa.array(is_row)) for ours, place in layout.places.items()}
    return layout, read_values(cells, layout.titles, rows[is_row], "" if is_alone else f" of {name}")


def _read_csv(name: str, stream: io.BufferedReader, layout: Layout) -> pa.Table:
    """The columns that are wanted, as text under their places; every line is a row, an empty one without a cell."""
    uneven: list[pcsv.InvalidRow] = []

    def note(row: pcsv.InvalidRow) -> str:
        uneven.append(row)
        return "skip"

    text = _Text(stream)
    wanted = {str(place): pa.string() for place in layout.places.values()}
    try:
        # In one thread, which alone counts the rows.
        table = pcsv.read_csv(
            io.BufferedReader(text, _HEAD_BYTES),
            read_options=pcsv.ReadOptions(
                column_names=[str(place) for place in range(layout.width)], use_threads=False
            ),
            parse_options=pcsv.ParseOptions(
                newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=note
            ),
            convert_options=pcsv.ConvertOptions(
                include_columns=list(wanted), column_types=wanted, strings_can_be_null=True, null_values=[""]
            ),
        )
    except pa.ArrowInvalid as error:
        raise ImportRefusedError(
            f"{name} cannot be read as a table: a row is longer than a megabyte, or a quotation mark is not closed. "
            f"Save it as CSV again. {NOTHING_IMPORTED}"
        ) from error
    if uneven:
        shown = ", ".join(f"row {row.number:,} ({row.actual_columns} cells)" for row in uneven[:MOST_ROWS_NAMED])
        more = f" and {len(uneven) - MOST_ROWS_NAMED:,} more" if len(uneven) > MOST_ROWS_NAMED else ""
        raise ImportRefusedError(
            f"{name} cannot be read as a table: its first row has {layout.width} cells, and others have more or fewer: "
            f"{shown}{more}. Give each row a cell for each column. {NOTHING_IMPORTED}"
        )
    if text.marks % 2:
        raise ImportRefusedError(
            f"{name} cannot be read as a table: a quotation mark is not closed. Save it as CSV again. "
            f"{NOTHING_IMPORTED}"
        )
    return table


class _Text(io.RawIOBase):
    """A stream as UTF-8, with a sign for each byte that is none.

    Quotation marks are counted: an odd number leaves one open, and all that follows in its cell.
    """

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self.marks = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        wanted = len(buffer) // _LONGEST_SIGN
        block = self._stream.read(wanted)
        text = self._decoder.decode(block, final=len(block) < wanted).encode()
        self.marks += text.count(b'"')
        buffer[: len(text)] = text
        return len(text)


def _sha256(files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for item in files:
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
        reason = (
            "none of its positions lies in a ward of London. Take a list of London's postcodes."
            if any(boundaries.values())
            else "there are no boundaries to find them by. Run `transparency fetch wards --vintage 2022` first."
        )
        raise ImportRefusedError(
            f"No ward can be found for any of these postcodes: the file has no ward codes of our sets, and {reason} "
            f"{NOTHING_IMPORTED}"
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
    with naming(folder / POSTCODES_FILE):
        pq.write_table(assigned.table, folder / POSTCODES_FILE, row_group_size=ROWS_PER_GROUP, compression="zstd")


def read_kept(folder: Path) -> pa.Table:
    """The table of a holding, to assign its wards again."""
    return pq.read_table(folder / POSTCODES_FILE)
