"""Findings as they are reported: values cut to a length that can be read, and so many of one rule as anybody reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from transparency.core.vocabulary import Finding

MOST_OF_ONE_RULE = 50
LONGEST_VALUE = 80
MOST_NAMED = 7  # codes of wards, in a value
# "the row has 3 cells …" and "the row has 4 cells …" are one rule.
_NUMBER_OR_CODE = re.compile(r"[\w.,]*\d[\w.,]*")


def quoted(value: str) -> str:
    """A value as a message quotes it: at most 80 characters, each of which can be printed or written as JSON."""
    shown = value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"
    return shown.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def few(values: Sequence[str]) -> str:
    """The first of several values, each once, escaped where it could not be printed, and a sign if there are more."""
    shown = [quoted(value) if value.isprintable() else repr(quoted(value)) for value in dict.fromkeys(values)]
    return ", ".join(shown[:MOST_NAMED]) + (" …" if len(shown) > MOST_NAMED else "")


def bounded(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The first 50 findings of each rule, in their order, and after those how many more there are."""
    every = tuple(findings)
    counts = Counter(_kind(finding) for finding in every)
    seen: Counter[tuple[str, bool]] = Counter()
    reported = []
    for finding in every:
        kind = _kind(finding)
        seen[kind] += 1
        if seen[kind] <= MOST_OF_ONE_RULE:
            reported.append(_shortened(finding))
        elif seen[kind] == MOST_OF_ONE_RULE + 1:
            rule = f"{finding.rule}: {counts[kind] - MOST_OF_ONE_RULE:,} more from here on, not listed"
            reported.append(replace(finding, column=None, value=None, rule=rule))
    return tuple(reported)


def _kind(finding: Finding) -> tuple[str, bool]:
    return _NUMBER_OR_CODE.sub("#", finding.rule), finding.is_warning


def _shortened(finding: Finding) -> Finding:
    column = None if finding.column is None else quoted(finding.column)
    value = None if finding.value is None else quoted(finding.value)
    return replace(finding, column=column, value=value)
