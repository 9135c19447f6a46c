"""People against the promise: part of a full-time equivalent fills a mark to its share of the height."""

from __future__ import annotations

import re
from datetime import date

import pytest

from transparency.core.vocabulary import Basis, Evidence, Half, HalfKnown, HalfStatus
from transparency.wards.officers_chart import officers_svg


def drawn_with(constables: float) -> str:
    pcs = HalfKnown(
        Half.PCS, HalfStatus.SHORT, constables, basis=Basis.FTE, evidence=Evidence.PUBLISHED, as_at=date(2026, 7, 1)
    )
    return officers_svg(pcs, HalfKnown(Half.PCSOS, HalfStatus.NOT_KNOWN))


@pytest.mark.parametrize(
    ("constables", "filled"),
    [
        (0.25, ["M7 102V85A16 16 0 0 1 7.0 85.0H39.0A16 16 0 0 1 39 85V102z"]),
        (0.5, ["M7 102V80A16 16 0 0 1 12.4 68.0H33.6A16 16 0 0 1 39 80V102z"]),
        (0.75, ["M7 102V80A16 16 0 0 1 23.0 64.0H23.0A16 16 0 0 1 39 80V102z", "M15.9 51.0A10 10 0 0 0 30.1 51.0z"]),
    ],
)
def test_a_mark_is_filled_to_its_share(constables: float, filled: list[str]) -> None:
    assert re.findall(r'<path d="([^"]+)" class="met"', drawn_with(constables)) == filled


def test_a_whole_officer_is_filled_and_one_who_is_missing_is_not() -> None:
    svg = drawn_with(1)
    assert (svg.count('class="met"'), svg.count('class="short"')) == (2, 2)
