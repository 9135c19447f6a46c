"""A release as an accessible spreadsheet.

Laid out as the Government Analysis Function asks ("Releasing statistics in spreadsheets",
https://analysisfunction.civilservice.gov.uk/policy-store/releasing-statistics-in-spreadsheets/): a cover, notes,
then one marked-up table on a separate sheet, starting in column A under its title; no merged cells, no blank
rows or columns, no meaning by colour; an empty cell is explained.
"""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from transparency.core.text import full_date, harmless, number, without_control_characters
from transparency.exhibits.csv import HARMLESS
from transparency.exhibits.document import LICENCE, LICENCE_URL, SITE
from transparency.store.dataset_releases import Release

# Spreadsheet files carry a time of making; a fixed one keeps equal data equal byte for byte.
_MADE = datetime(2000, 1, 1)
_WIDEST = 60
_NARROWEST = 10
_LONGEST_CELL = 32_767
# A spreadsheet counts its days from 1900, and takes that year for a leap year.
_FIRST_DAY = date(1900, 3, 1)
EMPTY_CELLS = "An empty cell means not known, not published or not applicable. It is never zero."


def release_xlsx(release: Release) -> bytes:
    """The release as XLSX with the sheets Cover, Notes and Table."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
            "default_date_format": "yyyy-mm-dd",
        },
    )
    title = release.dataset.title
    book.set_properties({"title": title, "author": SITE, "company": SITE, "created": _MADE})
    title_format = book.add_format({"bold": True, "font_size": 16})
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    _cover(book.add_worksheet("Cover"), release, title_format, wrapped)
    _notes(book.add_worksheet("Notes"), release, title_format, heading, wrapped)
    _table(book.add_worksheet("Table"), release, title_format, heading)
    book.close()
    return target.getvalue()


def _cover(sheet: Worksheet, release: Release, title: Format, wrapped: Format) -> None:
    dataset = release.dataset
    lines = [*_notice(release), dataset.description]
    if release.day is not None:
        lines.append(f"As at: {full_date(release.day)}.")
    if release.published_on is not None:
        lines.append(f"Newest publication used: {full_date(release.published_on)}.")
    lines += [
        f"Data version: {release.data_version}.",
        f"Publisher: {dataset.publisher}.",
        f"Licence: {LICENCE}, {LICENCE_URL}",
        dataset.licence,
        "This workbook has three sheets: Cover, Notes and Table.",
        EMPTY_CELLS,
    ]
    sheet.set_column(0, 0, 90)
    sheet.write_string(0, 0, dataset.title, title)
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, line, wrapped)


def _notes(sheet: Worksheet, release: Release, title: Format, heading: Format, wrapped: Format) -> None:
    notes = [*_notice(release), *release.dataset.caveats, HARMLESS]
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, 80)
    sheet.set_column(2, 2, 30)
    sheet.write_string(0, 0, "Notes", title)
    sheet.write_string(1, 0, "This sheet has one table: the notes, then the meaning of each column of the sheet Table.")
    rows = [[f"Note {place}", note, ""] for place, note in enumerate(notes, start=1)]
    rows += [[field.name, field.description, field.unit or ""] for field in release.fields]
    sheet.add_table(
        2,
        0,
        2 + len(rows),
        2,
        {
            "name": "notes",
            "style": None,
            "autofilter": False,
            "data": [[harmless(cell) for cell in row] for row in rows],
            "columns": [
                {"header": name, "header_format": heading, "format": wrapped}
                for name in ("Note or column", "Meaning", "Unit")
            ],
        },
    )


def _table(sheet: Worksheet, release: Release, title: Format, heading: Format) -> None:
    sheet.write_string(0, 0, release.dataset.title, title)
    count = len(release.rows)
    about = f"This sheet has one table of {number(count)} row{'s' * (count != 1)}. {EMPTY_CELLS}"
    sheet.write_string(1, 0, " ".join([*_notice(release), about]))
    top = 2
    # A table needs one row below its header; where there are none it is blank.
    sheet.add_table(
        top,
        0,
        top + max(count, 1),
        len(release.fields) - 1,
        {
            "name": release.dataset.name,
            "style": None,
            "autofilter": False,
            "columns": [{"header": field.name, "header_format": heading} for field in release.fields],
        },
    )
    for place, field in enumerate(release.fields):
        cells = [row[place] for row in release.rows]
        longest = max((len(str(cell)) for cell in cells if cell is not None), default=0)
        sheet.set_column(place, place, min(max(longest + 2, len(field.name) + 2, _NARROWEST), _WIDEST))
        sheet.write_column(top + 1, place, [_cell(cell) for cell in cells])
    sheet.freeze_panes(top + 1, 0)


def _notice(release: Release) -> list[str]:
    return [f"{release.notice}."] if release.notice else []


def _cell(cell: Any) -> Any:
    """A cell as a spreadsheet may hold it: a day before the first it knows is text, and no text is too long."""
    if cell is None or isinstance(cell, int | float) or (isinstance(cell, date) and cell >= _FIRST_DAY):
        return cell
    text = without_control_characters(str(harmless(cell)))
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"
