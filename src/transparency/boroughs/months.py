"""Boroughs by month: each ward of one in its newest months, and a few beside London as lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import plotly.graph_objects as go

from transparency.boroughs.one import newest_month
from transparency.boroughs.queries import elsewhere_by_month, wards_by_month
from transparency.core.text import listed, number, possessive
from transparency.core.vocabulary import LONDON_CODE, WORKBOOK_PUBLISHED_ON
from transparency.exhibits.cells import ward_column
from transparency.exhibits.exhibit import Cell, Chart, Column, Exhibit, Mark, Source, table
from transparency.exhibits.files import one_of, published_as
from transparency.exhibits.lines import Line, Point, lines_svg
from transparency.exhibits.marks import month_mark
from transparency.exhibits.palette import ON_BOTH
from transparency.months import elsewhere
from transparency.months.exhibits import joined
from transparency.months.figures import CHART_HEIGHT, LEGEND, MARGIN, TICKS
from transparency.months.measures import WardMonth
from transparency.months.queries import place_months_until
from transparency.months.sentences import FTE_CAVEAT, RULE, month_name
from transparency.months.time import DATASET_PAGE, monthly_source
from transparency.places.arguments import a_borough, some_boroughs
from transparency.places.queries import all_boroughs
from transparency.published.sentences import edition_note
from transparency.store.store import Store
from transparency.survey import sentences as survey
from transparency.survey.queries import quarters, survey_source

MOST_MONTHS, MOST_LINES = 12, 3
# The boroughs chosen, and London last.
LOOKS = (
    ("#2d8a57", "solid"),
    (ON_BOTH["half"], "solid"),
    (ON_BOTH["met"], "solid"),
    (ON_BOTH["unknown"], "dash"),
)
APART = " Hollow: March 2020, which is incomplete, and London before all boroughs were there."
LINES = {"elsewhere": "Share of recorded time spent elsewhere", "known": "Know how to contact their ward officer"}

# ---------------------------------------------------------------- the wards of one borough


@published_as("borough-months", borough=a_borough())
def heat_exhibit(store: Store, borough_code: str, day: date) -> Exhibit | None:
    """The borough's wards in the newest twelve months, with numbers in the cells; None where none has a figure."""
    newest = newest_month(store, borough_code, day)
    if newest is None:
        return None
    known = [each for each in place_months_until(store, day, borough_code) if each.month <= newest.month]
    shown = [each.month for each in known[-MOST_MONTHS:]][::-1]
    wards: dict[str, dict[date, WardMonth]] = {}
    for each in wards_by_month(store, borough_code, shown[-1], shown[0]):
        wards.setdefault(each.ward_code, {})[each.month] = each
    rows = [months for months in wards.values() if newest.month in months]
    if all(_cell(month, months) is None for months in rows for month in shown):
        return None
    name, first = newest.place_name, known[-len(shown)]
    had = f"In {month_name(newest.month)}, {number(newest.wards_met_count)} of {possessive(name)} "
    had += f"{number(newest.wards_count)} wards had their officers"
    before = f" In {month_name(first.month)} it was {number(first.wards_met_count)}." if len(shown) > 1 else ""
    headline = (
        f"{had}.{before}"
        if newest.boroughs_with_strength_count and first.boroughs_with_strength_count
        else f"No ward figure was published for {name} in {month_name(newest.month)}."
    )
    return Exhibit(
        key="ward-months",
        headline=headline,
        subtitle="Constables + PCSOs of each ward's own team, full-time equivalents, newest month first. Promised: "
        "2 + 1. ● has its officers, ▽ short, ◐ partly known, – not published.",
        table=table(
            f"Wards of {name} by month",
            (
                _ward_column(day, newest.month),
                *(Column(f"{month:%Y-%m}", f"{month:%b %y}", cell=partial(_cell, month)) for month in shown),
            ),
            rows,
            missing="–",
        ),
        sources=(monthly_source(store.is_demonstration, newest.month),),
        note=joined(RULE, FTE_CAVEAT),
    )


def _ward_column(day: date, month: date) -> Column:
    named = ward_column(day)
    return Column("ward_name", "Ward", cell=lambda months: named.of(months[month]))


def _cell(month: date, months: Mapping[date, WardMonth]) -> Cell:
    known = months.get(month)
    if known is None or (known.constable_fte is None and known.pcso_fte is None):
        return None
    halves = ["?" if each is None else f"{each:.1f}" for each in (known.constable_fte, known.pcso_fte)]
    mark = month_mark(known.ward_status)
    return Mark(mark.symbol, " + ".join(halves), mark.css_class)


# ---------------------------------------------------------------- a few boroughs beside London


@dataclass(frozen=True)
class _Lines:
    lines: tuple[Line, ...]
    source: Source
    note: str
    each: str
    apart: str = ""


@published_as("boroughs-lines", measure=one_of("measure", LINES), boroughs=some_boroughs())
def lines_exhibit(store: Store, day: date, measure: str, codes: tuple[str, ...]) -> Exhibit | None:
    """A monthly or quarterly measure of a few boroughs beside London; None for any other, or where none is known."""
    if measure not in LINES or not 0 < len(codes) <= MOST_LINES:
        return None
    names = {each.borough_code: each.borough_name for each in all_boroughs(store)}
    places = {code: names[code] for code in codes} | {LONDON_CODE: "London"}
    known = _elsewhere(store, day, places) if measure == "elsewhere" else _survey(store, day, places)
    if known is None:
        return None
    what, lines = LINES[measure], known.lines
    days = sorted({point.on for line in lines for point in line.points}, reverse=True)
    values = {line.label: {point.on: point.percent for point in line.points} for line in lines}
    alt = f"Lines of {listed([line.label for line in lines])}, {days[-1]:%B %Y} to {days[0]:%B %Y}. {what}."
    return Exhibit(
        key="compared-lines",
        headline=f"{listed([line.label for line in lines])}, {known.each} by {known.each}.",
        subtitle=f"{what}, %. Choose lines in the key.{known.apart}",
        picture=Chart(_figure(lines), alt, partial(lines_svg, lines, what, alt)),
        table=table(
            f"{what}, by {known.each}",
            (
                Column(known.each, known.each.capitalize(), cell=lambda on: month_name(on)),
                *(_column(line.label, values[line.label]) for line in lines),
            ),
            days,
            missing="–",
        ),
        sources=(known.source,),
        note=known.note,
    )


def _column(name: str, values: Mapping[date, float]) -> Column:
    return Column(f"{name.lower().replace(' ', '_')}_percent", f"{name}, %", True, lambda on: values.get(on))


def _elsewhere(store: Store, day: date, places: Mapping[str, str]) -> _Lines | None:
    if day < WORKBOOK_PUBLISHED_ON:
        return None
    lines = tuple(Line(name, _shares(store, day, code)) for code, name in places.items())
    source = elsewhere.elsewhere_source(store, lines[-1].points[-1].on) if lines[-1].points else None
    if source is None:
        return None
    return _Lines(lines, source, f"{elsewhere.CAVEAT} {edition_note(source, DATASET_PAGE)}", "month", APART)


def _shares(store: Store, day: date, code: str) -> tuple[Point, ...]:
    """The months of a place; an incomplete one, and one of fewer boroughs than the newest, stands apart."""
    rows = elsewhere_by_month(store, code, day)
    return tuple(
        Point(
            row["month"],
            row["elsewhere_percent"],
            not row["is_complete"] or row["boroughs_count"] < rows[-1]["boroughs_count"],
        )
        for row in rows
        if row["elsewhere_percent"] is not None
    )


def _survey(store: Store, day: date, places: Mapping[str, str]) -> _Lines | None:
    lines = tuple(
        Line(name, tuple(Point(each.quarter_end, each.percent) for each in quarters(store, day, code)))
        for code, name in places.items()
    )
    source = survey_source(store, lines[-1].points[-1].on) if lines[-1].points else None
    if source is None:
        return None
    return _Lines(lines, source, f"{survey.CAVEAT} {edition_note(source, survey.ORIGINAL)}", "quarter")


def _figure(lines: Sequence[Line]) -> go.Figure:
    """The lines to read closely: values beside the pointer, lines chosen in the key, incomplete months hollow."""
    figure = go.Figure()
    for line, (colour, dash) in zip(lines, LOOKS[-len(lines) :], strict=True):
        for is_apart in (False, True):
            shares = [point.percent if point.is_hollow is is_apart else None for point in line.points]
            figure.add_trace(
                go.Scatter(
                    x=[point.on for point in line.points],
                    y=shares,
                    mode="markers" if is_apart else "lines+markers",
                    name=line.label,
                    legendgroup=line.label,
                    showlegend=not is_apart,
                    line={"color": colour, "dash": dash, "width": 2},
                    marker={"size": 6, "color": colour, "symbol": "circle-open" if is_apart else "circle"},
                    hovertemplate="%{y:.1f}%",
                )
            )
    figure.update_layout(height=CHART_HEIGHT, margin=MARGIN, legend=LEGEND, hovermode="x unified", dragmode="zoom")
    figure.update_xaxes(
        tickfont=TICKS, showline=True, tickformat="%b<br>%Y", hoverformat="%B %Y", nticks=6, tickangle=0
    )
    figure.update_yaxes(tickfont=TICKS, ticksuffix="%", rangemode="tozero", fixedrange=True, nticks=5)
    return figure
