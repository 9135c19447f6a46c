"""Ring-fencing as exhibits: how much of ward officers' recorded time is spent on other duties, where and on what.

Everything comes from the monthly series up to the day asked; where it holds nothing an exhibit is
None. What was said before stands beside it as published, never as part of the series.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from transparency.core.text import number, on_date
from transparency.core.vocabulary import LONDON_CODE, Precision
from transparency.exhibits.cells import DATE, SOURCE, rounded, sources_of
from transparency.exhibits.exhibit import Cell, Chart, Column, Exhibit, Image, Link, Said, Source, table
from transparency.exhibits.files import Argument, published_as
from transparency.months import activity, quarters
from transparency.months.charts import wards_still
from transparency.months.figures import share_figure
from transparency.months.quarters import import_quarters
from transparency.months.queries import (
    Place,
    PlaceKind,
    ShareMonth,
    WardShare,
    activity_types,
    find_place,
    missing_months,
    months,
    places,
    places_in_month,
    spread_between,
    strength_month,
    time_months,
    ward_shares,
)
from transparency.months.sentences import (
    FTE_CAVEAT,
    NEED_CAVEAT,
    NEED_FINDING,
    NEED_NOT_PUBLISHED,
    NEED_QUESTION,
    SHARE_CAVEAT,
    STATEMENTS_CAVEAT,
    TEAMS_CAVEAT,
    extra_sentence,
    gap_sentence,
    month_name,
    residents_words,
    spread_sentence,
    statement_words,
    statements_sentence,
)
from transparency.months.share import (
    EVENTS_KEY,
    apart_words,
    months_sentence,
    share_alt,
    share_points,
    share_still,
)
from transparency.published.answers import answer_to
from transparency.published.queries import SAID_KINDS, published_figures, user_questions
from transparency.published.sentences import FIGURE_KIND_WORDS, metric_words
from transparency.store.store import DEMONSTRATION_NOTICE, Store

DATASET_PAGE = "https://data.london.gov.uk/dataset/mps-dedicated-ward-officer-abstractions-and-strengths-e16kd"
WORKBOOK = Source(
    "Metropolitan Police / London Datastore",
    "MPS Dedicated Ward Officer abstractions and strengths",
    DATASET_PAGE,
)
MONTHS_TOGETHER = 12
MOST_AND_LEAST = 10
STATEMENTS = ("neighbourhood_aid_abstraction_percent", "dwo_routine_abstraction_percent")
NEED_METRICS = ("wards_second_officer_by_need", "new_dwo_high_demand", "dwo_per_ward_high_demand")
MONTH = Column("month", "Month", cell=lambda known: month_name(known.month))


def _percent(each: Any) -> Cell:
    percent = each.elsewhere_percent
    return None if percent is None else Said(f"{percent:.1f}", round(percent, 1))


SHARE = Column("elsewhere_percent", "Share of recorded time, %", True, _percent)


def a_place(argument: str = "place_code") -> Argument:
    """The code of London, a command unit, a borough or a ward."""
    return Argument(argument, lambda store, text: find_place(store, text).code)


def ring_fencing_address(place_code: str) -> str:
    """The dashboard's address of a place's time abstracted."""
    return f"/ring_fencing?place={place_code}"


def monthly_source(is_demonstration: bool, month: date) -> Source:
    """The workbook, as at a month; in the demonstration the invented one."""
    if is_demonstration:
        return Source(DEMONSTRATION_NOTICE, "An invented monthly workbook", None, month, Precision.MONTH)
    return replace(WORKBOOK, as_at=month, precision=Precision.MONTH)


def share_exhibit(
    key: str, place: Place, known: Sequence[ShareMonth], edition: str, source: Source, note: str
) -> Exhibit | None:
    """A place's share month by month in one edition; None where no month has a share."""
    points = share_points(known)
    if not points:
        return None
    title = f"Time elsewhere by month, {place.name}"
    return Exhibit(
        key=key,
        headline=months_sentence(place.name, points),
        subtitle=f"Share of ward officers' recorded time, {place.name}, {edition}, in %. {EVENTS_KEY}"
        f"{apart_words(known)}",
        picture=Chart(share_figure(points), share_alt(points), partial(share_still, points, title)),
        table=table(
            title,
            (
                MONTH,
                SHARE,
                rounded("elsewhere_hours", "Hours elsewhere", 1),
                rounded("recorded_hours", "Hours recorded", 1),
                Column("boroughs_count", "Boroughs with recorded time", True),
                Column("is_complete", "Complete"),
            ),
            reversed(known),
            missing="no time recorded",
        ),
        sources=(source,),
        note=note,
    )


@published_as("ring-fencing", place=a_place())
def months_exhibit(store: Store, day: date, place_code: str = LONDON_CODE) -> Exhibit | None:
    """The share of recorded time spent elsewhere of a place, month by month."""
    place = find_place(store, place_code)
    known = time_months(store, place, day)
    if not known:
        return None
    source = monthly_source(store.is_demonstration, known[-1].month)
    note = f"{SHARE_CAVEAT} {gaps_note(store, place.code, day, 'dwo_activity', 'time')}".strip()
    return share_exhibit("ring-fencing", place, known, edition(store, day), source, note)


def edition(store: Store, day: date) -> str:
    """The monthly workbook by its newest month, which tells it from other editions."""
    newest = max(each.month for each in months(store) if each.as_at <= day)
    whose = "invented file" if store.is_demonstration else "Met's file"
    return f"{whose} with months to {month_name(newest)}"


def gaps_note(store: Store, place_code: str, day: date, dataset: str, what: str) -> str:
    """The missing months of a borough in one sheet up to a day, or of all boroughs for London; empty without any."""
    newest = max(each.month for each in months(store) if each.as_at <= day)
    said = [
        gap_sentence(gap.borough_name, what, gap.first_month, min(gap.last_month, newest))
        for gap in missing_months(store)
        if gap.dataset == dataset and gap.first_month <= newest and place_code in (LONDON_CODE, gap.borough_code)
    ]
    return " ".join([*said, "Missing is not zero."]) if said else ""


def _together(store: Store, day: date) -> tuple[date, date] | None:
    """The first and the last of the newest twelve months with activity that had ended by the day."""
    known = [each.month for each in months(store) if each.as_at <= day and each.activity_rows]
    return (known[-MONTHS_TOGETHER:][0], known[-1]) if known else None


TYPES = "The types are the force's own. We found no words of the force on what each of them is."


@published_as("ring-fencing-types", place=a_place())
def types_exhibit(store: Store, day: date, place_code: str = LONDON_CODE) -> Exhibit | None:
    """What the time of a place went to, by type and year."""
    place = find_place(store, place_code)
    rows = activity_types(store, place, day)
    if not rows:
        return None
    source = monthly_source(store.is_demonstration, rows[-1].last_month)
    told = edition(store, day)
    return activity.types_exhibit("ring-fencing-types", place, rows, {}, told, source, f"{TYPES} {SHARE_CAVEAT}")


@published_as("ring-fencing-quarters")
def quarters_exhibit(store: Store, day: date) -> Exhibit | None:
    """London and the boroughs by quarter."""
    known = import_quarters(store, day)
    if not known:
        return None
    source = monthly_source(store.is_demonstration, known[-1].last_month)
    return quarters.quarters_exhibit("ring-fencing-quarters", store, known, edition(store, day), source, SHARE_CAVEAT)


@published_as("ring-fencing-wards", place=a_place())
def wards_exhibit(store: Store, day: date, place_code: str = LONDON_CODE) -> Exhibit | None:
    """How far the wards of London or a borough lie apart in the newest twelve months, the ends by name."""
    place, together = find_place(store, place_code), _together(store, day)
    if together is None or place.kind not in (PlaceKind.LONDON, PlaceKind.BOROUGH):
        return None
    first, last = together
    apart = spread_between(store, first, last, place.code)
    if apart is None or apart.wards_count < 2:
        return None
    shares = ward_shares(store, first, last, place.code if place.kind is PlaceKind.BOROUGH else None)
    headline = spread_sentence(apart, [each.ward_name for each in shares if each.abstraction_pct == apart.most_pct])
    return Exhibit(
        key="ring-fencing-wards",
        headline=headline,
        subtitle=f"Each of {number(apart.wards_count)} wards of {place.name} as a line, {month_name(first)} to "
        f"{month_name(last)} together, in % of its recorded time. The band holds the middle half.",
        picture=Image(wards_still([each.abstraction_pct for each in shares], apart, headline), headline),
        table=table(
            f"Wards most and least affected, {place.name}",
            (
                Column(
                    "ward_name", "Ward", cell=lambda share: Link(share.ward_name, ring_fencing_address(share.ward_code))
                ),
                Column("borough_name", "Borough"),
                Column(
                    "elsewhere_percent", "Share of recorded time, %", True, lambda each: round(each.abstraction_pct, 1)
                ),
                Column("elsewhere_hours", "Hours elsewhere", True, lambda each: round(each.minutes_abstracted / 60)),
                Column("recorded_hours", "Hours recorded", True, lambda each: round(each.minutes / 60)),
                Column("months_count", "Months", True),
            ),
            _ends(shares),
        ),
        sources=(monthly_source(store.is_demonstration, last),),
        note=f"{SHARE_CAVEAT} {TEAMS_CAVEAT} A small team's share moves by much with one long duty. The table has the "
        f"{MOST_AND_LEAST} wards at each end.",
    )


def _ends(shares: Sequence[WardShare]) -> Sequence[WardShare]:
    """The first and the last of a long list; all of a short one."""
    if len(shares) <= 2 * MOST_AND_LEAST:
        return shares
    return [*shares[:MOST_AND_LEAST], *shares[-MOST_AND_LEAST:]]


@published_as("ring-fencing-statements")
def statements_exhibit(store: Store, day: date) -> Exhibit | None:
    """What was said of abstraction in public, each with its date and source."""
    figures = [figure for figure in published_figures(store, day, metrics=STATEMENTS) if figure.kind in SAID_KINDS]
    if not figures:
        return None
    return Exhibit(
        key="statements",
        headline=statements_sentence(figures),
        subtitle="Published statements on ward officers' time spent elsewhere, London, in %.",
        table=table(
            "Published statements on time elsewhere",
            (
                DATE,
                Column("value", "Per cent", True),
                Column("metric", "What was counted", cell=lambda figure: statement_words(figure.metric)),
                Column("note", "Note"),
                SOURCE,
            ),
            figures,
            missing="not given",
        ),
        sources=sources_of(figures),
        note=STATEMENTS_CAVEAT,
    )


@published_as("extra-officers-need")
def need_exhibit(store: Store, day: date) -> Exhibit | None:
    """By what need wards get more: the question as it was asked in public, what was published of it and what not."""
    asked = [row for row in user_questions(store) if row["question_id"] == NEED_QUESTION and row["asked_on"] <= day]
    figures = published_figures(store, day, metrics=NEED_METRICS)
    if not asked or not figures:
        return None
    question = asked[0]
    names = {place.code: place.name for place in places(store)}
    return Exhibit(
        key="need",
        headline=NEED_FINDING,
        subtitle=f"{question['asked_by']} asked {on_date(question['asked_on'], question['asked_on_precision'])}: "
        f"“{question['question']}”",
        table=table(
            "Published of wards that were to have more",
            (
                DATE,
                Column("place", "Place", cell=lambda figure: names[figure.geography_code]),
                Column("metric", "What", cell=lambda figure: metric_words(figure.metric)),
                Column("value", "Value", True),
                Column("kind", "Kind", cell=lambda figure: FIGURE_KIND_WORDS[figure.kind]),
                Column("note", "Note"),
                SOURCE,
            ),
            figures,
            missing="no single number",
        ),
        sources=sources_of(figures),
        note=f"{answer_to(NEED_QUESTION, day).text} {NEED_NOT_PUBLISHED}",
    )


@published_as("extra-officers")
def extra_exhibit(store: Store, day: date) -> Exhibit | None:
    """Wards above the minimum and officers per 10,000 residents, by borough, in the newest month with strengths."""
    newest = strength_month(store, day)
    if newest is None:
        return None
    month = newest.month
    boroughs = places_in_month(store, PlaceKind.BOROUGH, month)
    known = [each for each in boroughs if each.is_whole]
    return Exhibit(
        key="extra",
        headline=extra_sentence(
            month,
            sum(each.wards_above_minimum_count for each in known),
            sum(each.wards_count for each in known),
        ),
        subtitle=f"Wards above the minimum and officers per 10,000 residents, by borough, {month_name(month)}; FTE.",
        table=table(
            f"Where extra officers are, {month_name(month)}",
            (
                Column(
                    "place_name",
                    "Borough",
                    cell=lambda each: Link(each.place_name, f"/boroughs?borough={each.place_code}"),
                ),
                Column("wards_count", "Wards", True),
                Column(
                    "wards_above_minimum_count",
                    "Wards above the minimum",
                    True,
                    lambda each: each.wards_above_minimum_count if each.is_whole else None,
                ),
                rounded("constable_above_minimum_fte", "Constable FTE above two a ward", 1),
                rounded("pcso_above_minimum_fte", "PCSO FTE above one a ward", 1),
                rounded("constables_per_10000_residents_fte", "Constable FTE per 10,000 residents", 1),
                rounded("pcsos_per_10000_residents_fte", "PCSO FTE per 10,000 residents", 1),
                Column("population_count", "Residents", True),
            ),
            boroughs,
            missing="not published",
        ),
        sources=(monthly_source(store.is_demonstration, month),),
        note=f"{NEED_CAVEAT} {residents_words([each.population_year for each in boroughs])} {FTE_CAVEAT}",
    )
