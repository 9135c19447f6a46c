"""The rules this site set itself, and which of them hold for this very build, as its tests found.

`data/content/rules.csv` has the rules. A test proves one by its mark, `@pytest.mark.rule("A4")`; a run of all tests
writes how each marked test ended into one file (`tests/recording.py`). The file names the code it was made from by a
fingerprint, so that it never speaks for another.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from transparency.about.operator import Operator, operator
from transparency.core.project import PROJECT_ROOT
from transparency.core.text import full_date, listed
from transparency.exhibits.content import content_rows
from transparency.exhibits.exhibit import Column, Mark, table
from transparency.store.age import data_age_days
from transparency.store.records import read_record
from transparency.store.store import Store

SELF_CHECK_FILE = PROJECT_ROOT / "build" / "self-check.json"
GROUPS = {
    "A": "Accessibility",
    "C": "Charts and tables",
    "T": "Trust",
    "D": "Data and open standards",
    "P": "Privacy",
}
PASSED, FAILED = "passed", "failed"
ACCESSIBILITY_RULE = "A1"
MOST_NAMED = 3
_CODE = ("src/transparency/**/*", "pages/*", "static/**/*", ".streamlit/config.toml", "app.py", "requirements.*")


class Outcome(StrEnum):
    """What is known of a rule for a build."""

    KEPT = "pass"
    BROKEN = "fail"
    BY_HAND = "by hand"
    NOT_CHECKED = "not checked"


# An outcome as symbol and colour, and as words after a count.
_WORDS = {
    Outcome.KEPT: ("●", "met", "pass"),
    Outcome.BROKEN: ("▽", "short", "fail"),
    Outcome.BY_HAND: ("◐", "half", "are looked at by hand"),
    Outcome.NOT_CHECKED: ("–", "unknown", "are not checked for this build"),
}


@dataclass(frozen=True)
class Rule:
    """A rule with what the tests of a build say of it: how each test of it ended, by name.

    `by_hand` is what a person looks at where no test can decide, `done_on` when somebody last did. `not_met` is why it
    does not hold, where it is known not to: such a rule fails whatever its tests say.
    """

    rule_id: str
    requirement: str
    by_hand: str | None = None
    done_on: date | None = None
    not_met: str | None = None
    tests: Mapping[str, str] = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome:
        ends = set(self.tests.values())
        if self.not_met is not None or FAILED in ends:
            return Outcome.BROKEN
        if ends == {PASSED}:
            return Outcome.KEPT
        return Outcome.BY_HAND if self.done_on is not None and not ends else Outcome.NOT_CHECKED

    @property
    def mark(self) -> Mark:
        """Its outcome as symbol, word and colour."""
        symbol, css_class, _ = _WORDS[self.outcome]
        return Mark(symbol, self.outcome.value, css_class)

    @property
    def how_known(self) -> str:
        """Why it has its outcome, in a sentence or two."""
        passed = sum(end == PASSED for end in self.tests.values())
        others = sorted((end != FAILED, f"{test} {end}") for test, end in self.tests.items() if end != PASSED)
        more = [f"and {len(others) - MOST_NAMED} more"] if len(others) > MOST_NAMED else []
        by_hand = f"By hand, {f'last done on {full_date(self.done_on)}' if self.done_on else 'not done yet'}: "
        sentences = (
            self.not_met or "; ".join([*(text for _, text in others[:MOST_NAMED]), *more]),
            f"{passed} test{'' if passed == 1 else 's'} of it passed." if passed else "",
            by_hand + self.by_hand if self.by_hand else "",
        )
        return " ".join(filter(None, sentences)) or "No test of it was run."


@dataclass(frozen=True)
class SelfCheck:
    """What a run of all tests of this very code found: of each rule its tests and how they ended (`passed`, `failed`
    or `skipped`). `commit` is None where there was no repository."""

    ran_on: date
    commit: str | None
    rules: Mapping[str, Mapping[str, str]]

    @property
    def accessibility_ran_on(self) -> date | None:
        """The day on which a browser looked at the pages; None where none did."""
        ends = set(self.rules.get(ACCESSIBILITY_RULE, {}).values())
        return self.ran_on if ends & {PASSED, FAILED} else None


COLUMNS = (
    Column("rule_id", "Rule"),
    Column("requirement", "What must hold"),
    Column("mark", "This build"),
    Column("how_known", "How that is known"),
)


@cache
def rulebook() -> tuple[Rule, ...]:
    """Every rule, before anything is known of it."""
    return tuple(read_record(Rule, {name: cell or None for name, cell in row.items()}) for row in content_rows("rules"))


def read_self_check(path: Path = SELF_CHECK_FILE) -> SelfCheck | None:
    """The self-check of this very code; None where the file is absent, not whole or of other code."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        tests = {rule_id: dict(tests) for rule_id, tests in record["rules"].items()}
        found = SelfCheck(date.fromisoformat(record["ran_on"]), record["commit"], tests)
        return found if record["fingerprint"] == code_fingerprint() else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def rules_checked(self_check: SelfCheck | None) -> tuple[Rule, ...]:
    """Every rule for this build and this operator; without a self-check none counts as passed."""
    tests = self_check.rules if self_check else {}
    gaps = left_open_by(operator())
    return tuple(
        replace(rule, tests=tests.get(rule.rule_id, {}), not_met=gaps.get(rule.rule_id, rule.not_met))
        for rule in rulebook()
    )


def left_open_by(declared: Operator) -> dict[str, str]:
    """The rules that only whoever runs this copy can keep and has not, with what is missing."""
    gaps = {}
    if declared.contact is None:
        gaps["T7"] = "The operator of this copy has not set an address that can be written to."
    if declared.decides is None or declared.interests is None:
        gaps["T10"] = "The operator of this copy has not said who decides and which interests they have."
    return gaps


def rules_sentence(rules: tuple[Rule, ...]) -> str:
    """Of how many rules how many hold, as a sentence with every outcome that occurs."""
    counts = Counter(rule.outcome for rule in rules)
    said = [f"{counts[outcome]} {words}" for outcome, (_, _, words) in _WORDS.items() if counts[outcome]]
    return f"Of {len(rules)} rules {listed(said)}."


def rules_values(store: Store) -> dict[str, Any]:
    """What the page shows."""
    self_check = read_self_check()
    rules = rules_checked(self_check)
    return {
        "sentence": rules_sentence(rules),
        "self_check": self_check,
        "fingerprint": code_fingerprint(),
        "age_days": data_age_days(store),
        "groups": {
            name: table(f"Rules: {name.lower()}", COLUMNS, [rule for rule in rules if rule.rule_id[0] == letter])
            for letter, name in GROUPS.items()
        },
    }


@cache
def code_fingerprint() -> str:
    """Twelve letters and digits that change when a file the site is made of does."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in _CODE for path in PROJECT_ROOT.glob(pattern)}):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(f"{path.relative_to(PROJECT_ROOT).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]
