"""The sheets of a workbook (.xlsx), or the one table of a CSV file; recognised by content, whatever the file is called.

Nothing in a file is trusted: before a workbook is opened its archive is unpacked once to nowhere, which finds
what is cut short, damaged, locked by a password, or made to fill the memory of the reader. The reader of workbooks
leaves a cell blank where its formula failed or was never calculated: such cells are made text here, and named.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from transparency.core.vocabulary import Finding
from transparency.importers.packed import (
    HEAD_BYTES,
    UNPACKING_ERRORS,
    office_document,
    what_is_wrong,
    what_it_is,
)

MAXIMUM_UNPACKED_BYTES = 1_500_000_000
MAXIMUM_RATIO = 200  # the workbook's own sheets shrink to a tenth or fifteenth
SMALL_PART_BYTES = 10_000_000  # a part this small does no harm however well it is packed
MAXIMUM_CSV_BYTES = 500_000_000
NO_VALUE = "=?"  # stands for a formula that was stored without its value
# A number for a date counts days from here (https://learn.microsoft.com/office/troubleshoot/excel/1900-and-1904-date-system).
FIRST_SERIAL = date(1899, 12, 30)
FIRST_SERIAL_1904 = date(1904, 1, 1)

_OF_A_SHEET = b"sheetData"
_BLOCK = 1 << 20
_OVERLAP = 256
# A reader of workbooks makes room for every cell up to the last: one cell in the far corner fills the memory.
_LONG = re.compile(rb'r=["\'][A-Z]{0,3}[0-9]{5,}["\']')
_WIDE = re.compile(rb'r=["\'][A-Z]{2,3}[0-9]')
_FAR = re.compile(rb'r=["\'][A-Z]{3}[0-9]')
_ERROR = re.compile(rb'(<(?:\w+:)?c\b[^<>]*?\st=)["\']e["\']')
_FORMULA_ALONE = re.compile(
    rb"<((?:\w+:)?)c\b([^<>]*)>\s*<\1f\b(?:[^<>]*/>|[^<>]*>[^<]*</\1f>)\s*(<\1v\s*/>|<\1v>\s*</\1v>)?\s*</\1c>"
)
_TYPE = re.compile(rb'\st=["\'][^"\']*["\']')
_TYPE_TEXT = re.compile(rb'\st=["\']str["\']')
_OF_ERRORS_AND_FORMULAS = (b't="e"', b"t='e'", b"<f", b":f")
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension\b[^<>]*?\bref=["\']([^"\']*)["\'][^<>]*>')
_RANGE = re.compile(rb"[A-Z]{1,3}[1-9][0-9]*(:[A-Z]{1,3}[1-9][0-9]*)?")
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}
_LINES_LOOKED_AT = 30
_FETCH_AGAIN = "Download it again and check that it opens in a spreadsheet program."
_SAVE_AS_XLSX = (
    "Open it in a spreadsheet program and save it as .xlsx without a password, or each sheet as CSV in UTF-8."
)
_SAVE_AS_CSV = "Save the sheet as CSV, comma separated, in UTF-8."


@dataclass(frozen=True)
class RawSheet:
    """The cells of one sheet as they stand, by row from the top. `file` is what findings call it; a number for a date
    counts days from `first_serial`."""

    file: str
    title: str
    rows: Sequence[Sequence[Any]]
    first_serial: date = FIRST_SERIAL


def read_sheets(path: Path) -> tuple[list[RawSheet], list[Finding]]:
    """The sheets of a workbook, or the one table of a CSV; or the finding that says why there is none."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head.removeprefix(codecs.BOM_UTF8).strip():
        return [], [_of_file(path, None, "the file is empty", _FETCH_AGAIN)]
    match what_it_is(head):
        case None:
            return _read_csv(path)
        case "a zip archive":
            return _read_workbook(path)
        case kind:
            return [], [_of_file(path, None, f"the file is {kind}", _SAVE_AS_XLSX)]


def column_letters(place: int) -> str:
    """The letters a spreadsheet gives a column, counted from 0: A, Z, AA."""
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def other_separator(lines: Iterable[str]) -> str | None:
    """What separates the cells of a table in place of commas, in words; None where commas do, or nothing."""
    looked = list(lines)
    most = {sign: max((line.count(sign) for line in looked), default=0) for sign in (",", *_SEPARATORS)}
    widest = max(most, key=lambda sign: most[sign])
    return _SEPARATORS.get(widest)


def _of_file(path: Path, value: str | None, rule: str, remedy: str) -> Finding:
    return Finding(path.name, None, None, value, rule, remedy)


# ---------------------------------------------------------------- CSV


def _read_csv(path: Path) -> tuple[list[RawSheet], list[Finding]]:
    size = path.stat().st_size
    if size > MAXIMUM_CSV_BYTES:
        return [], [_of_file(path, f"{size:,} bytes", "the file is larger than 500 MB", "Hand over one sheet as CSV.")]
    source = path.read_bytes()
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = source.count(b"\n", 0, error.start) + 1
        return [], [Finding(path.name, row, None, None, "the text is not UTF-8", _SAVE_AS_CSV)]
    if (name := other_separator(text.splitlines()[:_LINES_LOOKED_AT])) is not None:
        return [], [_of_file(path, None, f"the cells are separated by {name}, not by commas", _SAVE_AS_CSV)]
    csv.field_size_limit(MAXIMUM_CSV_BYTES)
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend(lines)
    except csv.Error:
        rule = "a quotation mark is never closed, or stands where none may"
        return [], [Finding(path.name, len(rows) + 1, None, None, rule, _SAVE_AS_CSV)]
    return [RawSheet(path.name, path.stem, rows)], []


# ---------------------------------------------------------------- workbooks


@dataclass(frozen=True)
class _Look:
    """What a part of a workbook's archive holds: cells too far off; perhaps errors or formulas; a size that is none."""

    is_spread_too_far: bool
    may_have_no_values: bool
    has_no_true_size: bool


def _read_workbook(path: Path) -> tuple[list[RawSheet], list[Finding]]:
    from python_calamine import CalamineError

    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            if unpacked > MAXIMUM_UNPACKED_BYTES or any(_is_packed_too_well(part) for part in archive.infolist()):
                rule = "the workbook unpacks to far more than a workbook of this size holds, and was not opened"
                return [], [_of_file(path, f"{unpacked:,} bytes", rule, _FETCH_AGAIN)]
            looks = {part.filename: _look(archive, part) for part in archive.infolist()}
            for name, look in looks.items():
                if look.is_spread_too_far:
                    rule = "a cell lies so far from the others that the sheet cannot be read safely"
                    return [], [_of_file(path, name, rule, "Delete the rows and columns beyond the table.")]
            if (kind := office_document(archive.namelist())) != "an Excel workbook":
                rule = f"the file is {kind or 'a zip archive'}, not an Excel workbook (.xlsx)"
                return [], [_of_file(path, None, rule, _SAVE_AS_XLSX)]
            return _sheets(path, archive, looks), []
    except UNPACKING_ERRORS as error:
        wrong, remedy = what_is_wrong(error, _SAVE_AS_XLSX)
        return [], [_of_file(path, None, f"the workbook {wrong}", remedy)]
    except (CalamineError, ElementTree.ParseError, KeyError, ValueError):
        return [], [_of_file(path, None, "the workbook is not built as an .xlsx is", _SAVE_AS_XLSX)]


def _is_packed_too_well(part: zipfile.ZipInfo) -> bool:
    return part.file_size > SMALL_PART_BYTES and part.file_size > MAXIMUM_RATIO * max(part.compress_size, 1)


def _look(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> _Look:
    """Unpack a part to its end, which checks its size and checksum, and look at how far its cells reach."""
    is_sheet = is_long = is_wide = is_far = may_have_no_values = has_no_true_size = False
    kept = b""
    with archive.open(part) as stream:
        while block := stream.read(_BLOCK):
            if not kept:
                is_sheet = _OF_A_SHEET in block
                size = _DIMENSION.search(block)
                has_no_true_size = size is not None and _RANGE.fullmatch(size[1]) is None
            block = kept + block
            if wide := _WIDE.search(block):
                is_wide = True
                is_far = is_far or bool(_FAR.search(block, wide.start()))
            is_long = is_long or bool(_LONG.search(block))
            if is_sheet and not may_have_no_values:
                may_have_no_values = any(mark in block for mark in _OF_ERRORS_AND_FORMULAS)
            kept = block[-_OVERLAP:]
    return _Look(is_far or (is_long and is_wide), may_have_no_values, has_no_true_size)


def _sheets(path: Path, archive: zipfile.ZipFile, looks: dict[str, _Look]) -> list[RawSheet]:
    """The sheets with cells, each cell where it stands; raises CalamineError, ParseError or KeyError."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    about = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - expat bounds what entities grow to
    is_1904 = any(each.tag.endswith("}workbookPr") and each.get("date1904") in ("1", "true") for each in about)
    is_readable = not any(look.may_have_no_values or look.has_no_true_size for look in looks.values())
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()) if is_readable else _readable(archive))
    return [
        RawSheet(
            f"{path.name}, sheet {sheet.name}",
            sheet.name,
            workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False),
            FIRST_SERIAL_1904 if is_1904 else FIRST_SERIAL,
        )
        for sheet in workbook.sheets_metadata
        if sheet.typ is SheetTypeEnum.WorkSheet
    ]


def _readable(archive: zipfile.ZipFile) -> io.BytesIO:
    """The workbook as its reader needs it: errors and formulas without a value are text, and sheets say no size.

    The reader leaves such cells blank, gives up at an error it does not know, and at a size that is no range.
    """
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as rewritten:
        for part in archive.infolist():
            content = archive.read(part)
            if _OF_A_SHEET in content[:_BLOCK]:
                content = _DIMENSION.sub(b"", content, count=1)
                content = _ERROR.sub(rb'\1"str"', content)
                content = _FORMULA_ALONE.sub(_with_text, content)
            rewritten.writestr(part.filename, content)
    copy.seek(0)
    return copy


def _with_text(cell: re.Match[bytes]) -> bytes:
    """A cell that is a formula alone, with a text in place of its value; an empty text is a value."""
    prefix, attributes, value = cell[1], cell[2], cell[3]
    if value and _TYPE_TEXT.search(attributes):
        return cell[0]
    kept = _TYPE.sub(b"", attributes)
    return b'<%bc%b t="str"><%bv>%b</%bv></%bc>' % (prefix, kept, prefix, NO_VALUE.encode(), prefix, prefix)
