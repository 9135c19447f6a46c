"""The self-check: which rules of the rulebook hold for a build, as its tests found.

The test run writes the outcome of every test that proves a rule into one file (`tests/recording.py`); the page
`about` reads it. The file names the code it was made from by a fingerprint, so that it never speaks for another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from transparency.about.rulebook import RULES, Rule
from transparency.core.project import PROJECT_ROOT

SELF_CHECK_FILE = PROJECT_ROOT / "build" / "self-check.json"
PASSED, FAILED = "passed", "failed"
ACCESSIBILITY_RULE = "A1"
MOST_NAMED = 3

_CODE_FOLDERS = ("src", "pages", "static", ".streamlit")
_CODE_FILES = ("app.py", "requirements.txt", "requirements.lock")
_MADE_WHILE_RUNNING = (".pyc", ".egg-info")


class Outcome(StrEnum):
    """What is known of a rule for a build."""

    KEPT = "pass"
    BROKEN = "fail"
    BY_HAND = "by hand"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True)
class Proof:
    """One test that proves a rule, and how it ended: `passed`, `failed`, `skipped` or `not run`."""

    test: str
    ended: str


@dataclass(frozen=True)
class Checked:
    """A rule with what the tests of a build say of it."""

    rule: Rule
    outcome: Outcome
    proofs: tuple[Proof, ...]

    @property
    def reason(self) -> str | None:
        """Why the rule fails or could not be checked; None where it holds or is for a person to see."""
        if self.rule.not_met is not None:
            return self.rule.not_met
        ends = sorted((proof for proof in self.proofs if proof.ended != PASSED), key=lambda each: each.ended != FAILED)
        if ends:
            more = [f"and {len(ends) - MOST_NAMED} more"] if len(ends) > MOST_NAMED else []
            return "; ".join([*(f"{proof.test} {proof.ended}" for proof in ends[:MOST_NAMED]), *more])
        is_unproved = self.outcome is Outcome.NOT_CHECKED and self.rule.by_hand is None
        return "No test of it was run." if is_unproved else None


@dataclass(frozen=True)
class SelfCheck:
    """What a test run found. `commit` is None where there was no repository; `is_modified` says that files differed
    from that commit; `fingerprint` is that of the code tested."""

    ran_on: date
    commit: str | None
    is_modified: bool
    fingerprint: str
    accessibility_ran_on: date | None
    proofs: dict[str, tuple[Proof, ...]]

    @property
    def is_of_this_code(self) -> bool:
        return self.fingerprint == code_fingerprint()

    @property
    def record(self) -> dict[str, Any]:
        """What the file holds."""
        accessibility = self.accessibility_ran_on
        return {
            "ran_on": self.ran_on.isoformat(),
            "commit": self.commit,
            "is_modified": self.is_modified,
            "fingerprint": self.fingerprint,
            "accessibility_ran_on": accessibility.isoformat() if accessibility else None,
            "rules": {
                rule.rule_id: {proof.test: proof.ended for proof in self.proofs.get(rule.rule_id, ())} for rule in RULES
            },
        }


def read_self_check(path: Path = SELF_CHECK_FILE) -> SelfCheck | None:
    """The newest self-check; None where none was made or the file is not whole."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        accessibility = record["accessibility_ran_on"]
        return SelfCheck(
            ran_on=date.fromisoformat(record["ran_on"]),
            commit=record["commit"],
            is_modified=bool(record["is_modified"]),
            fingerprint=record["fingerprint"],
            accessibility_ran_on=date.fromisoformat(accessibility) if accessibility else None,
            proofs={
                rule_id: tuple(Proof(test, ended) for test, ended in tests.items())
                for rule_id, tests in record["rules"].items()
            },
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_self_check(self_check: SelfCheck, path: Path) -> None:
    """Write the file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(json.dumps(self_check.record, indent=1) + "\n", encoding="utf-8")
    unfinished.replace(path)


def checked_rules(self_check: SelfCheck | None) -> tuple[Checked, ...]:
    """Every rule with its outcome, in the order of the rulebook; without a self-check nothing counts as passed."""
    found = self_check.proofs if self_check is not None and self_check.is_of_this_code else {}
    return tuple(_checked(rule, found.get(rule.rule_id, ())) for rule in RULES)


def _checked(rule: Rule, proofs: tuple[Proof, ...]) -> Checked:
    ends = {proof.ended for proof in proofs}
    if rule.not_met is not None or FAILED in ends:
        outcome = Outcome.BROKEN
    elif ends == {PASSED}:
        outcome = Outcome.KEPT
    elif not ends and rule.by_hand is not None and rule.by_hand.done_on is not None:
        outcome = Outcome.BY_HAND
    else:
        outcome = Outcome.NOT_CHECKED
    return Checked(rule, outcome, proofs)


@cache
def code_fingerprint() -> str:
    """Twelve letters and digits that change when a file the site is made of does."""
    digest = hashlib.sha256()
    for path in _code():
        digest.update(f"{path.relative_to(PROJECT_ROOT).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _code() -> Iterator[Path]:
    yield from (PROJECT_ROOT / name for name in _CODE_FILES)
    for folder in _CODE_FOLDERS:
        for path in sorted((PROJECT_ROOT / folder).rglob("*")):
            made = any(part.endswith(_MADE_WHILE_RUNNING) for part in path.parts)
            if path.is_file() and not made and path.name != "secrets.toml":
                yield path
