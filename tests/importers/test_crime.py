"""The Met's wide files of recorded crime by ward: what becomes of each month, group and file."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from tests.importers.dwo_files import files_in
from tests.small_city import build_small_city
from transparency.cli import app
from transparency.core.project import EMBEDDED_DATA
from transparency.importers.crime import BY_GROUP, BY_MONTH, read_crime
from transparency.importers.editions import Edition
from transparency.publishing.import_edition import import_crime
from transparency.publishing.publish import Submission, Terms, publish
from transparency.store.database import open_store
from transparency.store.descriptors import dataset
from transparency.store.differences import Difference, differences
from transparency.store.snapshots import list_snapshots
from transparency.store.store import Store

pytest_plugins = ["tests.stores"]

TITLES = ("WardName", "WardCode", "MajorText", "MinorText", "LookUp_BoroughName")
OFFICIAL = Path(__file__).parents[3] / "shared" / "official" / "mps_ward_crime_2010_2026"
CROYDON = "E09000008"  # in two of its wards the present system has no row of possession of weapons
ABBEY, MARSH = ["Abbey", "E05900011"], ["Marsh Road", "E05900035"]


def months(first: str, last: str) -> list[str]:
    return [
        f"{year}{month:02}"
        for year in range(int(first[:4]), int(last[:4]) + 1)
        for month in range(1, 13)
        if first <= f"{year}{month:02}" <= last
    ]


def write(path: Path, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[*TITLES, *columns], *rows])
    return path


def row(ward: Sequence[str], group: str, counts: Sequence[object]) -> list[object]:
    return [*ward, group, "ANY", "Northbank", *counts]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return build_small_city(tmp_path / "city", is_demonstration=False)


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """March 2022 to February 2024: Abbey two thefts and a robbery a month, Marsh Road a burglary and no other row."""
    columns = months("202203", "202402")
    rows = [
        row(ABBEY, "THEFT", [2] * 24),
        row(ABBEY, "ROBBERY", [1] * 24),
        row(ABBEY, "FRAUD AND FORGERY", [50] * 24),
        row(MARSH, "BURGLARY", [1, *[0] * 23]),
    ]
    return write(tmp_path / "Historical.csv", columns, rows)


@pytest.fixture
def present(tmp_path: Path) -> Path:
    """February 2024, of which it has a part, and March and April: thefts of two kinds; no row of Marsh Road."""
    rows = [row(ABBEY, "THEFT", [1, 3, "1,003"]), row(ABBEY, "THEFT", [0, 4, 4.0])]
    return write(tmp_path / "recent.csv", months("202402", "202404"), rows)


NO_YEAR = (
    "no year to the end of February is whole: no figures by group come of it, and those stored stay. "
    "Hand over the files of a whole year."
)


def said(root: Path, *paths: Path) -> list[str]:
    return [str(finding) for finding in import_crime(root, paths).findings]


# ---------------------------------------------------------------- what is taken


def test_each_month_is_of_the_system_that_recorded_it(root: Path, earlier: Path, present: Path) -> None:
    outcome = import_crime(root, [present, earlier])
    assert [(s.dataset, s.name, s.rows) for s in outcome.snapshots[:2]] == [
        ("ward_crime_month", "2024-04-30_r1", 50),
        ("ward_crime_group", "2024-04-30_r1", 6),
    ]
    rows = open_store(root).rows(
        "SELECT ward_code, month, offences, recording_system FROM current_ward_crime_month "
        "WHERE month >= DATE '2024-01-01' ORDER BY ALL"
    )
    assert [tuple(each.values()) for each in rows] == [
        ("E05900011", date(2024, 1, 1), 3, "until_february_2024"),
        ("E05900011", date(2024, 2, 1), 3, "until_february_2024"),
        ("E05900011", date(2024, 3, 1), 7, "since_march_2024"),
        ("E05900011", date(2024, 4, 1), 1007, "since_march_2024"),
        ("E05900035", date(2024, 1, 1), 0, "until_february_2024"),
        ("E05900035", date(2024, 2, 1), 0, "until_february_2024"),
    ]


def test_years_to_february_are_by_group_and_whole(root: Path, earlier: Path, present: Path) -> None:
    import_crime(root, [earlier, present])
    rows = open_store(root).rows(
        "SELECT ward_code, year_ending, offence_group::VARCHAR, offences FROM current_ward_crime_group ORDER BY ALL"
    )
    assert [tuple(each.values()) for each in rows] == [
        ("E05900011", date(2023, 2, 28), "robbery", 12),
        ("E05900011", date(2023, 2, 28), "theft", 24),
        ("E05900011", date(2024, 2, 29), "robbery", 12),
        ("E05900011", date(2024, 2, 29), "theft", 24),
        ("E05900035", date(2023, 2, 28), "burglary", 1),
        ("E05900035", date(2024, 2, 29), "burglary", 0),
    ]


def test_the_part_of_february_2024_is_left_out_and_said(root: Path, earlier: Path, present: Path) -> None:
    assert said(root, earlier, present) == [
        "recent.csv: warning: months up to February 2024 are left out: the file goes on beyond, and need not have them "
        "whole ('202402'). Hand over the file that ends in February 2024 as well, if it was not."
    ]


def test_the_source_is_the_publisher_and_names_the_file(root: Path, present: Path) -> None:
    import_crime(root, [present])
    (source,) = open_store(root).rows(
        "SELECT * FROM current_sources WHERE source_id IN (SELECT source_id FROM current_ward_crime_month)"
    )
    assert (source["source_id"], source["publisher"]) == ("mps-ward-crime-2024-04", "Metropolitan Police Service")
    assert source["title"].startswith(
        "Recorded crime, geographic breakdown by ward, March 2024 to April 2024 (recent.csv; SHA-256 "
    )


def test_the_stored_tables_come_out_of_wide_files_made_from_them(store_of_facts: Store, tmp_path: Path) -> None:
    """Croydon: each year's groups spread over its months, so that both tables can be rebuilt from one row a group."""
    of_borough = "ward_code IN (SELECT ward_code FROM wards_2022 WHERE borough_code = $borough)"
    stored = {
        BY_MONTH: store_of_facts.rows(
            "SELECT ward_code, month, offences, recording_system FROM current_ward_crime_month "
            f"WHERE {of_borough} ORDER BY source_row",
            borough=CROYDON,
        ),
        BY_GROUP: store_of_facts.rows(
            "SELECT ward_code, year_ending, offence_group, offences FROM current_ward_crime_group "
            f"WHERE {of_borough} ORDER BY source_row",
            borough=CROYDON,
        ),
    }
    left = {(each["ward_code"], f"{each['month']:%Y%m}"): each["offences"] for each in stored[BY_MONTH]}
    cells: dict[tuple[str, str, str], int] = {}
    for each in stored[BY_GROUP]:
        to_spread, end = each["offences"], f"{each['year_ending']:%Y%m}"
        for month in months(f"{int(end[:4]) - 1}03", end):
            spread = min(to_spread, left[each["ward_code"], month])
            to_spread -= spread
            left[each["ward_code"], month] -= spread
            cells[each["ward_code"], each["offence_group"], month] = spread
        assert to_spread == 0
    for (ward_code, month), offences in left.items():
        if offences:
            cells[ward_code, "theft", month] = cells.get((ward_code, "theft", month), 0) + offences
    paths = []
    for first, last in (("201004", "202402"), ("202403", "202602")):
        columns = months(first, last)
        keys = sorted({(ward, group) for ward, group, month in cells if first <= month <= last})
        rows = [
            row(["", ward], group.replace("_", " ").upper(), [cells.get((ward, group, month), 0) for month in columns])
            for ward, group in keys
        ]
        paths.append(write(tmp_path / f"{last}.csv", columns, rows))
    edition = read_crime(paths, {each["ward_code"] for each in stored[BY_MONTH]})
    assert isinstance(edition, Edition)
    assert edition.as_at == date(2026, 2, 28)
    for name, rows_stored in stored.items():
        read = [tuple(cells[:-1]) for cells in csv.reader(edition.tables[name].decode().splitlines())][1:]
        assert read == [tuple(map(str, each.values())) for each in rows_stored]


# ---------------------------------------------------------------- editions


def test_the_same_files_again_write_nothing(root: Path, earlier: Path, present: Path) -> None:
    import_crime(root, [earlier, present])
    before = files_in(root)
    again = import_crime(root, [earlier, present])
    assert again.snapshots == ()
    assert "ward_crime_month to 30 April 2024: unchanged, nothing written." in again.notes
    assert files_in(root) == before


def test_an_original_takes_the_place_of_a_copy_and_says_what_differs(root: Path, earlier: Path) -> None:
    import_crime(root, [earlier])
    as_copy(root, "mps-ward-crime-2024-02")
    text = earlier.read_text(encoding="utf-8").replace("ANY,Northbank,1,0,", "ANY,Northbank,1,5,")
    earlier.write_text(text, encoding="utf-8")
    outcome = import_crime(root, [earlier])
    assert [(s.dataset, s.name, s.reason) for s in outcome.snapshots[:2]] == [
        (
            "ward_crime_month",
            "2024-02-29_r2",
            "The publisher's own file takes the place of a copy: 1 of 48 rows removed, 1 added.",
        ),
        (
            "ward_crime_group",
            "2024-02-29_r2",
            "The publisher's own file takes the place of a copy: 1 of 6 rows removed, 1 added.",
        ),
    ]
    month = outcome.snapshots[0]
    before = next(each for each in list_snapshots(root) if (each.dataset, each.as_at) == (month.dataset, month.as_at))
    assert month.revision == 2 and before.revision == 1
    assert differences(before, month) == (Difference("changed", "E05900035, 2022-04-01", "offences", "0", "5"),)
    marsh = "SELECT offences FROM current_ward_crime_month WHERE ward_code = 'E05900035' AND month = DATE '2022-04-01'"
    assert open_store(root).rows(marsh) == [{"offences": 5}]


def as_copy(root: Path, source_id: str) -> None:
    """The source of what is stored said to be a copy, as a later row of the register."""
    folder = next((root / "snapshots" / "sources").glob(f"{date.today():%Y-%m-%d}_r*"))
    row_of = next(csv.DictReader(folder.joinpath("source.csv").read_text(encoding="utf-8").splitlines()))
    assert row_of["source_id"] == source_id
    path = root.parent / "sources.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, row_of)
        writer.writeheader()
        writer.writerow({**row_of, "publisher": "Metropolitan Police (copy)"})
    arguments = ["publish", str(path), "--dataset", "sources", "--as-at", date.today().isoformat()]
    done = CliRunner(env={"TRANSPARENCY_DATA": str(root)}).invoke(app, [*arguments, "--revise", "--reason", "A copy."])
    assert done.exit_code == 0, done.output


def test_a_later_edition_is_whole_and_what_it_lacks_is_no_longer_shown(
    root: Path, earlier: Path, present: Path
) -> None:
    import_crime(root, [earlier])
    outcome = import_crime(root, [present])
    assert "is stored" not in str(outcome.findings)
    assert [finding.rule for finding in outcome.findings if "ward_crime_month" in finding.rule] == [
        "ward_crime_month: the edition shown until now begins on 2022-03-01, this one on 2024-03-01; what lies before "
        "is no longer shown, because two editions are never joined"
    ]
    assert (
        "ward_crime_month to 30 April 2024: a whole new edition, not joined with 2024-02-29_r1, which stays stored."
        in outcome.notes
    )
    shown = open_store(root).rows("SELECT DISTINCT month FROM current_ward_crime_month ORDER BY month")
    assert [each["month"] for each in shown] == [date(2024, 3, 1), date(2024, 4, 1)]


def test_an_earlier_edition_is_stored_and_not_shown(root: Path, earlier: Path, present: Path) -> None:
    import_crime(root, [present])
    outcome = import_crime(root, [earlier])
    assert [finding.rule for finding in outcome.findings if "ward_crime_month" in finding.rule] == [
        "ward_crime_month: an edition to April 2024 is stored, which is newer and stays the one shown"
    ]
    shown = open_store(root).rows("SELECT DISTINCT month FROM current_ward_crime_month ORDER BY month")
    assert [each["month"] for each in shown] == [date(2024, 3, 1), date(2024, 4, 1)]


def test_another_source_of_every_row_is_one_difference(root: Path, earlier: Path, tmp_path: Path) -> None:
    import_crime(root, [earlier])
    stored = next(each for each in list_snapshots(root) if each.dataset == BY_MONTH)
    source = tmp_path / "copy.csv"
    text = stored.source_path.read_text(encoding="utf-8").replace("mps-ward-crime-2024-02", "police")
    source.write_text(text, encoding="utf-8")
    terms = Terms("2024-02-29", reason="Read from elsewhere.")
    revised = publish(root, [Submission(dataset(BY_MONTH), source)], terms).snapshots[0]
    assert differences(stored, revised) == (
        Difference("changed", "every row", "source_id", "mps-ward-crime-2024-02", "police"),
    )


@pytest.mark.slow
@pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the official files are not on this machine")
def test_the_stored_tables_come_out_of_the_official_files(store_of_facts: Store, tmp_path: Path) -> None:
    paths = []
    for name in ("recorded-crime-ward-historical", "recorded-crime-ward"):
        paths.append(tmp_path / f"{name}.csv")
        duckdb.read_parquet(str(OFFICIAL / f"{name}.parquet")).write_csv(str(paths[-1]))
    wards = store_of_facts.rows("SELECT ward_code FROM wards_2022")
    edition = read_crime(paths, {each["ward_code"] for each in wards})
    assert isinstance(edition, Edition)
    for name in (BY_MONTH, BY_GROUP):
        stored = next(each for each in list_snapshots(EMBEDDED_DATA) if each.dataset == name)
        text = stored.source_path.read_text(encoding="utf-8").replace(",mps-ward-crime\n", ",mps-ward-crime-2026-02\n")
        assert edition.tables[name].decode() == text


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            [*ABBEY, "THEFT", "ANY", "Northbank", ""],
            "column 202401: the count is blank, which is not zero ('').",
        ),
        (
            [*ABBEY, "THEFT", "ANY", "Northbank", "-1"],
            "column 202401: the count is not a whole number of 0 or more ('-1').",
        ),
        (
            [*ABBEY, "THEFT", "ANY", "Northbank", "2.5"],
            "column 202401: the count is not a whole number of 0 or more ('2.5').",
        ),
        (
            [*ABBEY, "THEFT", "ANY", "Northbank", "9" * 400],
            "column 202401: the count is too large ('999",
        ),
        (
            ["Ferry", "E05900031", "THEFT", "ANY", "Eastmarsh", "1"],
            "column WardCode: the ward is not of the 2022 set ('E05900031').",
        ),
        (
            [*ABBEY, "PIRACY", "ANY", "Northbank", "1"],
            "column MajorText: the group of offences is neither one of the eleven nor fraud ('PIRACY').",
        ),
    ],
)
def test_a_cell_that_cannot_be_taken_is_named_and_nothing_is_written(
    root: Path, tmp_path: Path, cells: list[str], expected: str
) -> None:
    before = files_in(root)
    path = write(tmp_path / "wards.csv", ["202401"], [row(MARSH, "THEFT", [1]), cells])
    (finding,) = said(root, path)
    assert finding.startswith(f"wards.csv, row 3, {expected}")
    assert files_in(root) == before


def test_a_file_without_months_or_wards_is_refused(root: Path, tmp_path: Path) -> None:
    assert said(root, write(tmp_path / "none.csv", ["Total"], [])) == [
        "none.csv: no column is a month, such as 202402. Hand over the file of wards as it was downloaded."
    ]
    boroughs = tmp_path / "boroughs.csv"
    boroughs.write_text("MajorText,MinorText,BoroughName,202401\nTHEFT,ANY,Northbank,1\n", encoding="utf-8")
    assert said(root, boroughs)[0].startswith("boroughs.csv, row 1, column WardCode: the column WardCode is missing.")


def test_a_month_in_two_files_with_other_figures_is_refused(root: Path, tmp_path: Path) -> None:
    one = write(tmp_path / "one.csv", ["202403"], [row(ABBEY, "THEFT", [1])])
    other = write(tmp_path / "other.csv", ["202403"], [row(ABBEY, "THEFT", [2])])
    assert said(root, one, other) == [
        "other.csv, column 202403: the month is in another file too, with other figures. "
        "Hand over files that were published on one day, or one file for each month."
    ]
    assert said(root, one, one) == [f"one.csv and one.csv: warning: {NO_YEAR}"]


def test_a_gap_is_missing_and_said_and_a_blank_ward_is_in_no_ward(root: Path, tmp_path: Path) -> None:
    rows = [row(ABBEY, "THEFT", [1, 2]), row(["", ""], "THEFT", [3, 4])]
    findings = said(root, write(tmp_path / "gap.csv", ["202312", "202401"], rows))
    assert findings == [
        "gap.csv, row 3, column WardCode: warning: the ward is blank; rows in no ward's figures: 1, offences: 7. "
        "Nothing needs to be done.",
        f"gap.csv: warning: {NO_YEAR}",
    ]
    findings = said(root, write(tmp_path / "gap.csv", ["202310", "202312"], [row(ABBEY, "THEFT", [1, 2])]))
    assert findings[0] == (
        "gap.csv: warning: months between the first and the last are in no file; they are missing, and so are their "
        "years ('202311'). Hand over their file as well."
    )


def test_the_command_reports_what_it_published(root: Path, earlier: Path, present: Path) -> None:
    command = CliRunner(env={"TRANSPARENCY_DATA": str(root)})
    tried = command.invoke(app, ["import", "crime", str(earlier), str(present), "--dry-run"])
    assert tried.exit_code == 0
    assert "Dry run: nothing written." in tried.stdout
    done = command.invoke(app, ["import", "crime", str(earlier), str(present)])
    assert done.exit_code == 0
    assert "Published ward_crime_month 2024-04-30_r1: 50 rows." in done.stdout
    assert command.invoke(app, ["import", "crime", str(root / "reference" / "boroughs.csv")]).exit_code == 1
