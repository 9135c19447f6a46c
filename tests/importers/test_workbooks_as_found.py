"""Workbooks as programs really write them: read for what they say, or refused in plain words."""

from __future__ import annotations

import csv
import gzip
import io
import os
import re
import shutil
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from demo.months import ACTIVITY_HEADER, STRENGTH_HEADER

from tests.importers.dwo_files import (
    APRIL,
    Row,
    activity,
    edited,
    empty_city,
    files_in,
    strengths,
    write_csvs,
    write_workbook,
)
from transparency.core.project import EMBEDDED_DATA
from transparency.importers.dwo import MEASURES, Workbook, read_workbook
from transparency.importers.sheets import column_letters
from transparency.importers.teams import Register
from transparency.publishing.import_workbook import import_dwo
from transparency.publishing.publish import Submission, Terms, check
from transparency.store.database import open_store
from transparency.store.descriptors import dataset

IN_STRENGTHS = "DWO.xlsx, sheet Strengths"
STRENGTHS_PART, ACTIVITY_PART = "xl/worksheets/sheet2.xml", "xl/worksheets/sheet1.xml"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return empty_city(tmp_path_factory.mktemp("found") / "city")


@pytest.fixture(scope="module")
def register(root: Path) -> Register:
    return Register.read(root)


@pytest.fixture(scope="module")
def good(register: Register, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """What the workbook says when nothing is odd about it."""
    return read(register, write_workbook(tmp_path_factory.mktemp("good") / "DWO.xlsx"))


def read(register: Register, *paths: Path) -> Workbook:
    return read_workbook(paths, register, date(2026, 11, 22))


def errors(workbook: Workbook) -> list[tuple[str, int | None, str | None, str | None, str]]:
    assert workbook.is_refused
    assert workbook.months == ()
    return [
        (each.file, each.row, each.column, each.value, each.rule) for each in workbook.findings if not each.is_warning
    ]


# ---------------------------------------------------------------- errors and formulas


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!"])
@pytest.mark.parametrize(("letter", "column"), [("A", "Date"), ("D", "Department"), ("E", "Team"), ("G", "FTE")])
def test_an_error_of_excel_is_named_with_its_cell(
    register: Register, tmp_path: Path, error: str, letter: str, column: str
) -> None:
    path = edited(
        write_workbook(tmp_path / "DWO.xlsx"),
        STRENGTHS_PART,
        lambda text: re.sub(
            f'<c r="{letter}3"([^>]*?)(?: t="s")?>.*?</c>', f'<c r="{letter}3" t="e"><f>A1</f><v>{error}</v></c>', text
        ),
    )
    rule = "the cell is an error of a spreadsheet"
    assert errors(read(register, path)) == [(IN_STRENGTHS, 3, column, error, rule)]


def test_an_error_in_cells_without_references_is_found_by_their_order(register: Register, tmp_path: Path) -> None:
    path = edited(
        write_workbook(tmp_path / "DWO.xlsx"),
        STRENGTHS_PART,
        lambda text: re.sub(
            r'(<c) r="[A-Z]+[0-9]+"', r"\1", text.replace('<c r="G3"><v>1</v>', '<c r="G3" t="e"><v>#REF!</v>')
        ),
    )
    assert [found[:4] for found in errors(read(register, path))] == [(IN_STRENGTHS, 3, "FTE", "#REF!")]


def test_an_error_is_found_wherever_the_archive_keeps_its_sheets(register: Register, tmp_path: Path) -> None:
    path = edited(
        write_workbook(tmp_path / "DWO.xlsx"),
        STRENGTHS_PART,
        lambda text: text.replace('<c r="G3"><v>1</v>', '<c r="G3" t="e"><v>#REF!</v>'),
    )
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            moved = content.replace(b"worksheets/sheet2.xml", b"tables/two.xml")
            archive.writestr(name.replace("worksheets/sheet2.xml", "tables/two.xml"), moved)
    assert [found[:4] for found in errors(read(register, path))] == [(IN_STRENGTHS, 3, "FTE", "#REF!")]


def test_an_error_saved_as_csv_is_named_too(register: Register, tmp_path: Path) -> None:
    paths = write_csvs(tmp_path)
    paths[0].write_text(paths[0].read_text(encoding="utf-8").replace("Night Hub", "#REF!"), encoding="utf-8")
    rule = "the cell is an error of a spreadsheet"
    assert errors(read(register, *paths)) == [("Strengths.csv", 15, "Team", "#REF!", rule)]


@pytest.mark.parametrize("error", [" #N/A ", "#n/a"])
def test_an_error_is_known_among_spaces_and_in_small_letters(register: Register, tmp_path: Path, error: str) -> None:
    rows = strengths()
    rows[0][4] = error
    path = write_workbook(tmp_path / "DWO.xlsx", strength_rows=rows)
    rule = "the cell is an error of a spreadsheet"
    assert errors(read(register, path)) == [(IN_STRENGTHS, 2, "Team", error, rule)]


@pytest.mark.parametrize(
    ("name", "given", "written", "rule"),
    [
        ("Strengths.csv", "Constable,2.0", "Constable,2,0", "the row has 8 cells, the header 7"),
        ("DWO Abstraction.csv", "Ward Duty,900,", "Ward Duty,1,900,", "the row has 9 cells, the header 8"),
    ],
)
def test_a_comma_that_makes_two_cells_of_one_is_named_and_no_amount(
    register: Register, tmp_path: Path, name: str, given: str, written: str, rule: str
) -> None:
    paths = write_csvs(tmp_path)
    path = tmp_path / name
    path.write_text(path.read_text(encoding="utf-8").replace(given, written, 1), encoding="utf-8", newline="")
    found = [(file, row, of_rule) for file, row, _, _, of_rule in errors(read(register, *paths))]
    assert (name, 2, rule) in found


def test_a_formula_without_its_value_is_named_and_not_blank(register: Register, tmp_path: Path) -> None:
    path = edited(
        write_workbook(tmp_path / "DWO.xlsx"),
        STRENGTHS_PART,
        lambda text: text.replace('<c r="G3"><v>1</v></c>', '<c r="G3"><f>1+0</f></c>'),
    )
    rule = "the cell is a formula without its value"
    assert errors(read(register, path)) == [(IN_STRENGTHS, 3, "FTE", "=?", rule)]


def test_a_sheet_of_formulas_without_values_is_not_called_empty(register: Register, tmp_path: Path) -> None:
    def without_values(text: str) -> str:
        header, rows = text.split('<row r="2"')
        return header + '<row r="2"' + re.sub(r"(<c r=[^>]*?)(?: t=\"s\")?><v>[^<]*</v>", r"\1><f>A1</f>", rows)

    path = edited(write_workbook(tmp_path / "DWO.xlsx"), STRENGTHS_PART, without_values)
    assert {found[4] for found in errors(read(register, path))} == {"the cell is a formula without its value"}


def test_a_formula_whose_value_is_an_empty_text_is_blank(register: Register, tmp_path: Path, good: Workbook) -> None:
    path = edited(
        write_workbook(tmp_path / "DWO.xlsx"),
        ACTIVITY_PART,
        lambda text: re.sub(r'<c r="H3"[^>]*?(?:/>|>.*?</c>)', '<c r="H3" t="str"><f>A1</f><v></v></c>', text),
    )
    assert read(register, path).months == good.months


def test_a_formula_with_its_value_is_read(register: Register, tmp_path: Path, good: Workbook) -> None:
    path = edited(
        write_workbook(tmp_path / "DWO.xlsx"),
        STRENGTHS_PART,
        lambda text: text.replace('<c r="G3"><v>1</v></c>', '<c r="G3"><f>1+0</f><v>1</v></c>'),
    )
    assert read(register, path).months == good.months


# ---------------------------------------------------------------- days


def as_serials(rows: list[Row], first: date) -> list[Row]:
    return [[(row[0] - first).days, *row[1:]] for row in rows]


@pytest.mark.parametrize(("is_1904", "first"), [(False, date(1899, 12, 30)), (True, date(1904, 1, 1))])
def test_numbers_for_dates_count_from_the_workbooks_own_first_day(
    register: Register, tmp_path: Path, good: Workbook, is_1904: bool, first: date
) -> None:
    rows = as_serials(strengths(), first), as_serials(activity(), first)
    path = write_workbook(tmp_path / "DWO.xlsx", *rows, date_1904=is_1904)
    assert read(register, path).months == good.months


def test_dates_of_a_workbook_of_1904_are_those_it_shows(register: Register, tmp_path: Path, good: Workbook) -> None:
    assert read(register, write_workbook(tmp_path / "DWO.xlsx", date_1904=True)).months == good.months


@pytest.mark.parametrize("hour", [time(14, 30), time(0, 0), time(23, 59, 59)])
def test_an_hour_beside_a_day_says_nothing(register: Register, tmp_path: Path, good: Workbook, hour: time) -> None:
    rows = [[datetime.combine(row[0], hour), *row[1:]] for row in strengths()]
    assert read(register, write_workbook(tmp_path / "DWO.xlsx", rows)).months == good.months


@pytest.mark.parametrize("hour", ["14:30", "14:30:05", "2:30 PM", "00:00:00.000"])
def test_an_hour_written_beside_a_day_says_nothing(
    register: Register, tmp_path: Path, good: Workbook, hour: str
) -> None:
    rows = [[f"{row[0]:%d/%m/%Y} {hour}", *row[1:]] for row in strengths()]
    assert read(register, write_workbook(tmp_path / "DWO.xlsx", rows)).months == good.months


# ---------------------------------------------------------------- headers


def test_two_like_named_columns_are_refused_and_both_named(register: Register, tmp_path: Path) -> None:
    rows = [[*row, 99.0] for row in strengths()]
    path = write_workbook(tmp_path / "DWO.xlsx", rows, strength_header=(*STRENGTH_HEADER, "fte "))
    rule = "more than one column could be FTE"
    assert errors(read(register, path)) == [(IN_STRENGTHS, 1, "FTE", "FTE (column G) and fte (column H)", rule)]


def test_two_columns_of_two_titles_of_one_thing_are_refused(register: Register, tmp_path: Path) -> None:
    rows = [[*row, 99.0] for row in activity()]
    path = write_workbook(tmp_path / "DWO.xlsx", None, rows, activity_header=(*ACTIVITY_HEADER, "Abstracted Minutes"))
    both = "Abstraction Minutes (column G) and Abstracted Minutes (column I)"
    assert [found[1:4] for found in errors(read(register, path))] == [(1, "Abstraction Minutes", both)]


def test_columns_are_lettered_as_a_spreadsheet_does() -> None:
    assert [column_letters(place) for place in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


@pytest.mark.parametrize("rows_above", [1, 12, 29])
def test_notes_above_the_header_are_ignored(
    register: Register, tmp_path: Path, good: Workbook, rows_above: int
) -> None:
    assert read(register, write_workbook(tmp_path / "DWO.xlsx", rows_above=rows_above)).months == good.months


def test_a_header_too_far_down_is_said_not_to_be_there(register: Register, tmp_path: Path) -> None:
    found = errors(read(register, write_workbook(tmp_path / "DWO.xlsx", rows_above=30)))
    rule = "there is no header in the first 30 rows"
    assert found == [(f"DWO.xlsx, sheet {name}", None, None, None, rule) for name in ("Strengths", "Sheet1")]


def test_rows_are_numbered_as_the_sheet_shows_them(register: Register, tmp_path: Path) -> None:
    path = edited(
        write_workbook(tmp_path / "DWO.xlsx", [[*row[:6], "x"] for row in strengths()[:1]], rows_above=5),
        STRENGTHS_PART,
        lambda text: re.sub(r'<row r="[1-5]".*?</row>', "", text),
    )
    assert [found[1:4] for found in errors(read(register, path))] == [(7, "FTE", "x")]


def test_a_header_in_two_rows_is_read_as_one(register: Register, tmp_path: Path, good: Workbook) -> None:
    header = ("Month of", "", "", "", "Abstracted", "Abstraction", "Abstraction", "")
    rows = [["Abstraction", "BCU", "Borough", "Team", "From\nDuty", "Type", "Minutes", "Ward Code"], *activity()]
    path = write_workbook(tmp_path / "DWO.xlsx", activity_rows=rows, activity_header=header)
    assert read(register, path).months == good.months


# ---------------------------------------------------------------- the workbook of 2024 and that of 2026


def test_titles_of_2024_and_of_2026_are_read_in_either_order(
    register: Register, tmp_path: Path, good: Workbook
) -> None:
    of_2024 = write_workbook(
        tmp_path / "2024.xlsx",
        [row[::-1] for row in strengths()],
        [row[:7] for row in activity()],
        strength_header=("FTE", "Rank", "Team", "Department", "OCU", "Business Group", "Date"),
        activity_header=ACTIVITY_HEADER[:7],
    )
    of_2026 = write_workbook(
        tmp_path / "2026.xlsx",
        activity_header=(*ACTIVITY_HEADER[:5], "Abstracted Type", *ACTIVITY_HEADER[6:]),
    )
    read_2024, read_2026 = read(register, of_2024), read(register, of_2026)
    assert [table.total for table in read_2024.months] == [table.total for table in good.months]
    assert [table for table in read_2024.months if table.dataset == "dwo_strength" and table.as_at == APRIL] == [
        table for table in good.months if table.dataset == "dwo_strength" and table.as_at == APRIL
    ]
    assert read_2026.months == good.months


def test_the_months_of_the_workbook_of_2024_go_back_to_may_2018(tmp_path: Path) -> None:
    city = empty_city(tmp_path / "city")
    rows = [[date(2018, 5, 31), "Frontline", "NB", "Northbank", "Abbey", rank, 1.5] for rank in ("Constable", "PCSO")]
    more = [[date(2018, 5, 1), "NB", "Northbank", "Abbey", "No", "Not Abstracted", 600]]
    header = ("Date", "Business Group", *STRENGTH_HEADER[2:])
    path = write_workbook(tmp_path / "DWO.xlsx", rows, more, header, ACTIVITY_HEADER[:7])
    assert [(s.dataset, s.as_at) for s in import_dwo(city, [path]).snapshots][:2] == [
        ("dwo_activity", date(2018, 5, 31)),
        ("dwo_strength", date(2018, 5, 31)),
    ]
    sql = "SELECT ward_code, constable_fte, pcso_fte, minutes FROM dwo_ward_month WHERE minutes IS NOT NULL"
    assert open_store(city).rows(sql) == [
        {"ward_code": "E05900011", "constable_fte": 1.5, "pcso_fte": 1.5, "minutes": 600.0}
    ]


OFFICIAL = Path(__file__).parents[3] / "shared" / "official" / "mps_dwo_2026_printed"


@pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the official files are not on this machine")
def test_rows_of_the_real_workbook_are_read_and_matched() -> None:
    paths = [OFFICIAL / "sample_rows_strengths.csv", OFFICIAL / "sample_rows_sheet1.csv"]
    workbook = read(Register.read(EMBEDDED_DATA), *paths)
    assert workbook.findings == ()
    assert [
        (table.as_at.isoformat(), row["team_name"], row["ward_code"], row["match_method"], row[measure])
        for table in workbook.months
        for measure in [MEASURES[table.dataset]]
        for row in csv.DictReader(io.StringIO(table.source.decode()))
    ] == [
        ("2021-08-31", "Bromley South Ward", "E05009322", "code", "37023"),
        ("2021-08-31", "Brownswood Hall Ward", "E05009367", "alias", "2"),
        ("2021-08-31", "Cazenove Ward", "E05009368", "name", "2"),
        ("2021-08-31", "Cazenove Ward", "E05009368", "name", "1"),
        ("2021-08-31", "Clissold Ward", "E05009369", "name", "2"),
        ("2021-12-31", "Barnhill Ward", "E05000086", "code", "23070"),
        ("2022-02-28", "Goodmayes Ward", "E05011244", "code", "30837"),
        ("2022-03-31", "Woolwich Common Ward", "E05000229", "code", "35370"),
    ]


# ---------------------------------------------------------------- amounts


@pytest.mark.parametrize(("amount", "is_warned"), [(50, False), (50.1, True), (1000, True)])
def test_strength_beyond_any_sense_is_warned_of_and_kept(
    register: Register, tmp_path: Path, amount: float, is_warned: bool
) -> None:
    rows = strengths()
    rows[1][6] = amount
    workbook = read(register, write_workbook(tmp_path / "DWO.xlsx", rows))
    rule = "the number is above 50, which is not expected"
    told = [(each.row, each.column, each.value) for each in workbook.findings if each.rule == rule]
    assert told == ([(3, "FTE", str(amount))] if is_warned else [])
    assert not workbook.is_refused


def test_minutes_beyond_those_of_a_month_are_warned_of(register: Register, tmp_path: Path) -> None:
    rows = activity()
    rows[0][6], rows[1][6] = 446_400, "446,401"
    workbook = read(register, write_workbook(tmp_path / "DWO.xlsx", activity_rows=rows))
    assert [str(each) for each in workbook.findings if "not expected" in each.rule] == [
        "DWO.xlsx, sheet Sheet1, row 3, column Abstraction Minutes: warning: the number is above 446,400, which is not "
        "expected ('446401'). Ten people on duty round the clock for 31 days come to 446,400 minutes. "
        "Check it against its source; it is kept as it is."
    ]


def test_amounts_of_a_month_handed_over_as_a_table_are_warned_of(root: Path, tmp_path: Path) -> None:
    names = dataset("dwo_strength").column_names
    values = {"line": "1", "borough_code": "E09000091", "rank": "constable", "fte": "1000", "match_method": "none"}
    cells = [values.get(name, "false" if name.startswith("is_") else "") for name in names]
    path = tmp_path / "april.csv"
    path.write_text(",".join(names) + "\n" + ",".join(cells) + "\n", encoding="utf-8")
    outcome = check(root, [Submission(dataset("dwo_strength"), path)], Terms("2022-04-30"))
    rule = "the number is above 50, which is not expected"
    assert [(each.row, each.column, each.value) for each in outcome.findings if each.rule == rule] == [
        (2, "fte", "1000")
    ]


# ---------------------------------------------------------------- files


@pytest.mark.parametrize("name", ["DWO.xls", "DWO.txt", "DWO", "DWO.csv"])
def test_a_workbook_is_known_by_its_content(register: Register, tmp_path: Path, good: Workbook, name: str) -> None:
    path = Path(shutil.move(write_workbook(tmp_path / "DWO.xlsx"), tmp_path / name))
    assert read(register, path).months == good.months


@pytest.mark.parametrize("ending", [".txt", ".tsv", ".xlsx", ""])
def test_a_table_is_known_by_its_content(register: Register, tmp_path: Path, good: Workbook, ending: str) -> None:
    paths = [path.rename(path.with_suffix(ending)) for path in write_csvs(tmp_path)]
    assert read(register, *paths).months == good.months


@pytest.mark.parametrize("size", ["A0:AZ48943", "", "A1", "nonsense"])
def test_what_a_sheet_says_of_its_own_size_does_not_matter(
    register: Register, tmp_path: Path, good: Workbook, size: str
) -> None:
    path = write_workbook(tmp_path / "DWO.xlsx")
    for part in (STRENGTHS_PART, ACTIVITY_PART):
        edited(path, part, lambda text: re.sub('<dimension ref="[^"]*"', f'<dimension ref="{size}"', text))
    assert read(register, path).months == good.months


@pytest.mark.parametrize(("separator", "named"), [(";", "semicolons"), ("\t", "tabs"), ("|", "upright strokes")])
def test_another_separator_is_named(register: Register, tmp_path: Path, separator: str, named: str) -> None:
    paths = write_csvs(tmp_path)
    paths[0].write_text(paths[0].read_text(encoding="utf-8-sig").replace(",", separator), encoding="utf-8")
    rule = f"the cells are separated by {named}, not by commas"
    assert errors(read(register, *paths)) == [("Strengths.csv", None, None, None, rule)]


def test_a_control_character_is_named_with_the_file_that_was_handed_over(register: Register, tmp_path: Path) -> None:
    paths = write_csvs(tmp_path)
    paths[0].write_text(paths[0].read_text(encoding="utf-8-sig").replace("Night Hub", "Night\0Hub"), encoding="utf-8")
    rule = "the cell holds the control character U+0000, which cannot be shown"
    assert errors(read(register, *paths)) == [("Strengths.csv", 15, "Team", "Night\0Hub", rule)]


def test_a_long_cell_is_quoted_in_part(root: Path, tmp_path: Path) -> None:
    paths = write_csvs(tmp_path)
    paths[0].write_text(paths[0].read_text(encoding="utf-8-sig").replace(",4.0", f",{'x' * 300_000}"), encoding="utf-8")
    before = files_in(root)
    (finding,) = [each for each in import_dwo(root, paths).findings if not each.is_warning]
    assert (finding.row, finding.column, finding.value) == (15, "FTE", "x" * 79 + "…")
    assert files_in(root) == before


TABLE = "Date,OCU,Department,Team,Rank,FTE\n30/04/2022,NB,Northbank,Abbey,PC,1\n"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (TABLE.encode("utf-16"), "UTF-16 text"),
        (TABLE.encode("utf-16-le"), "UTF-16 text"),
        (TABLE.encode("utf-16-be"), "UTF-16 text"),
        (TABLE.encode("utf-32"), "UTF-32 text"),
        (TABLE.encode("utf-32-le"), "UTF-32 text"),
        (gzip.compress(TABLE.encode(), mtime=0), "a gzip file"),
        (rb"{\rtf1\ansi Date}", "RTF"),
        (b'{"rows": []}', "JSON"),
        (b"%PDF-1.7", "a PDF"),
    ],
)
def test_a_file_of_another_kind_is_named(
    root: Path, register: Register, tmp_path: Path, content: bytes, kind: str
) -> None:
    path = tmp_path / "Strengths.csv"
    path.write_bytes(content)
    assert errors(read(register, path)) == [("Strengths.csv", None, None, None, f"the file is {kind}")]
    outcome = check(root, [Submission(dataset("staffing"), path)], Terms("2017-06-30"))
    rule = "the text is not UTF-8" if kind.startswith("UTF") else "the file is not a CSV table"
    assert [(each.value, each.rule) for each in outcome.findings] == [(kind, rule)]


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\r\n  \r\n"])
def test_an_empty_file_is_said_to_be_empty(register: Register, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "DWO.xlsx").write_bytes(content)
    assert errors(read(register, tmp_path / "DWO.xlsx")) == [("DWO.xlsx", None, None, None, "the file is empty")]


def test_a_file_whose_name_is_no_text_is_imported(tmp_path: Path) -> None:
    city = empty_city(tmp_path / "city")
    path = write_workbook(tmp_path / "DWO.xlsx").rename(tmp_path / os.fsdecode(b"DWO \xe9.xlsx"))
    assert not import_dwo(city, [path]).is_refused
    assert open_store(city).rows("SELECT DISTINCT workbook_name FROM all_dwo_imports") == [
        {"workbook_name": "DWO ?.xlsx"}
    ]
