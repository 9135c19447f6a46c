"""The sheet and the columns meant, found by what they hold, whatever their order; and columns read cell by cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise, zip_longest
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from transparency.core.text import is_spreadsheet_error, listed
from transparency.core.vocabulary import Finding
from transparency.importers.sheets import NO_VALUE, RawSheet, column_letters

HEADER_WITHIN_ROWS = 30  # titles and notes may stand above the header
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")


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
    """A sheet with its columns found. Rows that are blank in all of them are ignored."""

    file: str
    first_serial: date
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
                value = reader(_with_a_value(text))
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


def read_day(text: str, first_serial: date, forms: Sequence[str]) -> date | None:
    """A day as a serial number, as ISO 8601 or in one of the forms; None where it is none of them."""
    if _SERIAL.fullmatch(text):
        return first_serial + timedelta(days=int(float(text)))
    for form in ("%Y-%m-%d", *forms):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


# ---------------------------------------------------------------- finding


def find_sheet(
    kind: SheetKind, other_kinds: Sequence[SheetKind], sheets: Sequence[RawSheet], files: str
) -> FoundSheet | list[Finding]:
    """The sheet of a kind among those there are, by its name and by its columns, or the findings of its absence.

    A sheet of another name is taken when it has every column and is the only one that has. A sheet that is of one of
    the `other_kinds` is never meant.
    """
    sheets = [sheet for sheet in sheets if not any(_is_whole(other, sheet) for other in other_kinds)]
    looked = [(sheet, _find_header(kind, sheet)) for sheet in sheets]
    titles = {plain_title(title) for title in (kind.title, *kind.other_titles)}
    named = [look for look in looked if plain_title(look[0].title) in titles]
    whole = [look for look in looked if not _missing(kind, look[1])]
    candidates = [look for look in named if look in whole] or whole or named
    if len(candidates) > 1:
        both = " and ".join(look[0].title for look in candidates)
        remedy = "Leave one of them; if both are meant, hand them over as two imports."
        return [Finding(files, None, None, both, f"more than one sheet could be {kind.title}", remedy)]
    if not candidates:
        # The sheet that has the most of the columns is the likeliest to have been meant.
        nearest = max(looked, key=lambda look: len(look[1].places), default=None)
        if nearest is None or len(nearest[1].places) * 2 < len(kind.columns):
            there = ", ".join(sheet.title for sheet in sheets) or "no others"
            remedy = f"There are {there}. A sheet with these columns is needed: {_wanted(kind)}."
            return [Finding(files, None, None, None, f"the sheet {kind.title} is missing", remedy)]
        candidates = [nearest]
    return _taken(kind, *candidates[0])


def plain_title(text: object) -> str:
    """A title without case, spaces and signs: "Ward_Code" and "ward code" are one."""
    return re.sub(r"[^a-z0-9]+", "", str(text).casefold())


@dataclass(frozen=True)
class _Header:
    """Where a header stands (`row` from 0, `height` one or two), its titles, and the places of each column in it."""

    row: int
    height: int
    titles: list[str]
    places: dict[str, list[int]]


def _is_whole(kind: SheetKind, sheet: RawSheet) -> bool:
    return not _missing(kind, _find_header(kind, sheet))


def _missing(kind: SheetKind, header: _Header) -> list[Column]:
    return [column for column in kind.columns if not column.is_optional and column.name not in header.places]


def _wanted(kind: SheetKind) -> str:
    return ", ".join(column.title for column in kind.columns if not column.is_optional)


def _find_header(kind: SheetKind, sheet: RawSheet) -> _Header:
    """The row, or the two rows read as one, that hold most of the columns' titles."""
    rows = [[_shown(cell) for cell in row] for row in sheet.rows[:HEADER_WITHIN_ROWS]]
    found = [_header(kind, number, 1, row) for number, row in enumerate(rows)]
    for number, pair in enumerate(pairwise(rows)):
        joined = [" ".join(filter(None, cells)) for cells in zip_longest(*pair, fillvalue="")]
        found.append(_header(kind, number, 2, joined))
    return max(found, key=lambda header: len(header.places), default=_Header(0, 1, [], {}))


def _header(kind: SheetKind, row: int, height: int, titles: list[str]) -> _Header:
    plain = [plain_title(title) for title in titles]
    places = {}
    for column in kind.columns:
        known = {plain_title(title) for title in (column.title, *column.other_titles)}
        if at := [place for place, title in enumerate(plain) if title in known]:
            places[column.name] = at
    return _Header(row, height, titles, places)


def _taken(kind: SheetKind, sheet: RawSheet, header: _Header) -> FoundSheet | list[Finding]:
    """The sheet below its header, or what is wrong with the header."""
    missing = _missing(kind, header)
    if len(header.places) <= len(missing):
        rule = f"there is no header in the first {HEADER_WITHIN_ROWS} rows"
        return [Finding(sheet.file, None, None, None, rule, f"A row with these titles is needed: {_wanted(kind)}.")]
    remedy = f"The header has: {', '.join(filter(None, header.titles))}."
    findings = [
        Finding(sheet.file, header.row + 1, column.title, None, f"the column {column.title} is missing", remedy)
        for column in missing
    ]
    for column in kind.columns:
        at = header.places.get(column.name, [])
        if len(at) > 1:
            both = listed([f"{header.titles[place]} (column {column_letters(place)})" for place in at])
            rule = f"more than one column could be {column.title}"
            remedy = "Delete the one that is not meant, or give it another title."
            findings.append(Finding(sheet.file, header.row + 1, column.title, both, rule, remedy))
    return findings or _below(sheet, header)


def _below(sheet: RawSheet, header: _Header) -> FoundSheet:
    first = header.row + header.height
    below = sheet.rows[first:]
    cells = {
        name: [_text(row[place]) if place < len(row) else "" for row in below]
        for name, (place,) in header.places.items()
    }
    is_blank = [not any(texts) for texts in zip(*cells.values(), strict=True)]
    kept = np.flatnonzero(~np.array(is_blank, dtype=bool))
    if len(kept) < len(below):
        cells = {name: [texts[place] for place in kept] for name, texts in cells.items()}
    titles = {name: header.titles[place] for name, (place,) in header.places.items()}
    findings = _longer_than_header(sheet, header, first)
    found = FoundSheet(sheet.file, sheet.first_serial, kept + first + 1, titles, cells, findings)
    if not len(kept):
        rule, remedy = "the sheet has a header and no rows", "Download the workbook again."
        found.findings.append(Finding(sheet.file, None, None, None, rule, remedy))
    return found


def _text(cell: object) -> str:
    """A cell as text, truth as a spreadsheet shows it."""
    return str(cell).upper() if isinstance(cell, bool) else str(cell)


def _longer_than_header(sheet: RawSheet, header: _Header, first: int) -> list[Finding]:
    """The rows of a CSV with cells beyond the header's last: a comma within a cell has made two of it."""
    width = len(header.titles)
    remedy = "Give every row as many cells as the header; quote a cell that holds a comma."
    return [
        Finding(
            sheet.file,
            number,
            None,
            ",".join(map(str, row)),
            f"the row has {len(row)} cells, the header {width}",
            remedy,
        )
        for number, row in enumerate(sheet.rows[first:], start=first + 1)
        if len(row) > width and any(row)
    ]


def _shown(cell: object) -> str:
    """A title in one line, whatever breaks it in its cell."""
    return " ".join(str(cell).split())


def _with_a_value(text: str) -> str:
    """A cell's text; raises CellError where the cell has an error or nothing in place of its value."""
    if is_spreadsheet_error(text):
        raise CellError("the cell is an error of a spreadsheet", "Correct the formula where the workbook was made.")
    if text == NO_VALUE:
        remedy = "Open the workbook in a spreadsheet program, let it calculate, and save it again."
        raise CellError("the cell is a formula without its value", remedy)
    return text
