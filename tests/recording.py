"""Records which tests prove which rule of `data/content/rules.csv`, and how they ended: `pytest --self-check=FILE`.

A test carries the rules it proves as a mark: `@pytest.mark.rule("A4", "C7")`. The file is written for the whole
suite only, since a part of it could not say that a rule holds; when the run breaks off, an older file is removed.
"""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from transparency.about.rules import FAILED, PASSED, code_fingerprint, rulebook
from transparency.core.vocabulary import today

SKIPPED = "skipped"
RULE_IDS = frozenset(rule.rule_id for rule in rulebook())


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--self-check", metavar="FILE", type=Path, help="write which rules the whole suite found kept")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "rule(*ids): the rules that the test proves")
    target = config.getoption("--self-check")
    if target is None or config.option.collectonly or hasattr(config, "workerinput"):
        return
    narrowed = config.getoption("keyword") or config.getoption("markexpr") or config.getoption("deselect")
    if narrowed or config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        raise pytest.UsageError("--self-check is for the whole suite: name no tests and leave -k, -m, --deselect out.")
    config.pluginmanager.register(Recorder(target), "self-check")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each report of a test the rules it proves; they reach the recorder from another process too."""
    for item in items:
        named = [rule_id for mark in item.iter_markers("rule") for rule_id in mark.args]
        if unknown := sorted(set(named) - RULE_IDS):
            raise pytest.UsageError(f"{item.nodeid} proves {', '.join(unknown)}, which is not in rules.csv.")
        item.user_properties += [("rule", rule_id) for rule_id in named]


class Recorder:
    """What one run finds, written when it ends."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.rules: dict[str, dict[str, str]] = defaultdict(dict)
        self.is_broken = False

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.is_broken |= report.failed

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One failing phase (set-up, test, tear-down) makes the test fail; a skip is neither passed nor failed."""
        test = report.nodeid.split("@")[0]  # shared-out tests name their group behind an @
        for _, rule_id in (each for each in report.user_properties if each[0] == "rule"):
            if report.failed:
                self.rules[str(rule_id)][test] = FAILED
            elif report.skipped or report.when == "call":
                self.rules[str(rule_id)].setdefault(test, SKIPPED if report.skipped else PASSED)

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        is_whole = exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED) and not self.is_broken
        if not is_whole or session.shouldfail:
            self.target.unlink(missing_ok=True)
            return
        found = {
            "ran_on": today().isoformat(),
            "commit": _commit(),
            "fingerprint": code_fingerprint(),
            "rules": {rule_id: self.rules.get(rule_id, {}) for rule_id in sorted(RULE_IDS)},
        }
        self.target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self.target.with_suffix(".unfinished")
        unfinished.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        unfinished.replace(self.target)


def _commit() -> str | None:
    """The commit, with `-dirty` where files differ from it; None where there is no repository."""
    command = ["git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]
    try:
        said = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return said.stdout.strip()
