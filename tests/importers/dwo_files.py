"""An invented monthly workbook of the small city, as rows to change and as files, and a store to import it into.

April 2022 (wards of 2018)   FTE: constables + PCSOs        minutes: duty + abstracted
  Abbey                  11   2.0 + 1.0   met                      900 + 100
  Castle and Quay Ward   12   1.5 + 1.0   PCs short                400 + 100
  Village                13   2.6 + no row  partly known           1,000 (text) + 0
  Abbey & Mill           24   3.0 + 0.5   PCSO short               800 + 200 (its rows repeat)
  Saint James's          25   1.0 + 0     both short               500 + 0
  Ferry and Marsh     31+32   3.0 + 2.0   shared                   600 + 150
  Lockside Patrol        33   2.0 + 1.0   met, by alias            300 + 60
  Night Hub               -   4.0         unmatched, Eastmarsh     700 + 0
May 2022 (wards of 2022)
  Abbey                  11   2.0 + 1.0   met                      950 + 50
  Village                13   2.0 + 1.0   the code tells: Village Green
  Lock                   36   1.2         not known: Waterside may make up the rest
  Waterside           36+37   2.5         shared, by alias         400 + 100
  Marsh Road             35   2.0 + 1.0   its code is Ferry's: set aside, matched by name
  Marsh Road Estate      35   0.5         a second team, told by its code
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from demo.months import ACTIVITY_HEADER, STRENGTH_HEADER

from tests.small_city import REFERENCE, write_reference_table
from transparency.store.reference import SUMS_FILE, reference_sums

APRIL, MAY = date(2022, 4, 30), date(2022, 5, 31)
Row = list[Any]


def strengths() -> list[Row]:
    """The sheet of strengths, below its header; the first row of these is row 2 of the sheet."""

    def teams(day: date, *given: tuple[str, str, str, float | None, float | None]) -> list[Row]:
        return [
            [day, "Frontline", bcu, borough, team, rank, fte]
            for bcu, borough, team, constables, pcsos in given
            for rank, fte in (("Constable", constables), ("PCSO", pcsos))
            if fte is not None
        ]

    return [
        *teams(
            APRIL,
            ("NB", "Northbank", "Abbey", 2.0, 1.0),
            ("NB", "Northbank Borough", "Castle and Quay Ward", 1.5, 1.0),
            ("NB", "Northbank", "Village", 2.6, None),
            ("SB", "Southbank", "Abbey & Mill", 3.0, 0.5),
            ("SB", "Southbank", "Saint James's", 1.0, 0.0),
            ("SB", "Eastmarsh", "Ferry and Marsh", 3.0, 2.0),
            ("SB", "Eastmarsh", "Lockside Patrol", 2.0, 1.0),
            ("SB", "Eastmarsh", "Night Hub", 4.0, None),
        ),
        *teams(
            MAY,
            ("NB", "Northbank", "Abbey", 2.0, 1.0),
            ("NB", "Northbank", "Village", 2.0, 1.0),
            ("SB", "Eastmarsh", "Lock", 1.2, None),
            ("SB", "Eastmarsh", "Waterside", 2.5, None),
            ("SB", "Eastmarsh", "Marsh Road", 2.0, 1.0),
            ("SB", "Eastmarsh", "Marsh Road Estate", 0.5, None),
        ),
    ]


def activity() -> list[Row]:
    """The sheet of activity, below its header."""
    april, may = date(2022, 4, 1), date(2022, 5, 1)
    return [
        [april, "North Bank", "Northbank", "Abbey", "No", "Ward Duty", 900, ""],
        [april, "North Bank", "Northbank Borough", "Abbey", " YES", "Aid", 100, ""],
        [april, "North Bank", "Northbank", "Castle and Quay Ward", "no ", "Ward Duty", 400, ""],
        [april, "North Bank", "Northbank", "Castle and Quay Ward", "Yes", "Aid", 100, ""],
        [april, "North Bank", "Northbank", "Village", "No", "Ward Duty", "1,000", ""],
        [april, "South and East", "Southbank", "Abbey & Mill", "No", "Ward Duty", 400, ""],
        [april, "South and East", "Southbank", "Abbey & Mill", "No", "Ward Duty", 400, ""],
        [april, "South and East", "Southbank", "Abbey & Mill", "Yes", "Court", 200, ""],
        [april, "South and East", "Southbank", "Saint James's", "No", "Ward Duty", 500, ""],
        [april, "South and East", "Eastmarsh", "Ferry and Marsh", "No", "Ward Duty", 600, ""],
        [april, "South and East", "Eastmarsh", "Ferry and Marsh", "Yes", "Aid", 150, ""],
        [april, "South and East", "Eastmarsh", "Lockside Patrol", "No", "Ward Duty", 300, ""],
        [april, "South and East", "Eastmarsh", "Lockside Patrol", "Yes", "Aid", 60, ""],
        [april, "South and East", "Eastmarsh", "Night Hub", "No", "Ward Duty", 700, ""],
        [may, "North Bank", "Northbank", "Abbey", "No", "Ward Duty", 950, "E05900011"],
        [may, "North Bank", "Northbank", "Abbey", "Yes", "Aid", 50, "E05900011"],
        [may, "North Bank", "Northbank", "Village", "No", "Ward Duty", 880, "E05900013"],
        [may, "South and East", "Eastmarsh", "Waterside", "No", "Ward Duty", 400, ""],
        [may, "South and East", "Eastmarsh", "Waterside", "Yes", "Aid", 100, ""],
        [may, "South and East", "Eastmarsh", "Marsh Road", "No", "Ward Duty", 750, "E05900034"],
        [may, "South and East", "Eastmarsh", "Marsh Road Estate", "No", "Ward Duty", 90, "E05900035"],
    ]


def write_workbook(
    path: Path,
    strength_rows: list[Row] | None = None,
    activity_rows: list[Row] | None = None,
    strength_header: tuple[str, ...] = STRENGTH_HEADER,
    activity_header: tuple[str, ...] = ACTIVITY_HEADER,
    sheet_names: tuple[str, ...] = ("Sheet1", "Strengths"),
    rows_above: int = 0,
    **options: Any,
) -> Path:
    """Write the two sheets as a workbook: the sheet of activity comes first. A third name is an empty sheet.

    `rows_above` notes stand above each header; `options` are those of the workbook, such as `date_1904`.
    """
    tables = [
        (activity_header, activity() if activity_rows is None else activity_rows),
        (strength_header, strengths() if strength_rows is None else strength_rows),
    ]
    with xlsxwriter.Workbook(str(path), options) as workbook:
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for place, name in enumerate(sheet_names):
            sheet = workbook.add_worksheet(name)
            if place >= len(tables):
                continue
            header, rows = tables[place]
            for number in range(rows_above):
                sheet.write_string(number, 0, f"Note {number + 1}")
            sheet.write_row(rows_above, 0, header)
            for number, cells in enumerate(rows, start=rows_above + 1):
                for column, cell in enumerate(cells):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(number, column, cell, day)
                    elif isinstance(cell, date):
                        sheet.write_datetime(number, column, datetime(cell.year, cell.month, cell.day), day)
                    elif isinstance(cell, str):
                        sheet.write_string(number, column, cell)
                    elif cell is not None:
                        sheet.write(number, column, cell)
    return path


def edited(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """The workbook with one part of its archive changed, as a program that writes it otherwise would."""
    with zipfile.ZipFile(path) as archive:
        parts = {item.filename: archive.read(item) for item in archive.infolist()}
    before = parts[part].decode()
    parts[part] = change(before).encode()
    assert parts[part].decode() != before
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def write_csvs(folder: Path) -> list[Path]:
    """The same two sheets as CSV files, as a spreadsheet program in Britain saves them."""
    paths = [folder / "Strengths.csv", folder / "DWO Abstraction.csv"]
    for path, header, rows in zip(paths, (STRENGTH_HEADER, ACTIVITY_HEADER), (strengths(), activity()), strict=True):
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows([f"{row[0]:%d/%m/%Y}", *row[1:]] for row in rows)
    return paths


def empty_city(root: Path) -> Path:
    """The small city's store with its reference tables and nothing published."""
    (root / "reference").mkdir(parents=True)
    for name, text in REFERENCE.items():
        write_reference_table(root / "reference", name, text)
    (root / "reference" / SUMS_FILE).write_text(reference_sums(root), encoding="utf-8")
    return root


def files_in(root: Path) -> dict[str, bytes]:
    """Every file of a store, to see that nothing was written."""
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
