"""Records which tests prove which rule of the rulebook, and how they ended: `pytest --self-check=FILE`.

A test carries the rules it proves as a mark: `@pytest.mark.rule("A4", "C7")`. The file is written for the whole
suite only, since a part of it could not say that a rule holds; when the run breaks off, an older file is removed.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from transparency.about.rulebook import RULES
from transparency.about.self_check import (
    ACCESSIBILITY_RULE,
    FAILED,
    PASSED,
    Proof,
    SelfCheck,
    code_fingerprint,
    write_self_check,
)
from transparency.core.vocabulary import today

MARK = "rule(*ids): the rules of the rulebook that the test proves"
NOT_RUN, SKIPPED = "not run", "skipped"
HERE = Path(__file__).parent
RULE_IDS = frozenset(rule.rule_id for rule in RULES)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--self-check", metavar="FILE", type=Path, help="write which rules the whole suite found kept")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", MARK)
    target = config.getoption("--self-check")
    if target is None or config.option.collectonly:
        return
    narrowed = config.getoption("keyword") or config.getoption("markexpr") or config.getoption("deselect")
    if not hasattr(config, "workerinput") and (
        narrowed or config.args_source is not pytest.Config.ArgsSource.TESTPATHS
    ):
        raise pytest.UsageError("--self-check is for the whole suite: name no tests and leave -k, -m, --deselect out.")
    config.pluginmanager.register(Recorder(target), "self-check")


def rules_of(item: pytest.Item) -> tuple[str, ...]:
    """The rules a test proves; raises UsageError for one that the rulebook does not have."""
    named = tuple(rule_id for mark in item.iter_markers("rule") for rule_id in mark.args)
    unknown = sorted(set(named) - RULE_IDS)
    if unknown:
        raise pytest.UsageError(f"{item.nodeid} proves {', '.join(unknown)}, which the rulebook does not have.")
    return named


class Recorder:
    """What one run finds. Where tests are shared out, each worker sends what it collected and one process writes."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.proves: dict[str, list[str]] = {}
        self.ended: dict[str, str] = {}
        self.is_broken = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        self.proves |= {item.nodeid: list(rules) for item in items if (rules := rules_of(item))}

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        self.proves |= getattr(node, "workeroutput", {}).get("proves", {})

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.is_broken |= report.failed

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One failing phase (set-up, test, tear-down) makes the test fail; a skip is neither passed nor failed."""
        test = report.nodeid.split("@")[0]  # shared-out tests name their group behind an @
        if report.failed:
            self.ended[test] = FAILED
        elif report.skipped:
            self.ended.setdefault(test, SKIPPED)
        elif report.when == "call":
            self.ended.setdefault(test, PASSED)

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["proves"] = self.proves
            return
        is_whole = exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED) and not self.is_broken
        if is_whole:
            write_self_check(self.found(), self.target)
        else:
            self.target.unlink(missing_ok=True)

    def found(self) -> SelfCheck:
        proofs: dict[str, tuple[Proof, ...]] = {}
        for test, rules in sorted(self.proves.items()):
            test = test.split("@")[0]
            for rule_id in rules:
                proofs[rule_id] = (*proofs.get(rule_id, ()), Proof(test, self.ended.get(test, NOT_RUN)))
        accessibility = {proof.ended for proof in proofs.get(ACCESSIBILITY_RULE, ())}
        return SelfCheck(
            ran_on=today(),
            commit=_git("rev-parse", "HEAD"),
            is_modified=bool(_git("status", "--porcelain")),
            fingerprint=code_fingerprint(),
            accessibility_ran_on=today() if accessibility & {PASSED, FAILED} else None,
            proofs=proofs,
        )


def _git(*arguments: str) -> str | None:
    """What git says; None where there is no git or no repository."""
    try:
        said = subprocess.run(["git", *arguments], cwd=HERE, capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return said.stdout.strip()
