"""Workbooks that cannot be imported as they are: every fault is told at once, and nothing is written."""

from __future__ import annotations

import shutil
import struct
import time
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from demo.months import ACTIVITY_HEADER, STRENGTH_HEADER

from tests.importers.dwo_files import Row, activity, edited, empty_city, files_in, strengths, write_csvs, write_workbook
from transparency.importers import sheets as reading
from transparency.publishing.import_workbook import import_dwo
from transparency.publishing.outcome import Outcome
from transparency.store.database import open_store

IN_STRENGTHS = "DWO.xlsx, sheet Strengths"
IN_ACTIVITY = "DWO.xlsx, sheet Sheet1"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return empty_city(tmp_path / "city")


def refused(root: Path, *paths: Path) -> list[tuple[str, int | None, str | None, str | None, str]]:
    """What an import that must be refused finds, after seeing that it wrote nothing."""
    before = files_in(root)
    outcome = import_dwo(root, list(paths))
    assert outcome.is_refused
    assert files_in(root) == before
    faults = [finding for finding in outcome.findings if not finding.is_warning]
    assert all(fault.remedy for fault in faults)
    return [(fault.file, fault.row, fault.column, fault.value, fault.rule) for fault in faults]


def changed(rows: list[Row], row: int, column: int, value: Any) -> list[Row]:
    """The rows with one cell changed; `row` is its number in the sheet, `column` counts from 0."""
    rows[row - 2][column] = value
    return rows


# ---------------------------------------------------------------- cells


@pytest.mark.parametrize(
    ("row", "column", "value", "expected"),
    [
        (5, 6, "about two", (IN_STRENGTHS, 5, "FTE", "about two", "the cell is not a number")),
        (5, 6, True, (IN_STRENGTHS, 5, "FTE", "TRUE", "the cell is not a number")),
        (5, 6, -1.5, (IN_STRENGTHS, 5, "FTE", "-1.5", "the number is below 0")),
        (5, 6, None, (IN_STRENGTHS, 5, "FTE", "", "the number is blank, which is not zero")),
        (5, 3, "Westbank", (IN_STRENGTHS, 5, "Department", "Westbank", "the borough is not one of the 32")),
        (5, 3, "", (IN_STRENGTHS, 5, "Department", "", "the borough is blank")),
        (5, 0, "soon", (IN_STRENGTHS, 5, "Date", "soon", "the cell is not a month")),
        (5, 0, "31/02/2022", (IN_STRENGTHS, 5, "Date", "31/02/2022", "the cell is not a month")),
        (
            5,
            0,
            date(2018, 4, 30),
            (IN_STRENGTHS, 5, "Date", "2018-04-30", "the month is before May 2018, when the series begins"),
        ),
        (5, 0, date(2199, 1, 31), (IN_STRENGTHS, 5, "Date", "2199-01-31", "the month is in the future")),
        (5, 0, date(2022, 4, 15), (IN_STRENGTHS, 5, "Date", "2022-04-15", "April 2022 has more than one date")),
        (
            5,
            4,
            "=HYPERLINK(1)",
            (IN_STRENGTHS, 5, "Team", "=HYPERLINK(1)", "the cell starts a spreadsheet formula"),
        ),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else None,
)
def test_a_cell_of_the_strengths_is_refused(
    root: Path, tmp_path: Path, row: int, column: int, value: Any, expected: tuple[Any, ...]
) -> None:
    path = write_workbook(tmp_path / "DWO.xlsx", changed(strengths(), row, column, value))
    assert refused(root, path) == [expected]


@pytest.mark.parametrize(
    ("column", "value", "title", "rule"),
    [
        (6, "many", "Abstraction Minutes", "the cell is not a number"),
        (6, "1,23", "Abstraction Minutes", "the cell is not a number"),
        (6, -30, "Abstraction Minutes", "the number is below 0"),
        (6, "-1,200", "Abstraction Minutes", "the number is below 0"),
        (4, "perhaps", "Abstracted From Duty", "the flag is neither Yes nor No"),
        (4, "", "Abstracted From Duty", "the flag is neither Yes nor No"),
        (2, "City of London", "Borough", "the borough is not one of the 32"),
    ],
)
def test_a_cell_of_the_activity_is_refused(
    root: Path, tmp_path: Path, column: int, value: Any, title: str, rule: str
) -> None:
    path = write_workbook(tmp_path / "DWO.xlsx", activity_rows=changed(activity(), 7, column, value))
    assert refused(root, path) == [(IN_ACTIVITY, 7, title, str(value), rule)]


def test_all_faults_of_both_sheets_come_at_once(root: Path, tmp_path: Path) -> None:
    strength_rows = changed(changed(strengths(), 3, 6, -1), 9, 3, "Westbank")
    activity_rows = changed(changed(activity(), 4, 4, "maybe"), 4, 6, "few")
    found = refused(root, write_workbook(tmp_path / "DWO.xlsx", strength_rows, activity_rows))
    assert {(file, row, column) for file, row, column, *_ in found} == {
        (IN_STRENGTHS, 3, "FTE"),
        (IN_STRENGTHS, 9, "Department"),
        (IN_ACTIVITY, 4, "Abstracted From Duty"),
        (IN_ACTIVITY, 4, "Abstraction Minutes"),
    }


def test_a_column_shifted_by_one_is_reported_fifty_times_at_most(root: Path, tmp_path: Path) -> None:
    rows = [[*activity()[0][:6], "x", ""] for _ in range(250)]
    found = refused(root, write_workbook(tmp_path / "DWO.xlsx", activity_rows=rows))
    assert len(found) == 51
    assert found[-1][4] == "the cell is not a number: 200 more from here on, not listed"


def test_a_message_names_file_sheet_row_column_value_rule_and_remedy(root: Path, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "DWO.xlsx", changed(strengths(), 5, 6, "about two"))
    faults = [str(finding) for finding in import_dwo(root, [path]).findings if not finding.is_warning]
    assert faults == [
        "DWO.xlsx, sheet Strengths, row 5, column FTE: the cell is not a number ('about two'). "
        "Write the number in digits, such as 480 or 1.5."
    ]


# ---------------------------------------------------------------- kept, and reported


def warnings(outcome: Outcome) -> list[str]:
    assert not outcome.is_refused
    return [str(finding) for finding in outcome.findings if "repeats" not in finding.rule]


def test_an_unknown_rank_is_kept_apart_and_reported(root: Path, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "DWO.xlsx", changed(strengths(), 2, 5, "Sergeant"))
    assert warnings(import_dwo(root, [path])) == [
        "DWO.xlsx, sheet Strengths, row 2, column Rank: warning: the rank is neither Constable nor PCSO, in 1 row; "
        "kept separate from both ('Sergeant'). Nothing needs to be done."
    ]
    rows = open_store(root).rows(
        "SELECT constable_fte, pcso_fte, other_rank_fte FROM dwo_ward_month "
        "WHERE ward_code = 'E05900011' AND month = DATE '2022-04-01'"
    )
    assert rows == [{"constable_fte": None, "pcso_fte": 1.0, "other_rank_fte": 2.0}]


def test_a_month_with_far_fewer_rows_than_its_neighbours_is_a_warning(root: Path, tmp_path: Path) -> None:
    rows = [
        [date(2022, month, 28 if month == 2 else 31), "F", "NB", "Northbank", f"Team {n}", "Constable", 1.0]
        for month, number in ((1, 10), (3, 4), (5, 10))
        for n in range(number)
    ]
    path = write_workbook(tmp_path / "DWO.xlsx", rows)
    assert warnings(import_dwo(root, [path])) == [
        "DWO.xlsx, dwo_strength March 2022: warning: the month has fewer than half the rows of its neighbours (10) "
        "('4'). Compare the month with the publisher's page; import the workbook again if it was cut short."
    ]


@pytest.mark.parametrize("written", ["30/04/2022", "2022-04-30", "2022-04-30 00:00:00", "Apr-22", 44681, "April 2022"])
def test_a_month_is_read_however_it_is_written(root: Path, tmp_path: Path, written: Any) -> None:
    rows = [[written, *row[1:]] for row in strengths() if row[0].month == 4]
    outcome = import_dwo(root, [write_workbook(tmp_path / "DWO.xlsx", rows)], is_dry_run=True)
    assert [str(finding) for finding in outcome.findings if not finding.is_warning] == []
    assert {c.table.as_at for c in outcome.changes if c.table.dataset == "dwo_strength"} == {date(2022, 4, 30)}


# ---------------------------------------------------------------- sheets and columns


def test_a_missing_sheet_is_named_with_its_columns(root: Path, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "DWO.xlsx", sheet_names=("Sheet1",))
    outcome = import_dwo(root, [path])
    assert [str(finding) for finding in outcome.findings if not finding.is_warning] == [
        "DWO.xlsx: the sheet Strengths is missing. There are no others. A sheet with these columns is needed: "
        "Date, OCU, Department, Team, Rank, FTE."
    ]
    assert refused(root, path)[0][4] == "the sheet Strengths is missing"


def test_missing_columns_are_named_with_those_there_are(root: Path, tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "DWO.xlsx",
        strength_header=(*STRENGTH_HEADER[:5], "Grade", "Number"),
        activity_header=(*ACTIVITY_HEADER[:5], "Kind", *ACTIVITY_HEADER[6:]),
    )
    outcome = import_dwo(root, [path])
    assert [str(finding) for finding in outcome.findings] == [
        "DWO.xlsx, sheet Strengths, row 1, column Rank: the column Rank is missing. "
        "The header has: Date, Buisness Group, OCU, Department, Team, Grade, Number.",
        "DWO.xlsx, sheet Strengths, row 1, column FTE: the column FTE is missing. "
        "The header has: Date, Buisness Group, OCU, Department, Team, Grade, Number.",
        "DWO.xlsx, sheet Sheet1, row 1, column Abstraction Type: the column Abstraction Type is missing. "
        "The header has: Month of Abstraction, BCU, Borough, Team, Abstracted From Duty, Kind, Abstraction Minutes, "
        "Ward_Code.",
    ]
    assert outcome.is_refused


def test_two_sheets_that_could_be_the_same_one_are_not_chosen_between(root: Path, tmp_path: Path) -> None:
    paths = write_csvs(tmp_path)
    copy = tmp_path / "Strength.csv"
    shutil.copy(paths[0], copy)
    (found,) = refused(root, *paths, copy)
    assert found[3:] == ("Strengths and Strength", "more than one sheet could be Strengths")


def test_a_sheet_without_rows_is_refused(root: Path, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "DWO.xlsx", strength_rows=[])
    assert refused(root, path) == [(IN_STRENGTHS, None, None, None, "the sheet has a header and no rows")]


# ---------------------------------------------------------------- files


def test_a_workbook_cut_short_is_refused(root: Path, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "DWO.xlsx")
    path.write_bytes(path.read_bytes()[:-2000])
    assert refused(root, path)[0][4] == "the workbook is cut short or damaged"


def test_a_damaged_part_is_refused(root: Path, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "DWO.xlsx")
    source = bytearray(path.read_bytes())
    place = source.index(b"xl/worksheets/sheet1.xml") + 200
    source[place : place + 40] = bytes(40)
    path.write_bytes(source)
    assert refused(root, path)[0][4] == "the workbook is cut short or damaged"


def test_a_workbook_locked_by_a_password_is_refused(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "DWO.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096))
    rule = "the file is an Excel workbook of before 2007 (.xls) or one with a password"
    assert refused(root, path) == [("DWO.xlsx", None, None, None, rule)]


def test_a_page_saved_as_a_workbook_is_refused(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "DWO.xlsx"
    path.write_text("<!doctype html><title>Not found</title>", encoding="utf-8")
    assert refused(root, path)[0][4] == "the file is a web page (HTML)"


def test_an_archive_that_is_no_workbook_is_refused(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "DWO.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    assert refused(root, path)[0][4] == "the file is a zip archive, not an Excel workbook (.xlsx)"


def bomb(path: Path, megabytes: int) -> Path:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(megabytes):
            part.write(bytes(1_000_000))
    return path


def test_a_zip_bomb_is_not_opened(root: Path, tmp_path: Path) -> None:
    path = bomb(tmp_path / "DWO.xlsx", 60)
    assert path.stat().st_size < 100_000
    (found,) = refused(root, path)
    assert found[3:] == (
        "60,000,000 bytes",
        "the workbook unpacks to far more than a workbook of this size holds, and was not opened",
    )


def test_a_zip_bomb_that_lies_about_its_size_is_not_opened(root: Path, tmp_path: Path) -> None:
    path = bomb(tmp_path / "DWO.xlsx", 60)
    source = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        part = archive.infolist()[0]
    assert part.file_size == 60_000_000
    lying = source.replace(struct.pack("<I", 60_000_000), struct.pack("<I", 6_000))
    assert lying != source
    path.write_bytes(lying)
    assert refused(root, path)[0][4] == "the workbook is cut short or damaged"


def test_a_cell_in_the_far_corner_is_refused_before_memory_is_made_for_it(root: Path, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "DWO.xlsx", strength_rows=[*strengths(), [None] * 16_000 + ["far"]])
    assert refused(root, path)[0][3:] == (
        "xl/worksheets/sheet2.xml",
        "a cell lies so far from the others that the sheet cannot be read safely",
    )


def test_a_text_that_is_not_utf_8_is_refused(root: Path, tmp_path: Path) -> None:
    paths = write_csvs(tmp_path)
    paths[0].write_bytes(paths[0].read_bytes() + "é".encode("latin-1"))
    assert refused(root, *paths) == [("Strengths.csv", 24, None, None, "the text is not UTF-8")]


def test_a_csv_of_one_sheet_only_lacks_the_other(root: Path, tmp_path: Path) -> None:
    assert [found[4] for found in refused(root, write_csvs(tmp_path)[1])] == ["the sheet Strengths is missing"]


def test_a_csv_with_broken_quoting_is_refused(root: Path, tmp_path: Path) -> None:
    paths = write_csvs(tmp_path)
    paths[1].write_text('Month,"Team\n1,2\n', encoding="utf-8")
    rule = "a quotation mark is never closed, or stands where none may"
    assert refused(root, *paths) == [("DWO Abstraction.csv", 1, None, None, rule)]


def test_faults_of_two_files_come_at_once(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAXIMUM_CSV_BYTES", 1000)
    paths = write_csvs(tmp_path)
    assert [found[4] for found in refused(root, *paths)] == ["the file is larger than 500 MB"] * 2


@pytest.mark.parametrize(
    "content", ["<c " * 1_000_000, '<c r="A1"><f>' * 200_000, "<x:f " * 500_000, "<dimension " * 90_000]
)
def test_a_sheet_made_to_be_searched_for_ever_is_refused_at_once(root: Path, tmp_path: Path, content: str) -> None:
    path = edited(write_workbook(tmp_path / "DWO.xlsx"), "xl/worksheets/sheet2.xml", lambda text: text[:400] + content)
    began = time.monotonic()
    assert refused(root, path)[0][4] == "the workbook is not built as an .xlsx is"
    assert time.monotonic() - began < 30
