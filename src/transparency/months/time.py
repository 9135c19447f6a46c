"""Ring-fencing as exhibits: how much of ward officers' recorded time is spent on other duties, where and on what.

Everything comes from the monthly series up to the day asked; where it holds nothing an exhibit is
None. What was said before stands beside it as published, never as part of the series.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from transparency.core.text import full_date, on_date
from transparency.core.vocabulary import LONDON_CODE, Precision
from transparency.exhibits.cells import DATE, SOURCE, rounded, sources_of
from transparency.exhibits.exhibit import Chart, Column, Exhibit, Link, Source, table
from transparency.exhibits.files import Argument, published_as
from transparency.months.charts import share_alt, share_still
from transparency.months.figures import share_figure
from transparency.months.queries import (
    PlaceKind,
    WardShare,
    activity_types_between,
    find_place,
    missing_months,
    months,
    places,
    places_in_month,
    spread,
    spread_between,
    strength_month,
    time_months,
    ward_shares,
)
from transparency.months.sentences import (
    FTE_CAVEAT,
    NEED_CAVEAT,
    NEED_NOT_PUBLISHED,
    NEED_QUESTION,
    SHARE_CAVEAT,
    STATEMENTS_CAVEAT,
    TEAMS_CAVEAT,
    extra_sentence,
    gap_sentence,
    month_name,
    need_sentence,
    places_sentence,
    range_sentence,
    residents_words,
    share_sentence,
    spread_sentence,
    statement_words,
    statements_sentence,
    types_sentence,
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
PLACE_WORDS = {PlaceKind.BCU: "command unit", PlaceKind.BOROUGH: "borough"}
MONTH = Column("month", "Month", cell=lambda known: month_name(known.month))
_TIME = (
    rounded("abstraction_pct", "Per cent", 1),
    rounded("minutes_abstracted", "Minutes abstracted"),
    rounded("minutes", "Minutes recorded"),
)


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


def newest_share(store: Store, day: date, place_code: str = LONDON_CODE) -> str | None:
    """The newest month's share of a place in a sentence; None where nothing is stored."""
    place = find_place(store, place_code)
    known = time_months(store, place, day)
    if not known:
        return None
    return share_sentence(place.name, known[-1].month, known[-1].minutes_abstracted, known[-1].minutes)


@published_as("ring-fencing", place=a_place())
def months_exhibit(store: Store, day: date, place_code: str = LONDON_CODE) -> Exhibit | None:
    """The share of recorded time spent elsewhere of a place, month by month."""
    place = find_place(store, place_code)
    known = time_months(store, place, day)
    if not known:
        return None
    return Exhibit(
        key="ring-fencing",
        headline=range_sentence(place.name, [(each.month, each.abstraction_pct) for each in known]),
        subtitle=f"Share of ward officers' recorded time spent elsewhere, {place.name}, {month_name(known[0].month)} "
        f"to {month_name(known[-1].month)}; % of minutes.",
        picture=Chart(share_figure(known), share_alt(known), partial(share_still, known)),
        table=table(
            f"Time recorded and time elsewhere by month, {place.name}",
            (
                MONTH,
                *_TIME,
                Column("event", "Event"),
            ),
            reversed(known),
            missing="–",
        ),
        sources=(monthly_source(store.is_demonstration, known[-1].month),),
        note=" ".join((SHARE_CAVEAT, gaps_note(store, place.code, day, "dwo_activity", "time"))).strip(),
    )


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


@published_as("ring-fencing-types", place=a_place())
def types_exhibit(store: Store, day: date, place_code: str = LONDON_CODE) -> Exhibit | None:
    """What the time of a place went to in the newest twelve months."""
    place, together = find_place(store, place_code), _together(store, day)
    if together is None:
        return None
    kinds = activity_types_between(store, place, *together)
    abstracted = [kind for kind in kinds if kind.is_abstracted]
    taken = sum(kind.minutes for kind in abstracted)
    if not taken:
        return None
    first, last = together
    return Exhibit(
        key="types",
        headline=types_sentence(abstracted[0].abstraction_type, abstracted[0].minutes, taken, first, last),
        subtitle=f"Recorded time by type, {place.name}, {month_name(first)} to {month_name(last)}; minutes.",
        table=table(
            f"Recorded time by type, {place.name}",
            (
                Column("abstraction_type", "Type, as the workbook writes it"),
                Column("is_abstracted", "Counts as time elsewhere"),
                rounded("minutes", "Minutes"),
                rounded("share_pct", "Per cent of all recorded time", 1),
            ),
            kinds,
            missing="not stated",
        ),
        sources=(monthly_source(store.is_demonstration, last),),
        note=SHARE_CAVEAT,
    )


@published_as("ring-fencing-wards", place=a_place())
def wards_exhibit(store: Store, day: date, place_code: str = LONDON_CODE) -> Exhibit | None:
    """The wards most and least affected in the newest twelve months, of London or a borough, and their spread."""
    place, together = find_place(store, place_code), _together(store, day)
    if together is None or place.kind not in (PlaceKind.LONDON, PlaceKind.BOROUGH):
        return None
    first, last = together
    apart = spread_between(store, first, last, place.code)
    if apart is None or apart.wards_count < 2:
        return None
    shares = ward_shares(store, first, last, place.code if place.kind is PlaceKind.BOROUGH else None)
    return Exhibit(
        key="wards",
        headline=spread_sentence(apart),
        subtitle=f"Wards most and least affected, {place.name}, {month_name(first)} to {month_name(last)} together; "
        "% of each ward's recorded time.",
        table=table(
            f"Wards most and least affected, {place.name}",
            (
                Column(
                    "ward_name", "Ward", cell=lambda share: Link(share.ward_name, ring_fencing_address(share.ward_code))
                ),
                Column("borough_name", "Borough"),
                *_TIME,
                Column("months_count", "Months", True),
            ),
            _ends(shares),
        ),
        sources=(monthly_source(store.is_demonstration, last),),
        note=f"{SHARE_CAVEAT} {TEAMS_CAVEAT} A small team's share moves by much with one long duty.",
    )


def _ends(shares: Sequence[WardShare]) -> Sequence[WardShare]:
    """The first and the last of a long list; all of a short one."""
    if len(shares) <= 2 * MOST_AND_LEAST:
        return shares
    return [*shares[:MOST_AND_LEAST], *shares[-MOST_AND_LEAST:]]


@published_as("ring-fencing-spread", place=a_place())
def spread_exhibit(store: Store, day: date, place_code: str = LONDON_CODE) -> Exhibit | None:
    """How far the wards of London or a borough lay apart in each month."""
    place = find_place(store, place_code)
    ended = {each.month for each in months(store) if each.as_at <= day}
    known = [each for each in spread(store, place.code) if each.month in ended]
    if not known or place.kind not in (PlaceKind.LONDON, PlaceKind.BOROUGH):
        return None
    newest = known[-1]
    sentence = spread_sentence(newest)
    return Exhibit(
        key="spread",
        headline=f"{month_name(newest.month)}: {sentence[0].lower()}{sentence[1:]}",
        subtitle=f"How far wards lie apart in their share of time spent elsewhere, {place.name}, by month, in %.",
        table=table(
            f"Spread of the wards by month, {place.name}",
            (
                MONTH,
                Column("wards_count", "Wards", True),
                rounded("least_pct", "Least", 1),
                rounded("quarter_pct", "A quarter below", 1),
                rounded("middle_pct", "Half below", 1),
                rounded("three_quarters_pct", "Three quarters below", 1),
                rounded("most_pct", "Most", 1),
            ),
            reversed(known),
        ),
        sources=(monthly_source(store.is_demonstration, newest.month),),
        note=f"Each ward counts once, whatever its time. {TEAMS_CAVEAT}",
    )


@published_as("ring-fencing-places")
def places_exhibit(store: Store, day: date) -> Exhibit | None:
    """Every command unit and borough in the newest month."""
    together = _together(store, day)
    if together is None:
        return None
    month = together[1]
    units, boroughs = (places_in_month(store, kind, month) for kind in (PlaceKind.BCU, PlaceKind.BOROUGH))
    shares = [(each.place_name, each.abstraction_pct) for each in boroughs if each.abstraction_pct is not None]
    if not shares:
        return None
    return Exhibit(
        key="places",
        headline=places_sentence("boroughs", month, shares),
        subtitle=f"Share of recorded time spent elsewhere by command unit and borough, {month_name(month)}, by name.",
        table=table(
            f"Command units and boroughs, {month_name(month)}",
            (
                Column("place_name", "Place", cell=lambda it: Link(it.place_name, ring_fencing_address(it.place_code))),
                Column("place_kind", "Kind", cell=lambda it: PLACE_WORDS[it.place_kind]),
                *_TIME,
            ),
            (*units, *boroughs),
            missing="not published",
        ),
        sources=(monthly_source(store.is_demonstration, month),),
        note=SHARE_CAVEAT,
    )


@published_as("ring-fencing-statements")
def statements_exhibit(store: Store, day: date) -> Exhibit | None:
    """What was said of abstraction in public, each with its date and source."""
    figures = [figure for figure in published_figures(store, day, metrics=STATEMENTS) if figure.kind in SAID_KINDS]
    if not figures:
        return None
    return Exhibit(
        key="statements",
        headline=statements_sentence(figures),
        subtitle=f"Published statements on ward officers' time spent elsewhere, London, up to {full_date(day)}; %.",
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
        headline=need_sentence(
            question["question"],
            question["asked_by"],
            on_date(question["asked_on"], question["asked_on_precision"]),
            answer_to(NEED_QUESTION, day).text,
            len([figure for figure in figures if figure.value is not None]),
        ),
        subtitle="What was said or planned of wards with more than two constables and one PCSO, up to "
        f"{full_date(day)}.",
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
        note=NEED_NOT_PUBLISHED,
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
    most = max(known, key=lambda each: each.wards_above_minimum_count, default=None)
    return Exhibit(
        key="extra",
        headline=extra_sentence(
            month,
            sum(each.wards_above_minimum_count for each in known),
            sum(each.wards_count for each in known),
            None if most is None else (most.place_name, most.wards_above_minimum_count),
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
