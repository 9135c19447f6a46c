"""The monthly strength of one ward as an exhibit: beside the middle ward of its borough and of London."""

from __future__ import annotations

from datetime import date

from transparency.core.vocabulary import LONDON_CODE, PROMISED_PCS, PROMISED_PCSOS
from transparency.exhibits.beside import Group, Line, beside_image
from transparency.exhibits.exhibit import Column, Exhibit, Image, table
from transparency.exhibits.files import published_as
from transparency.exhibits.marks import month_mark
from transparency.months.measures import WardMonth, measure_columns
from transparency.months.queries import StrengthSpread, strength_spread, ward_months
from transparency.months.sentences import FTE_CAVEAT, RULE, SHARE_CAVEAT, fte, month_name
from transparency.months.time import MONTH, monthly_source
from transparency.places.arguments import a_ward
from transparency.places.queries import find_borough
from transparency.store.store import Store

MONTHS_SHOWN = 24
BAND = "Grey band: the middle half of London's wards."
SHARED = "A team shared with other wards also covers this one; its strength is none's own and is not counted here."


@published_as("ward-months", ward=a_ward())
def ward_months_exhibit(store: Store, ward_code: str, day: date) -> Exhibit | None:
    """The newest 24 months of a ward up to a day, newest first; None where no month is stored."""
    months = [each for each in ward_months(store, ward_code) if each.as_at <= day][-MONTHS_SHOWN:]
    if not months:
        return None
    newest = next((each for each in reversed(months) if each.constable_fte is not None), None)
    name, last = months[-1].ward_name, months[-1]
    shared = [SHARED] if last.shared_constable_fte or last.shared_pcso_fte else []
    return Exhibit(
        key="monthly",
        headline=_headline(store, newest)
        if newest
        else f"The Met gave no figure for {name} alone in {len(months)} months.",
        subtitle=f"{RULE} {BAND}" if newest else RULE,
        picture=_picture(store, newest) if newest else None,
        table=table(
            f"Monthly strength, {name}, in full-time equivalents",
            (
                MONTH,
                Column("status", "By the monthly rule", cell=lambda each: month_mark(each.ward_status)),
                *measure_columns(),
            ),
            reversed(months),
            "not published",
        ),
        sources=(monthly_source(store.is_demonstration, last.month),),
        note=" ".join((FTE_CAVEAT, SHARE_CAVEAT, "A month without a figure is not a month without officers.", *shared)),
    )


def _headline(store: Store, known: WardMonth) -> str:
    """Bow West had 2.4 constables in July 2026: the middle ward of Tower Hamlets had 2.2, London's 2.1."""
    borough, london = _spreads(store, known)
    return (
        f"{known.ward_name} had {fte(known.constable_fte, PROMISED_PCS)} constables in {month_name(known.month)}. "
        f"The middle ward of {find_borough(store, known.borough_code).borough_name} had "
        f"{fte(borough.constable_middle_fte)}, of London {fte(london.constable_middle_fte)}."
    )


def _spreads(store: Store, known: WardMonth) -> tuple[StrengthSpread, StrengthSpread]:
    return strength_spread(store, known.month, known.borough_code), strength_spread(store, known.month, LONDON_CODE)


def _picture(store: Store, known: WardMonth) -> Image:
    """The ward, the middle ward of its borough and of London, each half of the promise by itself."""
    borough, london = _spreads(store, known)
    groups = [
        Group(
            heading,
            (
                Line("This ward", own, fte(own, promised)),
                *(
                    Line(label, middle, fte(middle))
                    for label, middle in zip(("Borough, middle ward", "London, middle ward"), middles, strict=True)
                    if middle is not None
                ),
            ),
            promised,
            (low, high) if low is not None and high is not None else None,
        )
        for heading, own, promised, middles, low, high in (
            (
                "Constables", known.constable_fte, PROMISED_PCS,
                (borough.constable_middle_fte, london.constable_middle_fte),
                london.constable_quarter_fte, london.constable_three_quarters_fte,
            ),
            (
                "PCSOs", known.pcso_fte, PROMISED_PCSOS, (borough.pcso_middle_fte, london.pcso_middle_fte),
                london.pcso_quarter_fte, london.pcso_three_quarters_fte,
            ),
        )
        if own is not None
    ]  # fmt: skip
    return beside_image(f"{known.ward_name} beside other wards, {month_name(known.month)}", groups)
