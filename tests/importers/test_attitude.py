"""City Hall's Public Attitude Survey by borough: what is read of the sheet, and what is refused."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from typer.testing import CliRunner

from tests.importers.dwo_files import files_in
from tests.small_city import build_small_city
from transparency.cli import app
from transparency.core.project import EMBEDDED_DATA
from transparency.core.vocabulary import LONDON_CODE, today
from transparency.importers.attitude import ATTITUDE, read_attitude
from transparency.importers.editions import Edition
from transparency.importers.teams import Register
from transparency.publishing.import_edition import import_attitude
from transparency.store.database import open_store
from transparency.store.snapshots import list_snapshots
from transparency.store.store import Store

pytest_plugins = ["tests.stores"]

OFFICIAL = Path(__file__).parents[3] / "shared" / "official" / "mopac_public_attitude_2014_2023"
HEADER = ("Date", "Survey", "Borough", "Measure", "Proportion", "MPS")
TITLES = {
    "good_job_local": '"Good Job" local',
    "knows_how_to_contact_ward_officer": "Contact ward officer",
    "feels_informed_local": "Informed local",
    "listen_to_concerns": "Listen to concerns",
    "relied_on_to_be_there": "Relied on to be there",
    "treat_everyone_fairly": "Treat everyone fairly",
    "trust_mps": "Trust MPS",
    "understand_issues": "Understand issues",
}
CONTACT = TITLES["knows_how_to_contact_ward_officer"]
ROWS: list[list[Any]] = [
    ["30/09/2023", "PAS", "Northbank", CONTACT, "0.125", "0.14"],
    ["31/12/2023", "PAS", "Northbank", CONTACT, "0.114", "0.13"],
    ["31/12/2023", "PAS", "Southbank", CONTACT, "", "0.13"],
    ["31/12/2023", "PAS", "Northbank", "Seen an officer", "0.5", "0.5"],
    ["31/12/2023", "USS", "Northbank", CONTACT, "0.9", "0.9"],
]
READ = [
    ("E09000091", date(2023, 9, 30), "knows_how_to_contact_ward_officer", 13),
    ("E09000091", date(2023, 12, 31), "knows_how_to_contact_ward_officer", 11),
    (LONDON_CODE, date(2023, 9, 30), "knows_how_to_contact_ward_officer", 14),
    (LONDON_CODE, date(2023, 12, 31), "knows_how_to_contact_ward_officer", 13),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return build_small_city(tmp_path / "city", is_demonstration=False)


def write(path: Path, rows: list[list[Any]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path


def stored(root: Path) -> list[tuple[Any, ...]]:
    rows = open_store(root).rows(
        "SELECT geography_code, quarter_end, measure, percent FROM current_public_attitude_borough ORDER BY ALL"
    )
    return [tuple(row.values()) for row in rows]


def test_shares_are_whole_per_cent_and_a_blank_is_missing(root: Path, tmp_path: Path) -> None:
    outcome = import_attitude(root, write(tmp_path / "pas.csv", ROWS))
    assert [(s.dataset, s.name) for s in outcome.snapshots] == [
        (ATTITUDE, "2023-12-31_r1"),
        ("sources", f"{today().isoformat()}_r1"),
    ]
    assert stored(root) == READ
    assert [str(finding) for finding in outcome.findings] == [
        "pas.csv: warning: rows of other surveys or measures, left out: 2. Nothing needs to be done.",
        "pas.csv, row 4, column Proportion: warning: the proportion is blank, which is missing and not zero; "
        "rows: 1. Nothing needs to be done.",
    ]


def test_the_workbook_gives_the_same(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "PAS_T&Cdashboard.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        workbook.add_worksheet("MPS").write_row(0, 0, ["Date", "Survey", "Measure", "Proportion"])
        sheet = workbook.add_worksheet("Borough")
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, HEADER)
        for number, (quarter, *texts, share, london) in enumerate(ROWS, start=1):
            on = date(int(quarter[6:]), int(quarter[3:5]), int(quarter[:2]))
            sheet.write_datetime(number, 0, on, day)
            sheet.write_row(number, 1, [*texts, float(share) if share else "", float(london)])
    import_attitude(root, path)
    assert stored(root) == READ


def test_the_stored_table_comes_out_of_a_sheet_made_from_it(store_of_facts: Store, tmp_path: Path) -> None:
    rows = store_of_facts.rows(
        """
        SELECT share.geography_code, share.quarter_end, share.measure, share.percent, boroughs.borough_name
        FROM current_public_attitude_borough AS share
        LEFT JOIN boroughs ON boroughs.borough_code = share.geography_code
        ORDER BY source_row
        """
    )
    london = {(row["quarter_end"], row["measure"]): row["percent"] for row in rows if row["borough_name"] is None}
    sheet = [
        [
            f"{row['quarter_end']:%d/%m/%Y}",
            "PAS",
            row["borough_name"],
            TITLES[row["measure"]],
            row["percent"] / 100,
            london[row["quarter_end"], row["measure"]] / 100,
        ]
        for row in rows
        if row["borough_name"]
    ]
    edition = read_attitude(write(tmp_path / "pas.csv", sheet), Register.read(EMBEDDED_DATA), today())
    assert isinstance(edition, Edition)
    assert edition.as_at == date(2023, 12, 31)
    read = [tuple(cells[:-1]) for cells in csv.reader(edition.tables[ATTITUDE].decode().splitlines())][1:]
    own = ("geography_code", "quarter_end", "measure", "percent")
    assert read == [tuple(str(row[name]) for name in own) for row in rows]


@pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the official files are not on this machine")
def test_the_stored_table_comes_out_of_the_official_sheet(tmp_path: Path) -> None:
    path = tmp_path / "pas.csv"
    exported = (OFFICIAL / "PAS_buroughs.csv").read_text(encoding="utf-8-sig")  # semicolons and decimal commas
    path.write_text(exported.replace(",", ".").replace(";", ","), encoding="utf-8")
    edition = read_attitude(path, Register.read(EMBEDDED_DATA), today())
    assert isinstance(edition, Edition)
    stored = next(each for each in list_snapshots(EMBEDDED_DATA) if each.dataset == ATTITUDE)
    text = stored.source_path.read_text(encoding="utf-8").replace(
        ",mopac-pas-borough\n", ",mopac-pas-borough-2023-12\n"
    )
    assert sorted(edition.tables[ATTITUDE].decode().splitlines()) == sorted(text.splitlines())


def test_the_same_file_again_writes_nothing(root: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "pas.csv", ROWS)
    import_attitude(root, path)
    before = files_in(root)
    assert import_attitude(root, path).notes == (f"{ATTITUDE} to 31 December 2023: unchanged, nothing written.",)
    assert files_in(root) == before


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            ["30/11/2023", "PAS", "Northbank", CONTACT, "0.1", "0.13"],
            "column Date: the cell is not the last day of a quarter ('30/11/2023').",
        ),
        (
            ["31/12/2099", "PAS", "Northbank", CONTACT, "0.1", "0.13"],
            "column Date: the quarter has not ended ('31/12/2099').",
        ),
        (
            ["31/12/2023", "PAS", "Westbank", CONTACT, "0.1", "0.13"],
            "column Borough: the borough is not one of the 32 ('Westbank').",
        ),
        (
            ["31/12/2023", "PAS", "Southbank", CONTACT, "41", "0.13"],
            "column Proportion: the proportion is not between 0 and 1 ('41').",
        ),
        (
            ["31/12/2023", "PAS", "Southbank", CONTACT, "NaN", "0.13"],
            "column Proportion: the proportion is not between 0 and 1 ('NaN').",
        ),
        (
            ["31/12/2023", "PAS", "Southbank", CONTACT, "many", "0.13"],
            "column Proportion: the cell is not a number ('many').",
        ),
        (
            ["31/12/2023", "PAS", "Southbank", CONTACT, "0.1", "0.2"],
            "column MPS: London's proportion is another one in an earlier row of the quarter and measure.",
        ),
        (
            ["31/12/2023", "PAS", "Northbank", CONTACT, "0.1", "0.13"],
            "column Borough: the borough has an earlier row of the quarter and measure.",
        ),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_and_nothing_is_written(
    root: Path, tmp_path: Path, cells: list[str], expected: str
) -> None:
    before = files_in(root)
    errors = [
        str(finding)
        for finding in import_attitude(root, write(tmp_path / "pas.csv", [ROWS[1], cells])).findings
        if not finding.is_warning
    ]
    assert [error.startswith(f"pas.csv, row 3, {expected}") for error in errors] == [True], errors
    assert files_in(root) == before


def test_the_command_publishes_and_refuses(root: Path, tmp_path: Path) -> None:
    command = CliRunner(env={"TRANSPARENCY_DATA": str(root)})
    done = command.invoke(app, ["import", "attitude", str(write(tmp_path / "pas.csv", ROWS))])
    assert done.exit_code == 0
    assert "Published public_attitude_borough 2023-12-31_r1: 4 rows." in done.stdout
    other = command.invoke(app, ["import", "attitude", str(write(tmp_path / "uss.csv", [ROWS[4]]))])
    assert other.exit_code == 1
    assert "no row is of a survey and measure shown here" in other.stderr
