"""Reading a submission: its bytes, its header and its cells, with every error found.

A submission is a CSV file (RFC 4180, https://www.rfc-editor.org/rfc/rfc4180) in UTF-8, with or without a byte order
mark, its columns in any order. Every check is run every time:

1. the bytes: size, encoding, NUL bytes, quoting, rows of unequal length;
2. the cells: spreadsheet formulas, numbers, dates and truth values not written in plain ASCII, and the constraints of
   the descriptor (Table Schema's required, minimum, maximum, enum and pattern);
3. the primary key.

A cell keeps the first error found in it and counts as blank for later checks, so that each error is reported once and
hides no other.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from typing import Any

from transparency.core.text import (
    FORMULA_STARTS,
    as_meant,
    control_character,
    is_spreadsheet_error,
    is_web_address,
    listed,
)
from transparency.core.vocabulary import Finding
from transparency.importers.packed import HEAD_BYTES, what_it_is
from transparency.importers.sheets import column_letters, other_separator
from transparency.store.descriptors import LARGEST_NUMBER, Dataset, Field

MAXIMUM_BYTES = 50_000_000

_PLAIN_FORMS = {
    "number": re.compile(r"-?[0-9]+(\.[0-9]+)?"),
    "integer": re.compile(r"-?[0-9]+"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "boolean": re.compile(r"true|false"),
}
_TYPE_RULES = {
    "number": ("the cell is not a number", "Write the number in digits, such as 2 or 1.5."),
    "integer": ("the cell is not a whole number", "Write the number in digits, such as 2."),
    "date": ("the cell is not a date", "Write the date as year-month-day, such as 2017-01-04."),
    "boolean": ("the cell is neither true nor false", "Write true or false, in small letters."),
    "string": ("the cell is not text", "Write text."),
}
_VALUES: dict[str, Callable[[Any], Any]] = {
    "number": Decimal,
    "integer": int,
    "date": date.fromisoformat,
    "boolean": str,
    "string": str,
}
# Whether a value keeps within a constraint of Table Schema; `required` is a matter of blank cells.
CONSTRAINTS: dict[str, Callable[[Any, Any], bool]] = {
    "required": lambda value, _: True,
    "minimum": lambda value, least: bool(value >= least),
    "maximum": lambda value, most: bool(value <= most),
    "enum": lambda value, words: value in words,
    "pattern": lambda value, form: re.fullmatch(form, value) is not None,
}
_ADDRESS_RULE = (
    "the address is not one of the web",
    "Write it whole, such as https://www.london.gov.uk/press: https:// or http://, then the host.",
)
_SPREADSHEET_ERROR = ("the cell is an error of a spreadsheet", "Correct the formula where the table was made.")
_BLANK_ROW = ("the row is blank", "Delete it.")
_SAVE_AS_CSV = "Save the table as CSV, comma separated, in UTF-8."
# One cell of RFC 4180: quoted with its quotation marks doubled, or bare without any; then a comma or the end.
_CELL = re.compile(r'(?:"(?:[^"]++|"")*+"|[^",\r\n]*)(?=,|[\r\n]*\Z)')
_UNCLOSED = re.compile(r'"(?:[^"]++|"")*+\Z')


@dataclass
class Reading:
    """What a submission contains: its cells by column, None where blank or in error, and its findings.

    Row numbers count from the header, which is row 1: `columns[name][0]` is row 2. `columns` is empty when
    the file cannot be read as a table at all.
    """

    file: str
    source: bytes
    columns: dict[str, list[str | None]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def find(self, row: int | None, column: str | None, value: str | None, rule: str, remedy: str) -> None:
        """Add a finding and blank the cell, or the whole row, that it is about."""
        shown = None if value is None else value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        self.findings.append(Finding(self.file, row, column, shown, rule, remedy))
        self._blank(row, column)

    def set_columns(self, columns: dict[str, list[str | None]]) -> None:
        """Take the cells, but for those a finding is about already."""
        self.columns = columns
        for finding in self.findings:
            self._blank(finding.row, finding.column)

    def _blank(self, row: int | None, column: str | None) -> None:
        if row is None or row == 1:
            return
        for name in self.columns if column is None else column.split(", "):
            if row - 2 < len(self.columns.get(name, ())):
                self.columns[name][row - 2] = None


def read_submission(dataset: Dataset, path: Path) -> Reading:
    """Read the file at `path` as a submission to `dataset`; raises OSError when it cannot be opened."""
    size = path.stat().st_size
    if size > MAXIMUM_BYTES:
        reading = Reading(path.name, b"")
        reading.find(
            None,
            None,
            f"{size:,} bytes",
            "the file is larger than 50 MB",
            "Hand over one table for one as-at date, without formatting.",
        )
        return reading
    reading = read_table(dataset, path.read_bytes(), path.name)
    for described in dataset.fields:
        _warn_of_amounts(reading, described)
    return reading


def read_table(dataset: Dataset, source: bytes, file: str, schema: TableSchema | None = None) -> Reading:
    """Read the bytes of a submission to `dataset`; `file` is the name its findings give.

    A caller with many tables of one dataset passes the same `schema` each time.
    """
    reading = Reading(file, source)
    text = _decode(reading)
    if text is None:
        return reading
    records = _parse(reading, text)
    if not records:
        return reading
    header, rows = records[0], records[1:]
    if _is_of_one_column(reading, header):
        return reading
    _check_header(reading, dataset, header)
    if not rows and not any(finding.row != 1 for finding in reading.findings):
        reading.find(None, None, None, "the file has a header and no rows", "Add at least one row of data.")
    _fill_columns(reading, dataset, header, rows)
    _check_cells(reading, schema or TableSchema(dataset))
    _take_as_meant(reading, dataset)
    order = {name: n for n, name in enumerate(header)}
    reading.findings.sort(key=lambda f: (f.row or 0, order.get((f.column or "").split(", ")[0], -1)))
    return reading


# ---------------------------------------------------------------- bytes


def _decode(reading: Reading) -> str | None:
    """The text of the file; bytes that are not UTF-8 stay in it as surrogates, to be found with their cell."""
    source = reading.source.removeprefix(b"\xef\xbb\xbf")
    if not source.strip():
        reading.find(None, None, None, "the file is empty", _SAVE_AS_CSV)
        return None
    kind = what_it_is(source[:HEAD_BYTES])
    if kind is not None:
        rule = "the text is not UTF-8" if kind.endswith(" text") else "the file is not a CSV table"
        reading.find(None, None, f"{kind}, as a workbook is" if kind == "a zip archive" else kind, rule, _SAVE_AS_CSV)
        return None
    return source.decode("utf-8", "surrogateescape")


def _parse(reading: Reading, text: str) -> list[list[str]]:
    """The records of the file, up to the first one whose quoting cannot be followed."""
    lines: list[str] = []

    def remembered() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            lines.append(line)
            yield line

    records: list[list[str]] = []
    csv.field_size_limit(MAXIMUM_BYTES)
    parser = csv.reader(remembered(), strict=True)
    try:
        for record in parser:
            if any('"' in line for line in lines) and _broken_cell("".join(lines)):
                _find_quoting(reading, records, "".join(lines))
            records.append(record)
            lines.clear()
    except csv.Error:
        _find_quoting(reading, records, "".join(lines))
    return records


def _broken_cell(record: str) -> tuple[int, str] | None:
    """The place (from 0) of the first cell that breaks RFC 4180 and the text from there on, or None."""
    position = place = 0
    while cell := _CELL.match(record, position):
        if cell.end() == len(record) or record[cell.end()] != ",":
            return None
        position = cell.end() + 1
        place += 1
    return place, record[position:]


def _find_quoting(reading: Reading, records: Sequence[Sequence[str]], record: str) -> None:
    place, rest = _broken_cell(record) or (0, record)
    column = records[0][place] if records and place < len(records[0]) else None
    if _UNCLOSED.match(rest):
        rule, remedy = "a quotation mark is opened and never closed", "Close it at the end of the cell."
    else:
        rule = "a quotation mark stands where none may"
        remedy = "Put the whole cell in quotation marks and double each one inside it."
    first_line = rest.splitlines()[0]
    reading.find(len(records) + 1, column, first_line[:60], rule, remedy)


# ---------------------------------------------------------------- header and cells


def _is_of_one_column(reading: Reading, header: Sequence[str]) -> bool:
    """Refuse a file whose first line holds no comma: it is not a comma-separated table."""
    if len(header) > 1:
        return False
    if not reading.findings:
        separator = other_separator(header)
        rule = f"the cells are separated by {separator}, not by commas" if separator else "the file is not a CSV table"
        reading.find(1, None, header[0][:60] if header else None, rule, _SAVE_AS_CSV)
    return True


def _check_header(reading: Reading, dataset: Dataset, header: Sequence[str]) -> None:
    known = ", ".join(dataset.column_names)
    for described in dataset.fields:
        if described.name not in header and not described.is_optional_column:
            reading.find(
                1,
                described.name,
                None,
                "the column is missing",
                f"Add the column {described.name}: {described.description}.",
            )
    for n, name in enumerate(header):
        if name in header[:n]:
            both = listed([f"{name} (column {column_letters(place)})" for place in (header.index(name), n)])
            reading.find(1, name, both, "the column is repeated", "Keep one of the two.")
        elif name not in dataset.column_names:
            reading.find(1, name, name, "the column is not one of this dataset's", f"Leave it out. There are: {known}.")


def _fill_columns(reading: Reading, dataset: Dataset, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Set the reading's columns, those of the dataset only, and find the rows of another length."""
    places = {name: n for n, name in reversed(list(enumerate(header))) if name in dataset.column_names}
    in_columns = list(zip_longest(*rows, fillvalue=""))
    blank = [""] * len(rows)
    reading.set_columns(
        {
            name: [cell or None for cell in (in_columns[place] if place < len(in_columns) else blank)]
            for name, place in places.items()
        }
    )
    found = {finding.row for finding in reading.findings}
    for number, row in enumerate(rows, start=2):
        if len(row) == len(header) or number in found:
            continue
        if row:
            rule = f"the row has {len(row)} cells where the header has {len(header)}"
            remedy = "Give every row as many cells as the header; quote a cell that holds a comma."
            reading.find(number, None, ",".join(row)[:60], rule, remedy)
        else:
            reading.find(number, None, None, *_BLANK_ROW)


# ---------------------------------------------------------------- cells


class TableSchema:
    """How a dataset's cells must be written and which values they may have.

    Each different cell of a column is judged once, however many tables it occurs in.
    """

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self._judged: dict[str, set[str | None]] = {name: set() for name in dataset.column_names}
        self._broken: dict[str, dict[str | None, tuple[str, str]]] = {name: {} for name in dataset.column_names}

    def broken(self, described: Field, cells: Iterable[str | None]) -> dict[str | None, tuple[str, str]]:
        """The rule and the remedy for each cell of the column, of this table or an earlier one, that breaks one."""
        judged, broken = self._judged[described.name], self._broken[described.name]
        for cell in set(cells) - judged:
            if error := _error_of(described, cell):
                broken[cell] = error
            judged.add(cell)
        return broken


def _check_cells(reading: Reading, schema: TableSchema) -> None:
    """Judge the cells no error was found in so far; then the primary key."""
    if not any(reading.columns.values()):
        return
    found = {(finding.row, finding.column) for finding in reading.findings}
    rows_found = {row for row, _ in found}
    blank = {row for row, cells in enumerate(zip(*reading.columns.values(), strict=True), start=2) if not any(cells)}
    for row in sorted(blank - rows_found):
        reading.find(row, None, None, *_BLANK_ROW)
    for described in schema.dataset.fields:
        cells = reading.columns.get(described.name, [])
        broken = schema.broken(described, cells)
        if broken.keys().isdisjoint(cells):
            continue
        for row, cell in enumerate(list(cells), start=2):
            if cell in broken and row not in blank and not {(row, None), (row, described.name)} & found:
                reading.find(row, described.name, cell, *broken[cell])
    _check_primary_key(reading, schema.dataset)


def _take_as_meant(reading: Reading, dataset: Dataset) -> None:
    """Take texts without the apostrophe that keeps a spreadsheet from running them, as our own tables write it."""
    for described in dataset.fields:
        cells = reading.columns.get(described.name)
        if described.type == "string" and cells:
            reading.columns[described.name] = [cell and as_meant(cell) for cell in cells]


def _warn_of_amounts(reading: Reading, described: Field) -> None:
    """Name the numbers beyond what is expected of the column; they are kept."""
    expected = described.expected
    if expected is None:
        return
    for row, cell in enumerate(reading.columns.get(described.name, []), start=2):
        if cell is not None and float(cell) > expected.maximum:
            finding = Finding(reading.file, row, described.name, cell, expected.rule, expected.remedy, is_warning=True)
            reading.findings.append(finding)


def _error_of(described: Field, cell: str | None) -> tuple[str, str] | None:
    """The rule a cell breaks by how it is written or by its value, and the remedy."""
    if described.is_required and not (cell or "").strip():
        return "the cell is blank and must not be", f"Fill it in: {described.description}."
    if cell is None:
        return None
    if error := _writing_error(described, cell):
        return error
    try:
        value = _VALUES[described.type](cell)
    except ValueError:
        return _TYPE_RULES[described.type]
    if described.type in ("integer", "number") and abs(value) > LARGEST_NUMBER:
        return "the number is too large", "Check it against its source."
    for name, limit in described.constraints.items():
        if not CONSTRAINTS[name](value, limit):
            return _constraint_rule(name, limit, described)
    return None


def _writing_error(described: Field, cell: str) -> tuple[str, str] | None:
    if (character := control_character(cell)) is not None:
        return _control_rule(character)
    if is_spreadsheet_error(cell):
        return _SPREADSHEET_ERROR
    if described.format == "uri" and not is_web_address(cell):
        return _ADDRESS_RULE
    form = _PLAIN_FORMS.get(described.type)
    if form is not None and form.fullmatch(cell):
        return None
    if cell.startswith(FORMULA_STARTS):
        return "the cell starts a spreadsheet formula", "Write the value itself, without the sign before it."
    return _TYPE_RULES[described.type] if form is not None else None


def _control_rule(character: str) -> tuple[str, str]:
    match character:
        case "U+0000":
            return "the cell holds a NUL byte", "Save the table again from the program that made it."
        case _ if "U+D800" <= character <= "U+DFFF":
            return "the text is not UTF-8", _SAVE_AS_CSV
        case _:
            return f"the cell holds the control character {character}, which cannot be shown", "Delete it."


def _constraint_rule(name: str, limit: Any, described: Field) -> tuple[str, str]:
    match name:
        case "enum":
            return "the word is not one this column knows", f"Use one of: {', '.join(limit)}."
        case "pattern":
            return f"the text does not have the form {limit}", f"Write it as described: {described.description}."
        case _:
            side = "below" if name == "minimum" else "above"
            return f"the number is {side} {limit}", "Check it against its source."


def _check_primary_key(reading: Reading, dataset: Dataset) -> None:
    if not set(dataset.primary_key) <= set(reading.columns):
        return
    name = ", ".join(dataset.primary_key)
    read = [_VALUES[described.type] for described in dataset.fields_named(dataset.primary_key)]
    first: dict[tuple[object, ...], int] = {}
    keys = list(zip(*(reading.columns[column] for column in dataset.primary_key), strict=True))
    for row, cells in enumerate(keys, start=2):
        if None in cells:
            continue
        key = tuple(value(cell) for value, cell in zip(read, cells, strict=True))
        if first.setdefault(key, row) != row:
            reading.find(
                row,
                name,
                ", ".join(cell or "" for cell in cells),
                f"the same {name} as in row {first[key]}",
                f"Keep one row for each {name}.",
            )
