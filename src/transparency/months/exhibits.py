"""Monthly strength of ward teams, as exhibits of London, of a borough, of all boroughs side by side.

Full-time equivalents by month and the rule of their own; nothing here is joined with the posts and officers of the
promise's years. Where no strength is stored up to the day an exhibit is None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from transparency.core.vocabulary import LONDON_CODE, WORKBOOK_PUBLISHED_ON
from transparency.exhibits.bars import ward_strip
from transparency.exhibits.cells import ward_column
from transparency.exhibits.exhibit import Column, Exhibit, Image, Source, table
from transparency.exhibits.files import published_as
from transparency.exhibits.marks import month_mark
from transparency.months.charts import (
    StatusCount,
    StrengthPoint,
    status_alt,
    status_months_still,
    strength_alt,
    strength_svg,
)
from transparency.months.measures import WardMonth, measure_columns
from transparency.months.queries import (
    Month,
    PlaceMonth,
    leads,
    months,
    place_months_until,
    strength_month,
    wards_in_month,
)
from transparency.months.sentences import (
    FTE_CAVEAT,
    RULE,
    STATUS_CAVEAT,
    TEAMS_CAVEAT,
    TOTALS_CAVEAT,
    WARD_SET_CHANGE,
    fte,
    halves_sentence,
    month_name,
    months_sentence,
    strength_not_loaded,
    strength_sentence,
    wards_sentence,
)
from transparency.months.time import MONTH, gaps_note, monthly_source
from transparency.places.arguments import a_borough
from transparency.store.store import Store


@dataclass(frozen=True)
class Programme:
    """The second programme on a day: its newest month with strengths, its sentence, and whether the day leads with it.

    Without a month `sentence` says that the series is not loaded; before it was published there is no programme.
    """

    month: Month | None
    sentence: str
    lines: tuple[str, ...]
    sources: tuple[Source, ...]
    is_leading: bool


def programme(store: Store, day: date, borough_code: str | None = None) -> Programme | None:
    """The second programme of London or a borough on a day; None on a day before its first month had ended."""
    month = strength_month(store, day)
    if month is not None:
        known = _known_months(store, day, borough_code)[-1]
        sources = (monthly_source(store.is_demonstration, month.month),)
        return Programme(month, wards_sentence(known), (RULE, FTE_CAVEAT), sources, leads(month, day))
    if day < WORKBOOK_PUBLISHED_ON or months(store):
        return None
    return Programme(None, strength_not_loaded(day), (), (), False)


def _counted(known: PlaceMonth, label: str) -> StatusCount:
    """The wards of a place by the monthly rule."""
    met, short, not_known = known.wards_met_count, known.wards_short_count, known.wards_not_published_count
    return StatusCount(label, known.month, met, known.wards_partly_known_count, short, not_known)


def _known_months(store: Store, day: date, borough_code: str | None) -> tuple[PlaceMonth, ...]:
    """The months of a place up to the newest with strengths; empty where there is none."""
    newest = strength_month(store, day)
    if newest is None:
        return ()
    return tuple(each for each in place_months_until(store, day, borough_code) if each.month <= newest.month)


def joined(*sentences: str) -> str:
    """The sentences that say something, as one text."""
    return " ".join(sentence for sentence in sentences if sentence)


@published_as("monthly-wards", borough=a_borough())
def months_exhibit(store: Store, day: date, borough_code: str | None = None) -> Exhibit | None:
    """The wards of London or a borough by the monthly rule, month by month, each half separately."""
    known = _known_months(store, day, borough_code)
    if not known:
        return None
    rows = [_counted(each, month_name(each.month)) for each in known]
    published = [each for each in known if each.boroughs_with_strength_count]
    newest = known[-1]
    return Exhibit(
        key="monthly-wards",
        headline=months_sentence(published) if published else wards_sentence(newest),
        subtitle=f"Wards of {newest.place_name} by the rule for the monthly series, {month_name(known[0].month)} to "
        f"{month_name(newest.month)}; wards. From the ground up: has its officers, partly known, not published, short.",
        picture=Image(status_months_still(rows), status_alt(rows)),
        table=table(
            f"Wards of {newest.place_name} by month",
            (
                MONTH,
                Column("wards_count", "Wards", True),
                _wards("wards_met_count", "Promise met"),
                _wards("wards_short_count", "Short"),
                _wards("wards_partly_known_count", "One half met, other not known"),
                Column("wards_not_published_count", "Not published", True),
                _wards("constables_met_count", "2.0 FTE constables: met"),
                _wards("constables_short_count", "short"),
                Column("constables_not_known_count", "not known", True),
                _wards("pcso_met_count", "1.0 FTE PCSO: met"),
                _wards("pcso_short_count", "short"),
                Column("pcso_not_known_count", "not known", True),
            ),
            reversed(known),
            missing="not known",
        ),
        sources=(monthly_source(store.is_demonstration, newest.month),),
        note=joined(
            RULE,
            STATUS_CAVEAT,
            gaps_note(store, borough_code or LONDON_CODE, day, "dwo_strength", "strength"),
            WARD_SET_CHANGE,
            FTE_CAVEAT,
        ),
    )


def _wards(name: str, label: str) -> Column:
    """A count of wards of which something is known; blank in a month without any strength, which is not zero."""
    return Column(name, label, True, lambda each: getattr(each, name) if each.boroughs_with_strength_count else None)


@published_as("monthly-strength", borough=a_borough())
def strength_exhibit(store: Store, day: date, borough_code: str | None = None) -> Exhibit | None:
    """The full-time equivalents of the ward teams of London or a borough, month by month."""
    known = _known_months(store, day, borough_code)
    if all(each.boroughs_with_strength_count == 0 for each in known):
        return None
    points = [
        StrengthPoint(each.month, each.constable_fte, each.pcso_fte, each.boroughs_with_strength_count)
        for each in known
    ]
    newest, name = known[-1], known[-1].place_name
    return Exhibit(
        key="monthly-strength",
        headline=strength_sentence(newest),
        subtitle=f"Full-time equivalents of the ward teams of {name}, {month_name(known[0].month)} to "
        f"{month_name(newest.month)}; constables and PCSOs separately.",
        picture=Image(strength_svg(points, name, is_ward=False), strength_alt(points)),
        table=table(
            f"Full-time equivalents by month, {name}",
            (
                MONTH,
                *STRENGTH,
                Column("other_rank_fte", "Other ranks, FTE", True, lambda each: _fte(each.other_rank_fte)),
                Column(
                    "boroughs_with_strength_count",
                    "Boroughs published",
                    True,
                    lambda each: f"{each.boroughs_with_strength_count} of {each.boroughs_count}",
                ),
            ),
            reversed(known),
            missing="not published",
        ),
        sources=(monthly_source(store.is_demonstration, newest.month),),
        note=joined(
            FTE_CAVEAT,
            TOTALS_CAVEAT,
            gaps_note(store, borough_code or LONDON_CODE, day, "dwo_strength", "strength"),
        ),
    )


def _fte(value: float | None) -> str | None:
    return None if value is None else fte(value)


STRENGTH = (
    Column("constable_fte", "Constables, FTE", True, lambda each: _fte(each.constable_fte)),
    Column("pcso_fte", "PCSOs, FTE", True, lambda each: _fte(each.pcso_fte)),
)


@published_as("monthly-borough-wards", borough=a_borough())
def wards_exhibit(store: Store, borough_code: str, day: date) -> Exhibit | None:
    """A borough's wards in the newest month: one mark for each, and its figures in the same order."""
    known = _known_months(store, day, borough_code)
    if not known:
        return None
    newest, name = known[-1], known[-1].place_name
    wards = wards_in_month(store, newest.month, borough_code)
    marks = [(each.ward_name, month_mark(each.ward_status)) for each in wards]
    return Exhibit(
        key="monthly-borough-wards",
        headline=halves_sentence(newest),
        subtitle=f"Wards of {name} in {month_name(newest.month)}, in the order of the table. ● met, ◐ one half met, "
        "the other not known, ▽ short, – not published.",
        picture=ward_strip(name, f"Wards of {name} by the monthly rule", marks),
        table=table(
            f"Wards of {name}, {month_name(newest.month)}",
            (
                ward_column(day),
                Column("status", "By the monthly rule", cell=lambda each: month_mark(each.ward_status)),
                *measure_columns(),
            ),
            wards,
            "not published",
        ),
        sources=(monthly_source(store.is_demonstration, newest.month),),
        note=joined(RULE, TEAMS_CAVEAT, _shared_note(wards), FTE_CAVEAT),
    )


def _shared_note(wards: Sequence[WardMonth]) -> str:
    """That some wards are covered by a team they share, whose strength is none's own."""
    count = sum(each.shared_constable_fte is not None or each.shared_pcso_fte is not None for each in wards)
    if not count:
        return ""
    return f"{count} of the wards share a team with others; its strength is no ward's own and is not counted here."
