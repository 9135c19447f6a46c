"""Findings as they are reported: none lost from the count, and no more of them or of a value than can be read."""

import json
from dataclasses import asdict
from pathlib import Path

from tests.small_city import build_small_city
from transparency.core.findings import bounded, few, quoted
from transparency.core.vocabulary import Finding
from transparency.publishing.outcome import Outcome
from transparency.publishing.publish import Submission, Terms, check
from transparency.store.descriptors import dataset


def finding(row: int, rule: str = "the cell is not a number", is_warning: bool = False) -> Finding:
    return Finding("a.csv", row, "value", "x", rule, "Write digits.", is_warning)


def test_a_finding_says_where_it_is_and_is_an_error_unless_it_is_said_to_be_a_warning() -> None:
    where = ("a.csv", 3, "ward_code", "E1")
    assert str(Finding(*where, "no ward has this code", "Look it up.")) == (
        "a.csv, row 3, column ward_code: no ward has this code ('E1'). Look it up."
    )
    assert str(Finding("a.csv", None, None, None, "the file is old", "Look.", is_warning=True)) == (
        "a.csv: warning: the file is old. Look."
    )


def test_the_first_fifty_of_a_rule_are_listed_and_the_others_counted() -> None:
    reported = Outcome(tuple(finding(row) for row in range(2, 1262))).findings
    assert [one.row for one in reported] == list(range(2, 53))
    assert (
        str(reported[-1])
        == "a.csv, row 52: the cell is not a number: 1,210 more from here on, not listed. Write digits."
    )


def test_fifty_of_a_rule_are_all_of_them() -> None:
    fifty = tuple(finding(row) for row in range(2, 52))
    assert bounded(fifty) == fifty


def test_no_rule_hides_another_and_no_warning_an_error() -> None:
    warnings = [finding(row, is_warning=True) for row in range(60)]
    reported = bounded([*warnings, finding(61), finding(62, "the row is blank")])
    assert [(one.rule, one.is_warning) for one in reported[-3:]] == [
        ("the cell is not a number: 10 more from here on, not listed", True),
        ("the cell is not a number", False),
        ("the row is blank", False),
    ]
    assert Outcome(tuple(warnings)).ok


def test_rules_that_differ_in_a_number_only_are_one_rule() -> None:
    assert len(bounded(finding(n, f"the row has {n:,} cells where the header has 4") for n in range(900, 1100))) == 51


def test_what_is_bounded_already_stays_as_it_is() -> None:
    reported = bounded(finding(row) for row in range(100))
    assert bounded(reported) == reported


def test_a_value_is_quoted_to_eighty_characters() -> None:
    assert quoted("x" * 80) == "x" * 80
    assert quoted("x" * 300_000) == "x" * 79 + "…"
    (reported,) = bounded([Finding("a.csv", 2, "c" * 300, "x" * 300_000, "rule", "remedy")])
    assert (reported.value, reported.column) == ("x" * 79 + "…", "c" * 79 + "…")


def test_half_a_letter_can_be_printed() -> None:
    (reported,) = bounded([Finding("a.json", 2, "code", "E05\ud800", "rule", "remedy")])
    assert json.dumps(asdict(reported), ensure_ascii=False).encode()
    assert reported.value == "E05�"


def test_seven_values_are_named_each_once_and_as_they_can_be_printed() -> None:
    assert few(["E05", "E06", "E05"]) == "E05, E06"
    assert few([f"E{n}" for n in range(9)]) == "E0, E1, E2, E3, E4, E5, E6 …"
    assert few(["\x1b[31m"]) == "'\\x1b[31m'"


def test_a_table_of_many_unknown_columns_is_refused_in_few_words(tmp_path: Path) -> None:
    city = build_small_city(tmp_path / "city", is_demonstration=False)
    path = tmp_path / "wide.csv"
    path.write_text(",".join(f"column_{n}" for n in range(20_000)) + "\n" + "," * 19_999 + "\n", encoding="utf-8")
    findings = check(city, [Submission(dataset("staffing"), path)], Terms("2017-01-04")).findings
    unknown = [one for one in findings if "is not one of this dataset's" in one.rule]
    assert len(unknown) == 51
    assert unknown[-1].rule == "the column is not one of this dataset's: 19,950 more from here on, not listed"
