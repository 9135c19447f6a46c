"""The verdict of a ward for every status, evidence and phase, against sentences written out in a table."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from tests.wards.test_sentences import declared, figure, known
from transparency.core.vocabulary import (
    LONDON_CODE,
    Declaration,
    Evidence,
    Half,
    HalfKnown,
    HalfStatus,
    Precision,
    WardStatus,
)
from transparency.wards.verdict import Verdict, ward_verdict

WRITTEN_OUT = Path(__file__).parents[1] / "fixtures" / "verdicts.csv"

# The day asked and the day of the ward's own row. The last is after London's figure of June 2019, and after a row
# that has a half short which had been announced as kept.
PHASES = {
    "before the due date": (date(2017, 12, 29), date(2017, 12, 13)),
    "on the due date": (date(2017, 12, 31), date(2017, 12, 13)),
    "after the due date": (date(2018, 6, 1), date(2018, 4, 18)),
    "after a later contrary figure": (date(2019, 6, 30), date(2019, 4, 4)),
}
# Constables and PCSOs of the row; None is not known.
COUNTS = {
    WardStatus.MET: (2, 1),
    WardStatus.PCS_SHORT: (1, 1),
    WardStatus.PCSO_SHORT: (2, 0),
    WardStatus.BOTH_SHORT: (1, 0),
    WardStatus.PARTLY_KNOWN: (2, None),
    WardStatus.LAST_KNOWN: (2, 1),
    WardStatus.NOT_ON_SITE: (None, None),
    WardStatus.NOT_PUBLISHED: (None, None),
}
DECLARATION = {metric: figure(metric, 629, date(2017, 12, 28)) for metric in ("wards_total", "wards_with_two_pcs")}
ANNOUNCED = Declaration(LONDON_CODE, date(2017, 12, 28), Precision.DAY, "Mayor of London", "city-hall-2017-12-28")
CONTRARY = {
    metric: figure(metric, value, date(2019, 6, 1), precision="month")
    for metric, value in (("wards_with_two_pcs_percent", 89), ("wards_with_pcso_percent", 92))
}
# A row that is only reported or listed decides nothing, so that the status stays as it was without it.
DECIDING = (Evidence.PUBLISHED, Evidence.CONFIRMED, Evidence.DECLARED, Evidence.DEMONSTRATION)
SHORT = (WardStatus.PCS_SHORT, WardStatus.PCSO_SHORT, WardStatus.BOTH_SHORT)


UNKNOWN = (WardStatus.NOT_ON_SITE, WardStatus.NOT_PUBLISHED)
OLD_ROW_ON = date(2016, 9, 1)


def is_possible(status: WardStatus, evidence: Evidence | None, phase: str) -> bool:
    """Nothing known has no evidence, and the Met's workbook begins after the due date.

    A declaration was that every ward has the officers, and is of no ward once it is old.
    """
    if status in UNKNOWN or evidence is None:
        return status in UNKNOWN and evidence is None and (status is WardStatus.NOT_PUBLISHED or "after" in phase)
    return not (evidence is Evidence.DECLARED and status in (*SHORT, WardStatus.LAST_KNOWN))


def verdict_of(status: WardStatus, evidence: Evidence | None, phase: str) -> Verdict:
    """What is said of a ward with this status on this evidence in this phase."""
    day, row_on = PHASES[phase]
    constables, community = (
        half_of(half, count, evidence, OLD_ROW_ON if status is WardStatus.LAST_KNOWN else row_on, phase)
        for half, count in zip((Half.PCS, Half.PCSOS), COUNTS[status], strict=True)
    )
    london = CONTRARY if phase == "after a later contrary figure" else DECLARATION
    if status is WardStatus.LAST_KNOWN:
        constables, community = (replace(half, status=HalfStatus.LAST_KNOWN) for half in (constables, community))
    return ward_verdict(
        "Ashby",
        day,
        constables,
        community,
        london=london,
        repetitions=[ANNOUNCED] if status is WardStatus.LAST_KNOWN else [],
        is_workbook_missing=status is WardStatus.NOT_ON_SITE,
    )


def half_of(half: Half, count: float | None, evidence: Evidence | None, row_on: date, phase: str) -> HalfKnown:
    """One half of the row; short after a contrary figure, it has lapsed since the declaration."""
    if count is None or evidence is None:
        return known(half, None)
    if evidence is Evidence.DECLARED:
        return declared(half)
    is_short = count < (2 if half is Half.PCS else 1)
    is_lapsed = is_short and phase == "after a later contrary figure"
    return known(
        half,
        count,
        evidence,
        row_on,
        publisher="Metropolitan Police",
        is_lapsed=is_lapsed,
        last_met_evidence=Evidence.DECLARED if is_lapsed else None,
    )


def written_out() -> dict[tuple[str, str, str], str]:
    with WRITTEN_OUT.open(encoding="utf-8", newline="") as lines:
        return {(row["status"], row["evidence"], row["phase"]): row["said"] for row in csv.DictReader(lines)}


SENTENCES = written_out()


def test_every_combination_that_can_be_is_written_out() -> None:
    possible = {
        (status.value, evidence.value if evidence else "", phase)
        for status, evidence, phase in product(WardStatus, (*DECIDING, None), PHASES)
        if is_possible(status, evidence, phase)
    }
    assert set(SENTENCES) == possible
    assert len(possible) == 86


@pytest.mark.rule("T14")
@pytest.mark.parametrize(("status", "evidence", "phase"), SENTENCES)
def test_the_verdict_says_this(status: str, evidence: str, phase: str) -> None:
    verdict = verdict_of(WardStatus(status), Evidence(evidence) if evidence else None, phase)
    assert verdict.text == SENTENCES[status, evidence, phase]
