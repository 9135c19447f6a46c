"""Sheets of a workbook (.xlsx) or of CSV files, found by what they hold, whatever their order.

Nothing in a file is trusted: before a workbook is opened its archive is unpacked once to nowhere, which finds
what is cut short, damaged, locked by a password, or made to fill the memory of the reader.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from transparency.core.vocabulary import Finding

MAXIMUM_UNPACKED_BYTES = 1_500_000_000
MAXIMUM_RATIO = 200  # the workbook's own sheets shrink to a tenth or fifteenth
SMALL_PART_BYTES = 10_000_000  # a part this small does no harm however well it is packed
MAXIMUM_CSV_BYTES = 500_000_000
HEADER_WITHIN_ROWS = 10  # a title or a note may stand above the header

_BLOCK = 1 << 20
# A reader of workbooks makes room for every cell up to the last: one cell in the far corner fills the memory.
_LONG = re.compile(rb'r=["\'][A-Z]{0,3}[0-9]{5,}["\']')
_WIDE = re.compile(rb'r=["\'][A-Z]{2,3}[0-9]')
_FAR = re.compile(rb'r=["\'][A-Z]{3}[0-9]')
_FETCH_AGAIN = "Download it again and check that it opens in a spreadsheet program."


@dataclass(frozen=True)
class Column:
    """A column to find: our name, the title it is known by, and other titles it has had or may have."""

    name: str
    title: str
    other_titles: tuple[str, ...] = ()
    is_optional: bool = False


@dataclass(frozen=True)
class SheetKind:
    """A sheet to find: the name it is known by and its columns."""

    title: str
    other_titles: tuple[str, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class RawSheet:
    """The cells of one sheet as they stand, by row from the top. `file` is what findings call it."""

    file: str
    title: str
    rows: Sequence[Sequence[Any]]


class CellError(Exception):
    """A cell that cannot be taken as it is: the rule it breaks and how to fix it."""

    def __init__(self, rule: str, remedy: str) -> None:
        super().__init__(rule)
        self.rule = rule
        self.remedy = remedy


@dataclass(frozen=True)
class Cells:
    """A column read: `values`, each different value once in the order of first use, and the place among them of
    each row's value. A value with an error is None."""

    values: list[Any]
    places: npt.NDArray[np.intp]

    def of_rows(self, rows: npt.NDArray[np.bool_]) -> Cells:
        """The column of some of the rows."""
        return Cells(self.values, self.places[rows])

    def per_row(self) -> npt.NDArray[np.object_]:
        """The value of each row."""
        values = np.empty(len(self.values), dtype=object)
        values[:] = self.values
        return values[self.places]


@dataclass
class FoundSheet:
    """A sheet with its columns found. Rows that are blank in all of them are passed over."""

    file: str
    rows: npt.NDArray[np.intp]
    titles: dict[str, str]
    cells: dict[str, list[str]]
    findings: list[Finding] = field(default_factory=list)

    def read(self, column: str, reader: Callable[[str], Any]) -> Cells:
        """Read a column, each different text once, by a function that raises CellError; keeps the findings.

        A column the sheet lacks reads as blank.
        """
        texts = self.cells.get(column, [""] * len(self.rows))
        places, distinct = pd.factorize(np.array(texts, dtype=object))
        place_of: dict[Any, int] = {}
        meant = np.empty(len(distinct), dtype=np.intp)
        for place, text in enumerate(distinct):
            value = None
            try:
                value = reader(text)
            except CellError as error:
                self._find(np.flatnonzero(places == place), column, text, error)
            meant[place] = place_of.setdefault(value, len(place_of))
        return Cells(list(place_of), meant[places])

    def warn(self, row: int | None, column: str | None, value: str | None, rule: str, remedy: str) -> None:
        """Keep a finding that does not stand in the way."""
        title = None if column is None else self.titles.get(column, column)
        self.findings.append(Finding(self.file, row, title, value, rule, remedy, is_warning=True))

    def _find(self, at: npt.NDArray[np.intp], column: str, text: str, error: CellError) -> None:
        for row in self.rows[at]:
            value = text.removesuffix(".0")
            self.findings.append(Finding(self.file, int(row), self.titles[column], value, error.rule, error.remedy))


# ---------------------------------------------------------------- opening


def read_sheets(path: Path) -> tuple[list[RawSheet], list[Finding]]:
    """The sheets of a workbook, or the one table of a CSV; or the finding that says why there is none."""
    if path.suffix.casefold() == ".csv":
        return _read_csv(path)
    error = _archive_error(path)
    if error is not None:
        return [], [_of_file(path, *error)]
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_path(path)
        return [
            RawSheet(f"{path.name}, sheet {name}", name, workbook.get_sheet_by_name(name).to_python())
            for name in workbook.sheet_names
        ], []
    except (CalamineError, OSError, ValueError) as refusal:
        return [], [_of_file(path, None, f"the workbook cannot be read ({refusal})", _FETCH_AGAIN)]


def _of_file(path: Path, value: str | None, rule: str, remedy: str) -> Finding:
    return Finding(path.name, None, None, value, rule, remedy)


def _read_csv(path: Path) -> tuple[list[RawSheet], list[Finding]]:
    size = path.stat().st_size
    if size > MAXIMUM_CSV_BYTES:
        return [], [_of_file(path, f"{size:,} bytes", "the file is larger than 500 MB", "Hand over one sheet as CSV.")]
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [_of_file(path, None, "the text is not UTF-8", "Save the sheet as CSV in UTF-8.")]
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as refusal:
        return [], [_of_file(path, None, f"the file is not a CSV table ({refusal})", "Save the sheet as CSV again.")]
    return [RawSheet(path.name, path.stem, rows)], []


def _archive_error(path: Path) -> tuple[str | None, str, str] | None:
    """What is wrong with the archive a workbook is: value, rule and remedy; None where nothing is."""
    with path.open("rb") as file:
        start = file.read(4)
    if start == b"\xd0\xcf\x11\xe0":
        rule = "the workbook is locked by a password, or of the old kind (.xls)"
        return None, rule, "Save it as .xlsx without a password."
    if start != b"PK\x03\x04":
        return start.decode("latin-1"), "the file is not an Excel workbook", _FETCH_AGAIN
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if unpacked > MAXIMUM_UNPACKED_BYTES or any(_is_packed_too_well(part) for part in parts):
                rule = "the workbook unpacks to far more than a workbook of this size holds, and was not opened"
                return f"{unpacked:,} bytes", rule, _FETCH_AGAIN
            for part in parts:
                if _spreads_too_far(archive, part):
                    rule = "a cell lies so far from the others that the sheet cannot be read safely"
                    return part.filename, rule, "Delete the rows and columns beyond the table."
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as damage:
        return str(damage), "the workbook is cut short or damaged", _FETCH_AGAIN
    return None


def _is_packed_too_well(part: zipfile.ZipInfo) -> bool:
    return part.file_size > SMALL_PART_BYTES and part.file_size > MAXIMUM_RATIO * max(part.compress_size, 1)


def _spreads_too_far(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Unpack a part to its end, which checks its size and checksum, and look how far its cells reach."""
    is_long = is_wide = False
    kept = b""
    with archive.open(part) as stream:
        while block := stream.read(_BLOCK):
            block = kept + block
            if wide := _WIDE.search(block):
                is_wide = True
                if _FAR.search(block, wide.start()):
                    return True
            is_long = is_long or bool(_LONG.search(block))
            kept = block[-24:]
    return is_long and is_wide


# ---------------------------------------------------------------- finding


def find_sheet(
    kind: SheetKind, other_kinds: Sequence[SheetKind], sheets: Sequence[RawSheet], files: str
) -> FoundSheet | list[Finding]:
    """The sheet of a kind among those there are, by its name and by its columns, or the findings of its absence.

    A sheet of another name is taken when it has every column and is the only one that has. A sheet that is of one of
    the `other_kinds` is never meant.
    """
    sheets = [sheet for sheet in sheets if not any(_is_whole(other, sheet) for other in other_kinds)]
    looked = [(sheet, *_find_header(kind, sheet)) for sheet in sheets]
    titles = {plain_title(title) for title in (kind.title, *kind.other_titles)}
    named = [look for look in looked if plain_title(look[0].title) in titles]
    whole = [look for look in looked if not _missing(kind, look[2])]
    candidates = [look for look in named if look in whole] or whole or named
    if len(candidates) > 1:
        both = " and ".join(look[0].title for look in candidates)
        remedy = "Leave one of them; if both are meant, hand them over as two imports."
        return [Finding(files, None, None, both, f"more than one sheet could be {kind.title}", remedy)]
    if not candidates:
        # The sheet that has the most of the columns is the likeliest to have been meant.
        nearest = max(looked, key=lambda look: len(look[2]), default=None)
        if nearest is None or len(nearest[2]) * 2 < len(kind.columns):
            there = ", ".join(sheet.title for sheet in sheets) or "no others"
            wanted = ", ".join(column.title for column in kind.columns if not column.is_optional)
            remedy = f"There are {there}. A sheet with these columns is needed: {wanted}."
            return [Finding(files, None, None, None, f"the sheet {kind.title} is missing", remedy)]
        candidates = [nearest]
    sheet, header, places = candidates[0]
    missing = _missing(kind, places)
    if missing:
        there = ", ".join(str(cell).strip() for cell in sheet.rows[header] if str(cell).strip()) if sheet.rows else ""
        remedy = f"The header has: {there or 'nothing'}."
        return [
            Finding(sheet.file, header + 1, column.title, None, f"the column {column.title} is missing", remedy)
            for column in missing
        ]
    return _take(sheet, header, places)


def plain_title(text: object) -> str:
    """A title without case, spaces and signs: "Ward_Code" and "ward code" are one."""
    return re.sub(r"[^a-z0-9]+", "", str(text).casefold())


def _is_whole(kind: SheetKind, sheet: RawSheet) -> bool:
    return not _missing(kind, _find_header(kind, sheet)[1])


def _missing(kind: SheetKind, places: dict[str, int]) -> list[Column]:
    return [column for column in kind.columns if not column.is_optional and column.name not in places]


def _find_header(kind: SheetKind, sheet: RawSheet) -> tuple[int, dict[str, int]]:
    """The row (from 0) that holds most of the columns' titles, and the place of each column in it."""
    best: tuple[int, dict[str, int]] = (0, {})
    for number, row in enumerate(sheet.rows[:HEADER_WITHIN_ROWS]):
        titles: dict[str, int] = {}
        for place, cell in enumerate(row):
            titles.setdefault(plain_title(cell), place)
        places = {}
        for column in kind.columns:
            for title in (column.title, *column.other_titles):
                if plain_title(title) in titles:
                    places[column.name] = titles[plain_title(title)]
                    break
        if len(places) > len(best[1]):
            best = number, places
    return best


def _take(sheet: RawSheet, header: int, places: dict[str, int]) -> FoundSheet:
    below = sheet.rows[header + 1 :]
    cells = {name: [str(row[place]) if place < len(row) else "" for row in below] for name, place in places.items()}
    is_blank = [not any(texts) for texts in zip(*cells.values(), strict=True)]
    kept = np.flatnonzero(~np.array(is_blank, dtype=bool))
    if len(kept) < len(below):
        cells = {name: [texts[place] for place in kept] for name, texts in cells.items()}
    titles = {name: str(sheet.rows[header][place]).strip() for name, place in places.items()}
    found = FoundSheet(sheet.file, kept + header + 2, titles, cells)
    if not len(kept):
        rule, remedy = "the sheet has a header and no rows", "Download the workbook again."
        found.findings.append(Finding(sheet.file, None, None, None, rule, remedy))
    return found
