"""The rulebook and the self-check: no rule without a proof or a reason, and no pass that no test gave."""

from __future__ import annotations

import ast
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from transparency.about import self_check
from transparency.about.rulebook import GROUPS, RULES, ByHand, Rule
from transparency.about.self_check import Outcome, Proof, SelfCheck, checked_rules, code_fingerprint, read_self_check

ROOT = Path(__file__).parents[2]
COUNT = {"A": 15, "C": 9, "T": 15, "D": 11, "P": 4}


def test_every_rule_stands_in_the_rulebook_exactly_once_and_in_order() -> None:
    assert [rule.rule_id for rule in RULES] == [
        f"{letter}{number}" for letter, count in COUNT.items() for number in range(1, count + 1)
    ]
    assert set(GROUPS) == set(COUNT)


def outcomes(tmp_path: Path, record: dict[str, Any]) -> dict[str, Outcome]:
    (tmp_path / "self-check.json").write_text(json.dumps(record))
    checked = checked_rules(read_self_check(tmp_path / "self-check.json"))
    return {item.rule.rule_id: item.outcome for item in checked}


def record(**rules: dict[str, str]) -> dict[str, Any]:
    return {
        "ran_on": "2026-11-25",
        "commit": "0" * 40,
        "is_modified": False,
        "fingerprint": code_fingerprint(),
        "accessibility_ran_on": None,
        "rules": rules,
    }


def test_a_rule_passes_only_when_every_test_of_it_passed(tmp_path: Path) -> None:
    found = outcomes(
        tmp_path,
        record(
            A4={"a": "passed", "b": "passed"},
            A5={"a": "passed", "b": "failed"},
            A12={"a": "passed", "b": "skipped"},
            C1={"a": "passed", "b": "not run"},
        ),
    )
    assert found["A4"] is Outcome.KEPT
    assert found["A5"] is Outcome.BROKEN
    assert found["A12"] is found["C1"] is found["C2"] is Outcome.NOT_CHECKED


def test_what_was_found_of_other_code_says_nothing_of_this(tmp_path: Path) -> None:
    other = record(A4={"a": "passed"}) | {"fingerprint": "0" * 12}
    assert outcomes(tmp_path, other)["A4"] is Outcome.NOT_CHECKED


@pytest.mark.parametrize("text", [None, "", "[]", "{}", '{"ran_on": "yesterday"}'])
def test_without_a_whole_file_nothing_passes(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "self-check.json"
    if text is not None:
        path.write_text(text)
    assert read_self_check(path) is None
    assert Outcome.KEPT not in {item.outcome for item in checked_rules(read_self_check(path))}


def test_a_rule_known_not_to_be_met_fails_whatever_its_tests_say(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = (
        Rule("T7", "The team can be reached.", not_met="No address is set."),
        Rule("A9", "Nothing needs dragging.", by_hand=ByHand("The map, with keys alone.", date(2026, 11, 25))),
    )
    never = Rule("C4", "Labels are level.", by_hand=ByHand("Each chart."))
    monkeypatch.setattr(self_check, "RULES", (*rules, never))
    passing = SelfCheck(date(2026, 11, 25), None, False, code_fingerprint(), None, {"T7": (Proof("a", "passed"),)})
    reached, dragged, looked_at = checked_rules(passing)
    assert (reached.outcome, reached.reason) == (Outcome.BROKEN, "No address is set.")
    assert (dragged.outcome, dragged.reason) == (Outcome.BY_HAND, None)
    assert looked_at.outcome is Outcome.NOT_CHECKED


def marks() -> list[tuple[str, str]]:
    """Every rule a test says it proves, with the file."""
    return [
        (str(constant.value), path.name)
        for path in (ROOT / "tests").rglob("test_*.py")
        if path != Path(__file__)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.rule"
        for constant in node.args
        if isinstance(constant, ast.Constant)
    ]


def test_no_test_proves_a_rule_that_does_not_exist() -> None:
    assert [mark for mark in marks() if mark[0] not in {rule.rule_id for rule in RULES}] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule_id)
def test_every_rule_has_a_test_a_look_by_hand_or_a_reason(rule: Rule) -> None:
    proved = {rule_id for rule_id, _ in marks()}
    assert rule.rule_id in proved or rule.by_hand is not None or rule.not_met is not None


# ---------------------------------------------------------------- the recorder, in a suite of its own

SUITE = """
    import pytest

    @pytest.mark.rule("A4")
    def test_good(): assert True

    @pytest.mark.rule("A4", "A5")
    @pytest.mark.parametrize("n", [1, 2])
    def test_of_two(n): assert n == 1

    @pytest.mark.rule("A12")
    def test_skipped(): pytest.skip("no browser")

    @pytest.fixture
    def broken(): raise OSError

    @pytest.mark.rule("C1")
    def test_that_never_starts(broken): pass

    @pytest.mark.rule("C2")
    @pytest.mark.xdist_group("live_server")
    def test_in_a_group(): assert True
"""


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makeini("[pytest]\ntestpaths = suite\naddopts = -p xdist -p tests.recording --strict-markers")
    (pytester.mkdir("suite") / "test_suite.py").write_text(re.sub(r"^    ", "", SUITE, flags=re.MULTILINE))
    return pytester


@pytest.mark.parametrize("sharing", [(), ("-n2", "--dist=loadgroup")], ids=["one process", "two workers"])
def test_a_failing_test_makes_its_rules_fail_in_the_file(suite: pytest.Pytester, sharing: tuple[str, ...]) -> None:
    result = suite.runpytest_subprocess("--self-check=out/found.json", *sharing)
    result.assert_outcomes(passed=3, failed=1, skipped=1, errors=1)

    found = read_self_check(suite.path / "out/found.json")
    assert found is not None and found.is_of_this_code
    of_rule = {item.rule.rule_id: item for item in checked_rules(found)}
    assert of_rule["A4"].outcome is of_rule["A5"].outcome is of_rule["C1"].outcome is Outcome.BROKEN
    assert of_rule["A5"].reason == "suite/test_suite.py::test_of_two[2] failed"
    assert of_rule["A12"].outcome is Outcome.NOT_CHECKED
    assert of_rule["C2"].outcome is Outcome.KEPT
    assert found.accessibility_ran_on is None


@pytest.mark.parametrize("narrowed", [("-k", "good"), ("-m", "rule"), ("suite/test_suite.py",)])
def test_a_part_of_the_suite_writes_no_self_check(suite: pytest.Pytester, narrowed: tuple[str, ...]) -> None:
    result = suite.runpytest_subprocess("--self-check=found.json", *narrowed)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert not (suite.path / "found.json").exists()


def test_a_run_that_breaks_off_removes_an_older_file(suite: pytest.Pytester) -> None:
    (suite.path / "found.json").write_text("{}")
    (suite.path / "suite/test_broken.py").write_text("import nothing_of_this_name")
    assert suite.runpytest_subprocess("--self-check=found.json").ret == pytest.ExitCode.INTERRUPTED
    assert not (suite.path / "found.json").exists()


def test_what_is_stopped_at_the_first_failure_is_not_checked(suite: pytest.Pytester) -> None:
    suite.runpytest_subprocess("--self-check=found.json", "-x")
    of_rule = {item.rule.rule_id: item for item in checked_rules(read_self_check(suite.path / "found.json"))}
    assert of_rule["A4"].outcome is Outcome.BROKEN
    assert of_rule["C2"].outcome is Outcome.NOT_CHECKED


def test_the_tests_can_be_run_again_where_the_file_is_there_already() -> None:
    # Until it knows the option, pytest takes a value that stands apart, and is there, for what to test.
    assert re.search(r"--self-check=\S+$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_a_rule_that_does_not_exist_cannot_be_proved(suite: pytest.Pytester) -> None:
    (suite.path / "suite/test_more.py").write_text(
        'import pytest\n@pytest.mark.rule("A99")\ndef test_of_nothing(): pass\n'
    )
    result = suite.runpytest_subprocess("--self-check=found.json")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*test_of_nothing proves A99, which the rulebook does not have.*"])
