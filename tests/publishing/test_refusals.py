"""Every fault a staffing submission can have: refused, told exactly, and nothing written.

One file each in tests/fixtures/refusals, named after its fault, published as at 30 June 2017 to the small
city as a store of facts.
"""

from pathlib import Path

import pytest

from transparency.core.vocabulary import Finding
from transparency.publishing.publish import Submission, Terms, check, publish
from transparency.store.descriptors import dataset
from transparency.store.snapshots import list_snapshots

REFUSALS = Path(__file__).parents[1] / "fixtures" / "refusals"
SAVE_AS_CSV = "Save the table as CSV, comma separated, in UTF-8."
WHOLE = "Give the basis as fte if these are full-time equivalents, or correct the count."
WARDS_2014 = "Use a code of data/reference/wards_2014.csv."
PLAIN = "Write the value itself, without the sign before it."

# fault: (row, column, value, rule, remedy)
EXPECTED: dict[str, tuple[int | None, str | None, str | None, str, str]] = {
    "not_a_csv": (
        None,
        None,
        "a zip archive, as a workbook is",
        "the file is not a CSV table",
        SAVE_AS_CSV,
    ),
    "semicolons": (
        1,
        None,
        "ward_code;as_at_precision;dedicated_pcs;dedicated_pcsos;is_m",
        "the cells are separated by semicolons, not by commas",
        SAVE_AS_CSV,
    ),
    "empty": (None, None, None, "the file is empty", SAVE_AS_CSV),
    "header_only": (
        None,
        None,
        None,
        "the file has a header and no rows",
        "Add at least one row of data.",
    ),
    "wrong_encoding": (2, "ward_name", "Abb\N{REPLACEMENT CHARACTER}y", "the text is not UTF-8", SAVE_AS_CSV),
    "utf_16": (None, None, "UTF-16 text", "the text is not UTF-8", SAVE_AS_CSV),
    "missing_column": (
        1,
        "source_id",
        None,
        "the column is missing",
        "Add the column source_id: The source of the row, in the dataset sources.",
    ),
    "extra_column": (
        1,
        "officer_name",
        "officer_name",
        "the column is not one of this dataset's",
        "Leave it out. There are: ward_code, as_at_precision, dedicated_pcs, dedicated_pcsos, is_minimum, "
        "basis, evidence, source_id, ward_name.",
    ),
    "repeated_column": (
        1,
        "basis",
        "basis (column F) and basis (column I)",
        "the column is repeated",
        "Keep one of the two.",
    ),
    "ragged_row": (
        3,
        None,
        "E05900011,day,2,1,false,officers,confirmed",
        "the row has 7 cells where the header has 8",
        "Give every row as many cells as the header; quote a cell that holds a comma.",
    ),
    "blank_row": (3, None, None, "the row is blank", "Delete it."),
    "unclosed_quote": (
        3,
        "source_id",
        '"police',
        "a quotation mark is opened and never closed",
        "Close it at the end of the cell.",
    ),
    "stray_quote": (
        3,
        "source_id",
        'pol"ice',
        "a quotation mark stands where none may",
        "Put the whole cell in quotation marks and double each one inside it.",
    ),
    "nul_byte": (
        3,
        "source_id",
        "pol\0ice",
        "the cell holds a NUL byte",
        "Save the table again from the program that made it.",
    ),
    "text_in_a_number": (
        3,
        "dedicated_pcs",
        "two",
        "the cell is not a number",
        "Write the number in digits, such as 2 or 1.5.",
    ),
    "number_not_plain": (
        3,
        "dedicated_pcs",
        "1_0",
        "the cell is not a number",
        "Write the number in digits, such as 2 or 1.5.",
    ),
    "negative": (3, "dedicated_pcsos", "-1", "the number is below 0", "Check it against its source."),
    "part_of_a_post": (3, "dedicated_pcs", "2.5", "posts are counted whole", WHOLE),
    "part_of_an_officer": (3, "dedicated_pcsos", "0.5", "officers are counted whole", WHOLE),
    "absurd_count": (3, "dedicated_pcs", "51", "the number is above 50", "Check it against its source."),
    "unknown_ward": (3, "ward_code", "E05999999", "no ward has this code", WARDS_2014),
    "malformed_ward": (
        3,
        "ward_code",
        "Abbey",
        r"the text does not have the form E05\d{6}",
        "Write it as described: GSS code of the ward, E05 and six digits.",
    ),
    "city_of_london_ward": (
        3,
        "ward_code",
        "E05009288",
        "a ward of the City of London, which the Metropolitan Police does not police",
        WARDS_2014,
    ),
    "ward_not_in_force": (
        3,
        "ward_code",
        "E05900037",
        "the ward New Dock is not in the 2014 set, which is in force on 30 June 2017",
        WARDS_2014,
    ),
    "duplicate_ward": (
        4,
        "ward_code",
        "E05900011",
        "the same ward_code as in row 2",
        "Keep one row for each ward_code.",
    ),
    "wrong_ward_name": (
        2,
        "ward_name",
        "Village",
        "the ward E05900011 is called Abbey",
        "Correct the name or the code, whichever is wrong.",
    ),
    "unknown_basis": (
        3,
        "basis",
        "heads",
        "the word is not one this column knows",
        "Use one of: posts, officers, fte.",
    ),
    "unknown_evidence": (
        3,
        "evidence",
        "rumoured",
        "the word is not one this column knows",
        "Use one of: published, confirmed, reported, declared, listed, demonstration.",
    ),
    "demonstration_in_a_real_store": (
        3,
        "evidence",
        "demonstration",
        "invented figures have no place in a store of facts",
        "Publish it to a demonstration store, or say how the figure is known.",
    ),
    "unknown_source": (
        3,
        "source_id",
        "nobody",
        "the source is not in the dataset sources",
        "Publish the source together with this file, or correct its name.",
    ),
    "spreadsheet_formula": (3, "source_id", "=police", "the cell starts a spreadsheet formula", PLAIN),
    "spreadsheet_formula_in_a_number": (
        3,
        "dedicated_pcs",
        "=1+1",
        "the cell starts a spreadsheet formula",
        PLAIN,
    ),
    "spreadsheet_formula_full_width": (
        3,
        "source_id",
        "＝police",
        "the cell starts a spreadsheet formula",
        PLAIN,
    ),
    "blank_cell": (
        3,
        "evidence",
        None,
        "the cell is blank and must not be",
        "Fill it in: How it is known.",
    ),
}


def findings_of(root: Path, path: Path, as_at: str = "2017-06-30") -> tuple[Finding, ...]:
    """What publishing the file finds; the store must be as it was before."""
    before = sorted(root.rglob("*"))
    outcome = publish(root, [Submission(dataset("staffing"), path)], Terms(as_at))
    assert outcome.is_refused
    assert outcome.snapshots == ()
    assert sorted(root.rglob("*")) == before
    return outcome.findings


@pytest.mark.parametrize("fault", EXPECTED)
def test_a_fault_is_refused_and_told_exactly(fault: str, city: Path) -> None:
    assert findings_of(city, REFUSALS / f"{fault}.csv") == (Finding(f"{fault}.csv", *EXPECTED[fault]),)


def test_every_fixture_is_one_of_those_expected() -> None:
    named = {path.stem for path in REFUSALS.glob("*.csv")}
    assert named == {*EXPECTED, "several_faults", "faultless"}


def test_all_faults_come_at_once(city: Path) -> None:
    found = findings_of(city, REFUSALS / "several_faults.csv")
    assert [(finding.row, finding.column, finding.value) for finding in found] == [
        (2, "dedicated_pcs", "two"),
        (3, "dedicated_pcsos", "-1"),
        (3, "ward_code", "E05999999"),
        (4, "basis", "heads"),
        (4, "source_id", "nobody"),
        (5, "dedicated_pcs", "2.5"),
        (6, None, "E05900022,day,2"),
        (7, "ward_code", "E05900037"),
    ]


def test_a_header_with_a_fault_and_no_rows_is_told_both(city: Path, tmp_path: Path) -> None:
    path = tmp_path / "header.csv"
    path.write_text("ward_code,as_at_precision,dedicated_pcs,dedicated_pcsos,is_minimum,basis,evidence\n")
    assert [finding.rule for finding in findings_of(city, path)] == [
        "the file has a header and no rows",
        "the column is missing",
    ]


def test_a_file_over_50_mb_is_refused_unread(city: Path, tmp_path: Path) -> None:
    path = tmp_path / "larger_than_50_mb.csv"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    assert findings_of(city, path) == (
        Finding(
            "larger_than_50_mb.csv",
            None,
            None,
            "50,000,001 bytes",
            "the file is larger than 50 MB",
            "Hand over one table for one as-at date, without formatting.",
        ),
    )


@pytest.mark.parametrize(
    ("as_at", "rule"),
    [
        ("2999-01-01", "the as-at date is in the future"),
        ("30 June 2017", "the as-at date is not a date"),
        ("20170630", "the as-at date is not a date"),
        ("2017-02-30", "the as-at date is not a date"),
    ],
)
def test_an_as_at_date_in_the_future_or_no_date_is_refused(as_at: str, rule: str, city: Path) -> None:
    remedy = "Give the day the figures describe, as year-month-day, not later than today."
    found = findings_of(city, REFUSALS / "faultless.csv", as_at)
    assert found[0] == Finding("faultless.csv", None, "as_at", as_at, rule, remedy)


def test_a_day_that_is_none_does_not_hide_the_faults_of_the_file(city: Path) -> None:
    found = findings_of(city, REFUSALS / "text_in_a_number.csv", "yesterday")
    assert [(finding.column, finding.value) for finding in found] == [
        ("as_at", "yesterday"),
        ("dedicated_pcs", "two"),
    ]


def test_the_faultless_file_is_published(city: Path) -> None:
    outcome = publish(city, [Submission(dataset("staffing"), REFUSALS / "faultless.csv")], Terms("2017-06-30"))
    assert outcome.findings == ()
    assert [(s.dataset, s.name, s.rows) for s in outcome.snapshots] == [("staffing", "2017-06-30_r1", 2)]


def test_a_demonstration_store_takes_invented_figures(demonstration: Path) -> None:
    path = REFUSALS / "demonstration_in_a_real_store.csv"
    outcome = publish(demonstration, [Submission(dataset("staffing"), path)], Terms("2017-06-30"))
    assert not outcome.is_refused


def test_the_same_file_can_be_faultless_on_another_day(city: Path) -> None:
    path = REFUSALS / "ward_not_in_force.csv"
    outcome = check(city, [Submission(dataset("staffing"), path)], Terms("2023-06-30"))
    assert outcome.findings == ()
    assert len(list_snapshots(city)) == 18


def test_a_message_names_file_row_column_value_rule_and_remedy(city: Path) -> None:
    (finding,) = findings_of(city, REFUSALS / "unknown_source.csv")
    assert str(finding) == (
        "unknown_source.csv, row 3, column source_id: the source is not in the dataset sources ('nobody'). "
        "Publish the source together with this file, or correct its name."
    )
