"""The self-check as a page: each rule with pass, fail or by hand for this very build, and never a made-up pass."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from transparency import __version__
from transparency.about.operator import Operator, operator
from transparency.about.rulebook import GROUPS
from transparency.about.self_check import Checked, Outcome, checked_rules, read_self_check
from transparency.core.text import full_date
from transparency.exhibits.exhibit import Mark
from transparency.exhibits.html import render
from transparency.store.age import data_age_days

if TYPE_CHECKING:
    from transparency.store.store import Store

_MARKS = {
    Outcome.KEPT: ("●", "met"),
    Outcome.BROKEN: ("▽", "short"),
    Outcome.BY_HAND: ("◐", "half"),
    Outcome.NOT_CHECKED: ("–", "unknown"),
}
_COUNTED = {
    Outcome.KEPT: "pass",
    Outcome.BROKEN: "fail",
    Outcome.BY_HAND: "are looked at by hand",
    Outcome.NOT_CHECKED: "are not checked for this build",
}


def outcome_mark(outcome: Outcome) -> Mark:
    """An outcome as symbol, word and colour."""
    symbol, css_class = _MARKS[outcome]
    return Mark(symbol, outcome.value, css_class)


def left_open_by(declared: Operator) -> dict[str, str]:
    """The rules that only whoever runs this copy can keep and has not, with what is missing."""
    gaps = {}
    if declared.contact is None:
        gaps["T7"] = "The operator of this copy has not set an address that can be written to."
    if declared.decides is None or declared.interests is None:
        gaps["T10"] = "The operator of this copy has not said who decides and which interests they have."
    return gaps


def rules_checked() -> tuple[Checked, ...]:
    """Every rule for this build and this operator."""
    gaps = left_open_by(operator())
    return tuple(
        replace(checked, outcome=Outcome.BROKEN, rule=replace(checked.rule, not_met=gaps[checked.rule.rule_id]))
        if checked.rule.rule_id in gaps
        else checked
        for checked in checked_rules(read_self_check())
    )


def rules_sentence(checked: tuple[Checked, ...]) -> str:
    """Of how many rules how many hold, as a sentence with every outcome that occurs."""
    counts = Counter(item.outcome for item in checked)
    said = [f"{counts[outcome]} {words}" for outcome, words in _COUNTED.items() if counts[outcome]]
    return f"Of {len(checked)} rules " + (f"{', '.join(said[:-1])} and {said[-1]}" if said[1:] else said[0]) + "."


def how_known(checked: Checked) -> str:
    """Why a rule has its outcome, in a sentence or two."""
    passed = sum(1 for proof in checked.proofs if proof.ended == "passed")
    said = []
    if checked.reason is not None:
        said.append(checked.reason)
    if passed:
        said.append(f"{passed} test{'' if passed == 1 else 's'} of it passed.")
    by_hand = checked.rule.by_hand
    if by_hand is not None:
        done = f"last done on {full_date(by_hand.done_on)}" if by_hand.done_on else "not done yet"
        said.append(f"By hand, {done}: {by_hand.what}")
    return " ".join(said)


def rules_html(store: Store) -> str:
    """The body of the page."""
    self_check = read_self_check()
    checked = rules_checked()
    return render(
        "about_rules.html",
        sentence=rules_sentence(checked),
        self_check=self_check,
        code_version=__version__,
        store=store,
        age_days=data_age_days(store),
        groups=[
            (
                name,
                [(item, outcome_mark(item.outcome), how_known(item)) for item in checked if item.rule.group == name],
            )
            for name in GROUPS.values()
        ],
    )
