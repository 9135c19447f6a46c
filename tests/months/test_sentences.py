"""Sentences about the monthly series, written out."""

from __future__ import annotations

from datetime import date

import pytest

from transparency.core.vocabulary import Figure, HalfStatus, Precision, WardStatus
from transparency.exhibits.exhibit import Source
from transparency.months.activity import types_exhibit
from transparency.months.measures import WardMonth
from transparency.months.queries import Place, PlaceKind, Spread, TypeYear
from transparency.months.sentences import (
    extra_sentence,
    fte,
    gap_sentence,
    residents_words,
    share_of_time,
    spread_sentence,
    statements_sentence,
    ward_month_how,
    ward_month_sentence,
)

MARCH = date(2024, 3, 1)
MET, SHORT, NOT_KNOWN = HalfStatus.MET, HalfStatus.SHORT, HalfStatus.NOT_KNOWN


@pytest.mark.parametrize(
    ("status", "constable", "pcso", "sentence"),
    [
        (
            WardStatus.PCS_SHORT,
            (SHORT, 0.9),
            (MET, 1.0),
            "Abbey is short of constables: 0.9 of the 2 promised. It has its PCSO.",
        ),
        (
            WardStatus.PCSO_SHORT,
            (MET, 2.0),
            (SHORT, 0.0),
            "Abbey is short of a PCSO: 0.0 of the 1 promised. It has its two constables.",
        ),
        (
            WardStatus.BOTH_SHORT,
            (SHORT, 1.5),
            (SHORT, 0.5),
            "Abbey is short of both: 1.5 of 2 constables and 0.5 of 1 PCSO.",
        ),
        (
            WardStatus.MET,
            (MET, 2.0),
            (MET, 1.0),
            "Abbey has its officers: 2.0 of 2 constables and 1.0 of 1 PCSO.",
        ),
        (
            WardStatus.PARTLY_KNOWN,
            (MET, 2.6),
            (NOT_KNOWN, None),
            "Abbey has its two constables. The Met gave no figure for its PCSO.",
        ),
        (
            WardStatus.NOT_PUBLISHED,
            (NOT_KNOWN, None),
            (NOT_KNOWN, None),
            "The Met gave no figure for Abbey alone in March 2024.",
        ),
    ],
)
def test_a_ward_in_a_month(
    status: WardStatus,
    constable: tuple[HalfStatus, float | None],
    pcso: tuple[HalfStatus, float | None],
    sentence: str,
) -> None:
    assert ward_month_sentence(_abbey(status, constable, pcso), is_today=True) == sentence


def _abbey(
    status: WardStatus, constable: tuple[HalfStatus, float | None], pcso: tuple[HalfStatus, float | None]
) -> WardMonth:
    return WardMonth(
        month=MARCH, as_at=date(2024, 3, 31), vintage=2022, ward_code="E05000001", ward_name="Abbey",
        borough_code="E09000002", ward_status=status, constable_status=constable[0], pcso_status=pcso[0],
        constable_fte=constable[1], pcso_fte=pcso[1], other_rank_fte=None, shared_constable_fte=None,
        shared_pcso_fte=None, teams_count=1, is_above_minimum=False, minutes=None, minutes_abstracted=None,
        abstraction_pct=None, population_count=None, population_year=None,
    )  # fmt: skip


def test_how_a_month_is_known_says_who_published_or_invented_it() -> None:
    abbey = _abbey(WardStatus.PCS_SHORT, (SHORT, 0.9), (MET, 1.0))
    assert ward_month_how(abbey, is_demonstration=False).startswith("Published by the Met for this ward, March 2024.")
    assert ward_month_how(abbey, is_demonstration=True).startswith("Invented for demonstration, March 2024.")


def test_on_a_past_day_a_month_is_told_in_the_past() -> None:
    abbey = _abbey(WardStatus.PCS_SHORT, (SHORT, 0.9), (MET, 1.0))
    assert ward_month_sentence(abbey, is_today=False) == (
        "Abbey was short of constables: 0.9 of the 2 promised. It had its PCSO."
    )


def test_fte_has_one_decimal_and_missing_is_not_nought() -> None:
    assert [fte(2), fte(0.94), fte(0.0), fte(1234.5), fte(None)] == ["2.0", "0.9", "0.0", "1,234.5", "not published"]


def test_the_spread_is_told_and_not_only_the_average() -> None:
    apart = Spread(662, 0.4, 5.0, 8.0, 12.2, 41.0)
    half = "In half of wards, officers spent 5% to 12% of their time elsewhere. The most was 41%"
    assert spread_sentence(apart, ["Woolwich Arsenal"]) == f"{half}, in Woolwich Arsenal."
    assert spread_sentence(apart, ["Abbey", "Village"]) == f"{half}."


def test_statements_carry_their_date() -> None:
    def said(metric: str, value: float, as_at: date, precision: Precision, publisher: str) -> Figure:
        return Figure(
            "E12000007", metric, value, "percent", "reported", as_at, precision, None, "x", "y", publisher, "", None
        )

    figures = [
        said("neighbourhood_aid_abstraction_percent", 5.4, date(2014, 2, 1), Precision.MONTH, "Mayor of London"),
        said("dwo_routine_abstraction_percent", 5, date(2018, 7, 19), Precision.DAY, "Andrew Dismore AM"),
    ]
    assert statements_sentence(figures) == (
        "In February 2014, 5.4% of neighbourhood shifts were worked elsewhere. On 19 July 2018, 5% was said to be the "
        "routine rate."
    )
    assert statements_sentence([]) == "No statement on time elsewhere is on this site."


def test_extra_officers_gaps_and_residents() -> None:
    assert extra_sentence(MARCH, 12, 48) == (
        "In March 2024, 12 of 48 wards (25%) had more constables or PCSOs than promised."
    )
    assert gap_sentence("Camden", "strength", date(2024, 8, 1), date(2026, 7, 1)) == (
        "Camden: no strength published for August 2024 to July 2026."
    )
    assert residents_words([2021, None, 2021]) == "Residents are those of 2021."
    assert residents_words([None]) == "No number of residents is on this site."


@pytest.mark.parametrize(
    ("share", "words"), [(0.0, "none"), (0.2, "less than 1%"), (0.9, "less than 1%"), (1.4, "1%"), (9.6, "10%")]
)
def test_a_small_share_of_time_is_not_said_to_be_none(share: float, words: str) -> None:
    assert share_of_time(share) == words


def test_types_that_took_as_much_are_named_together() -> None:
    last = date(2023, 12, 1)

    def headline(*shares: tuple[str, float]) -> str:
        rows = [TypeYear(2023, kind, True, date(2023, 1, 1), last, 10.0, share) for kind, share in shares]
        london, source = Place(PlaceKind.LONDON, "E12000007", "London"), Source("Met", "File", None, last)
        shown = types_exhibit("types", london, rows, {}, "one file", source, "")
        assert shown is not None
        return shown.headline

    assert headline(("aid", 4.0), ("training", 4.0), ("court", 1.0)) == (
        "Aid and training took the largest part of London's time elsewhere: 4.0% of recorded hours each, 2023."
    )
    assert headline(("training", 4.0), ("aid", 3.9)) == (
        "Training took the largest part of London's time elsewhere: 4.0% of recorded hours, 2023."
    )
