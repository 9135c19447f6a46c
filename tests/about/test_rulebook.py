"""The rulebook and the self-check: no rule without a proof or a reason, and no pass that no test gave."""

from __future__ import annotations

import ast
import json
import os
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from transparency.about.rules import (
    GROUPS,
    Outcome,
    Rule,
    code_fingerprint,
    read_self_check,
    rulebook,
    rules_checked,
)

ROOT = Path(__file__).parents[2]
COUNT = {"A": 15, "C": 9, "T": 15, "D": 11, "P": 4}
RECORD: dict[str, Any] = {"ran_on": "2026-11-25", "commit": None, "fingerprint": code_fingerprint(), "rules": {}}


def test_every_rule_is_in_the_rulebook_once_and_in_order() -> None:
    assert [rule.rule_id for rule in rulebook()] == [
        f"{letter}{number}" for letter, count in COUNT.items() for number in range(1, count + 1)
    ]
    assert set(GROUPS) == set(COUNT)


@pytest.mark.parametrize(
    ("ends", "outcome"),
    [
        (["passed", "passed"], Outcome.KEPT),
        (["passed", "failed"], Outcome.BROKEN),
        (["passed", "skipped"], Outcome.NOT_CHECKED),
        ([], Outcome.NOT_CHECKED),
    ],
)
def test_a_rule_passes_only_when_every_test_of_it_passed(ends: list[str], outcome: Outcome) -> None:
    assert Rule("A4", "Tables.", tests={f"test_{number}": end for number, end in enumerate(ends)}).outcome is outcome


def test_what_was_found_of_other_code_says_nothing_of_this(tmp_path: Path) -> None:
    path = tmp_path / "self-check.json"
    path.write_text(json.dumps(RECORD))
    assert read_self_check(path) is not None
    path.write_text(json.dumps(RECORD | {"fingerprint": "0" * 12}))
    assert read_self_check(path) is None


@pytest.mark.parametrize("text", [None, "", "[]", "{}", '{"ran_on": "yesterday", "rules": {}}'])
def test_without_a_whole_file_nothing_passes(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "self-check.json"
    if text is not None:
        path.write_text(text)
    assert read_self_check(path) is None
    assert Outcome.KEPT not in {rule.outcome for rule in rules_checked(None)}


def test_a_rule_known_not_to_be_met_fails_whatever_its_tests_say() -> None:
    rule = Rule("T7", "The team can be reached.", not_met="No address is set.", tests={"a": "passed"})
    assert (rule.outcome, rule.how_known) == (Outcome.BROKEN, "No address is set. 1 test of it passed.")


def test_a_rule_for_a_person_to_see_counts_once_somebody_did() -> None:
    done = Rule("A9", "Nothing needs dragging.", by_hand="The map, with keys alone.", done_on=date(2026, 11, 25))
    assert done.outcome is Outcome.BY_HAND
    assert done.how_known == "By hand, last done on 25 November 2026: The map, with keys alone."
    assert Rule("C4", "Labels are level.", by_hand="Each chart.").outcome is Outcome.NOT_CHECKED


@cache
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
    assert [mark for mark in marks() if mark[0] not in {rule.rule_id for rule in rulebook()}] == []


@pytest.mark.parametrize("rule", rulebook(), ids=lambda rule: rule.rule_id)
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
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(ROOT), str(ROOT / "src"))))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makeini("[pytest]\ntestpaths = suite\naddopts = -p xdist -p tests.recording --strict-markers")
    (pytester.mkdir("suite") / "test_suite.py").write_text(re.sub(r"^    ", "", SUITE, flags=re.MULTILINE))
    return pytester


@pytest.mark.parametrize("sharing", [(), ("-n2", "--dist=loadgroup")], ids=["one process", "two workers"])
def test_a_failing_test_makes_its_rules_fail_in_the_file(suite: pytest.Pytester, sharing: tuple[str, ...]) -> None:
    result = suite.runpytest_subprocess("--self-check=out/found.json", *sharing)
    result.assert_outcomes(passed=3, failed=1, skipped=1, errors=1)

    found = read_self_check(suite.path / "out/found.json")
    assert found is not None
    of_rule = {rule.rule_id: rule for rule in rules_checked(found)}
    assert of_rule["A4"].outcome is of_rule["A5"].outcome is of_rule["C1"].outcome is Outcome.BROKEN
    assert "suite/test_suite.py::test_of_two[2] failed" in of_rule["A5"].how_known
    assert of_rule["A12"].outcome is Outcome.NOT_CHECKED
    assert of_rule["C2"].outcome is Outcome.KEPT
    assert found.accessibility_ran_on is None


@pytest.mark.parametrize("narrowed", [("-k", "good"), ("-m", "rule"), ("suite/test_suite.py",)])
def test_a_part_of_the_suite_writes_no_self_check(suite: pytest.Pytester, narrowed: tuple[str, ...]) -> None:
    result = suite.runpytest_subprocess("--self-check=found.json", *narrowed)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert not (suite.path / "found.json").exists()


@pytest.mark.parametrize("sharing", [(), ("-n2",)], ids=["one process", "two workers"])
def test_a_run_stopped_at_a_failure_removes_an_older_file(suite: pytest.Pytester, sharing: tuple[str, ...]) -> None:
    (suite.path / "found.json").write_text("{}")
    suite.runpytest_subprocess("--self-check=found.json", "-x", *sharing)
    assert not (suite.path / "found.json").exists()


def test_a_run_that_breaks_off_removes_an_older_file(suite: pytest.Pytester) -> None:
    (suite.path / "found.json").write_text("{}")
    (suite.path / "suite/test_broken.py").write_text("import nothing_of_this_name")
    assert suite.runpytest_subprocess("--self-check=found.json").ret == pytest.ExitCode.INTERRUPTED
    assert not (suite.path / "found.json").exists()


def test_the_tests_can_be_run_again_over_an_older_file() -> None:
    # Until it knows the option, pytest takes a separate value that exists as a path for what to test.
    assert re.search(r"--self-check=\S+", (ROOT / "Makefile").read_text(encoding="utf-8"))


def test_a_rule_that_does_not_exist_cannot_be_proved(suite: pytest.Pytester) -> None:
    (suite.path / "suite/test_more.py").write_text(
        'import pytest\n@pytest.mark.rule("A99")\ndef test_of_nothing(): pass\n'
    )
    result = suite.runpytest_subprocess("--self-check=found.json")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*test_of_nothing proves A99, which is not in rules.csv.*"])
