"""Pictures of progress: points against the target and the pace needed, a borough's strip, bars by borough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from transparency.core.text import number, precise_date
from transparency.core.vocabulary import DUE_ON, PROMISED_ON, Half, KnownAs, ProgressPoint, RequiredPace
from transparency.exhibits.palette import FONT_SIZE, LIGHT, KeptFigure, Palette, template
from transparency.progress.sentences import HALF_WORDS, KNOWN_AS_WORDS

WARD_SET_CHANGES = (date(2018, 5, 3), date(2022, 5, 5))
HALF_TITLES = {Half.PCS: "Two constables", Half.PCSOS: "One PCSO"}
HOLLOW = (KnownAs.DERIVED, KnownAs.DECLARED)
CHART_HEIGHT = 520
MOST_LABELS = 5


def progress_figure(
    points: Sequence[ProgressPoint],
    pace: RequiredPace | None,
    day: date,
    colours: Palette = LIGHT,
    beside_due: str = "",
) -> Any:
    """Per cent of wards by date, one panel for each half: points, the target, the pace needed, and events.

    Published points are solid, our sums and declarations hollow; nothing is drawn between points. `beside_due` is
    written at the due date.
    """
    first, last = PROMISED_ON, max([DUE_ON, *(point.as_at for point in points)])
    margin = (last - first) * 0.07
    span = (first - margin, last + margin)
    titles = [f"<b>{HALF_TITLES[half]}</b>" for half in (Half.PCS, Half.PCSOS)]
    figure = make_subplots(
        rows=2,
        cols=1,
        shared_xaxes=True,
        row_heights=[0.62, 0.38],
        vertical_spacing=0.14,
        subplot_titles=titles,
        figure=KeptFigure(),
    )
    figure.update_annotations(x=0, xanchor="left", font={"color": colours.ink, "size": FONT_SIZE})
    for row, half in enumerate((Half.PCS, Half.PCSOS), start=1):
        own = [point for point in points if point.half is half]
        figure.add_trace(_target(span, colours, is_named=row == 1), row=row, col=1)
        if row == 1 and pace is not None:
            figure.add_trace(_pace_line(pace, day, colours), row=1, col=1)
        for is_hollow in (False, True):
            drawn = [(point, label) for point, label in labelled(own) if (point.known_as in HOLLOW) is is_hollow]
            figure.add_trace(_points(drawn, colours, is_hollow, is_named=row == 1), row=row, col=1)
        if not own:
            _add_words(figure, row, first, 50, "Not published", colours)
    _add_events(figure, last, colours)
    if beside_due:
        _add_words(figure, 1, DUE_ON, 15, beside_due, colours)
    figure.update_layout(template=template(colours), height=CHART_HEIGHT, legend={"y": 1.07}, margin={"r": 16})
    figure.update_xaxes(range=span, showline=True, tickformat="%b<br>%Y", nticks=6)
    figure.update_yaxes(range=[0, 122], tickvals=[0, 50, 100], ticktext=["0 %", "50 %", "100 %"])
    return figure


def _points(
    drawn: Sequence[tuple[ProgressPoint, str]], colours: Palette, is_hollow: bool, is_named: bool
) -> go.Scatter:
    return go.Scatter(
        x=[point.as_at for point, _ in drawn],
        y=[point.wards_met_pct for point, _ in drawn],
        mode="markers+text",
        name="Declared, or our sum" if is_hollow else "Published",
        showlegend=is_named,
        text=[label for _, label in drawn],
        textposition=["top center" if point.wards_met_pct > 97 else "bottom right" for point, _ in drawn],
        cliponaxis=False,
        marker={
            "symbol": "circle-open" if is_hollow else "circle",
            "size": 12,
            "color": colours.met,
            "line": {"width": 2.5, "color": colours.met},
        },
    )


def labelled(own: Sequence[ProgressPoint]) -> list[tuple[ProgressPoint, str]]:
    """The points of one half, each with what is written beside it: of many, the first and the last only."""
    told = [point for point in own if not point.is_bare_statement]
    shown = told if len(told) <= MOST_LABELS else [told[0], told[-1]]
    return [(point, point_label(point) if point in shown else "") for point in own]


def point_label(point: ProgressPoint) -> str:
    """What is written beside a point: the count where one was given, else the share; nothing for a bare statement."""
    if point.wards_met_count is None:
        return "" if point.is_bare_statement else f"{number(point.wards_met_pct)} %"
    about = "about " if point.known_as in (KnownAs.APPROXIMATE, KnownAs.DERIVED) else ""
    return f"{about}{number(point.wards_met_count)} of {number(point.wards_count)}"


def _target(span: tuple[date, date], colours: Palette, is_named: bool) -> go.Scatter:
    return go.Scatter(
        x=list(span),
        y=[100, 100],
        mode="lines",
        name="Promised: every ward",
        showlegend=is_named,
        line={"color": colours.ink_2, "width": 1.5, "dash": "dot"},
    )


def _pace_line(pace: RequiredPace, day: date, colours: Palette) -> go.Scatter:
    """From the latest count before the due date (the first, once all is reached) to every ward on the due date."""
    is_open = pace.wards_to_go_count > 0 and day <= DUE_ON
    start_on = pace.latest_on if is_open else pace.start_on
    start_pct = 100 * (pace.latest_count if is_open else pace.start_count) / pace.wards_count
    return go.Scatter(
        x=[start_on, DUE_ON],
        y=[start_pct, 100],
        mode="lines",
        name="Pace needed from there",
        line={"color": colours.half, "width": 2, "dash": "dash"},
    )


def _add_events(figure: go.Figure, last: date, colours: Palette) -> None:
    """Thin verticals up to the target: the due date, and the days on which the ward set changed."""
    events = [(DUE_ON, "due", "right")]
    events += [(changed, "new wards", "left") for changed in WARD_SET_CHANGES if changed <= last]
    for when, words, side in events:
        for row in (1, 2):
            line = {"color": colours.line, "width": 1.5}
            figure.add_shape(type="line", x0=when, x1=when, y0=0, y1=100, line=line, layer="below", row=row, col=1)
        _add_words(figure, 1, when, 30, words, colours, side)


def _add_words(
    figure: go.Figure, row: int, x: date, y: float, words: str, colours: Palette, side: str = "left"
) -> None:
    figure.add_annotation(
        row=row,
        col=1,
        x=x,
        y=y,
        xanchor=side,
        showarrow=False,
        text=words,
        font={"color": colours.ink_2, "size": FONT_SIZE},
    )


def progress_alt(points: Sequence[ProgressPoint]) -> str:
    """Every drawn point in words."""
    said = [
        f"{precise_date(point.as_at, point.precision)}, {HALF_WORDS[point.half]}: "
        f"{number(round(point.wards_met_pct))} % of wards, {KNOWN_AS_WORDS[point.known_as]}"
        for point in points
    ]
    return "Per cent of wards by date against the target of every ward by 31 December 2017. " + "; ".join(said) + "."


@dataclass(frozen=True)
class BoroughBar:
    """One borough's value and the words beside its bar."""

    borough_name: str
    value: float
    words: str
    is_marked: bool = False


def borough_bars_figure(bars: Sequence[BoroughBar], unit: str, colours: Palette = LIGHT) -> Any:
    """Horizontal bars from nought, in the order given, each labelled with its value; `is_marked` ones in ink."""
    figure = KeptFigure(
        go.Bar(
            y=[bar.borough_name for bar in bars],
            x=[bar.value for bar in bars],
            orientation="h",
            text=[bar.words for bar in bars],
            textposition="outside",
            textangle=0,
            cliponaxis=False,
            marker={"color": [colours.half if bar.is_marked else colours.met for bar in bars]},
        )
    )
    longest = max((bar.value for bar in bars), default=1) or 1
    figure.update_layout(
        template=template(colours),
        height=30 + 24 * len(bars),
        bargap=0.35,
        xaxis={"range": [0, longest * 1.3], "visible": False},
        yaxis={"autorange": "reversed", "tickfont": {"color": colours.ink}, "ticklabelstandoff": 6},
        meta={"unit": unit},
    )
    return figure
