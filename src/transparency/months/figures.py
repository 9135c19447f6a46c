"""The monthly series to act on: each figure beside the pointer, lines chosen in the key, a range looked at closely."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from transparency.exhibits.palette import ON_BOTH
from transparency.months.charts import (
    BANDS,
    Band,
    Panel,
    StatusCount,
    StrengthPoint,
    runs,
    strength_panels,
)
from transparency.months.share import FEWER, SharePoint, axis_top, early_top, is_covered_later, labels

CHART_HEIGHT, SHARE_HEIGHT = 420, 310
LEGEND = {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal", "font": {"size": 14}}
TICKS = {"size": 14}
MARGIN = {"l": 8, "r": 24, "t": 30, "b": 8}


def share_figure(points: Sequence[SharePoint]) -> Any:
    """Share of recorded time spent elsewhere by month; the line stops where a month is missing or stands apart."""
    figure = go.Figure()
    for run in runs([point for point in points if not point.is_apart]):
        figure.add_trace(_shares(run, "lines+markers", "").update(line={"color": ON_BOTH["met"]}, marker={"size": 5}))
    apart = [point for point in points if point.is_apart]
    if apart:
        hollow = {"size": 8, "symbol": "circle-open", "color": ON_BOTH["met"]}
        figure.add_trace(_shares(apart, "markers", ", not to be compared").update(marker=hollow))
    for point in points:
        if point.event:
            figure.add_annotation(
                text=point.event[0], x=point.month, y=0, yref="y domain", yanchor="bottom", showarrow=False
            )
    for point, words, is_below in labels(points):
        figure.add_annotation(
            text=f"<b>{words}</b>",
            x=point.month,
            y=point.percent,
            yshift=-16 if is_below else 16,
            showarrow=False,
        )
    if is_covered_later(points):
        figure.add_annotation(
            text=FEWER,
            x=points[0].month,
            y=early_top(points),
            yshift=12,
            xanchor="left",
            showarrow=False,
        )
    figure.update_yaxes(range=[0, axis_top(points)], ticksuffix="%", nticks=5)
    return by_month(figure).update_layout(height=SHARE_HEIGHT)


def _shares(points: Sequence[SharePoint], mode: str, words: str) -> go.Scatter:
    """Months with their share and the large event that falls in them beside the pointer."""
    return go.Scatter(
        x=[point.month for point in points],
        y=[point.percent for point in points],
        customdata=[f" ({point.event[1]})" if point.event else "" for point in points],
        hovertemplate=f"%{{y:.1f}}%{words}%{{customdata}}<extra></extra>",
        mode=mode,
        showlegend=False,
    )


def _line(points: Sequence[StrengthPoint], values: Sequence[float], name: str, hover: str) -> go.Scatter:
    """Months that follow on one another, as a line with a dot on each."""
    return go.Scatter(
        x=[point.month for point in points],
        y=values,
        mode="lines+markers",
        name=name,
        line={"color": ON_BOTH["met"], "width": 2},
        marker={"size": 5},
        hovertemplate=hover,
    )


def by_month(figure: go.Figure) -> go.Figure:
    """A chart of months to read closely: every figure of a month beside the pointer, lines chosen in the key, and a
    range of months drawn across it to look closer (twice clicked, all of it again)."""
    figure.update_layout(height=CHART_HEIGHT, margin=MARGIN, legend=LEGEND, hovermode="x unified", dragmode="zoom")
    figure.update_xaxes(
        tickfont=TICKS, showline=True, tickformat="%b<br>%Y", hoverformat="%B %Y", nticks=6, tickangle=0
    )
    figure.update_yaxes(tickfont=TICKS, fixedrange=True)
    return figure


def strength_figure(points: Sequence[StrengthPoint]) -> Any:
    """A place's strength by month in two panels; the line stops at a gap and where the boroughs in it change."""
    panels = strength_panels(points, is_ward=False)
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.16)
    for row, panel in enumerate(panels, start=1):
        for run in _strength_runs(panel):
            line = _line([point for point, _ in run], [value for _, value in run], panel.words, "%{y:,.1f}")
            figure.add_trace(line.update(showlegend=False), row=row, col=1)
        figure.add_annotation(
            text=f"<b>{panel.words}</b>",
            x=0,
            xref="paper",
            xanchor="left",
            y=1,
            yref="y domain" if row == 1 else "y2 domain",
            yanchor="bottom",
            yshift=4,
            showarrow=False,
        )
        figure.update_yaxes(range=[0, panel.top], nticks=4, tickformat=",", row=row, col=1)
    return by_month(figure)


def _strength_runs(panel: Panel) -> list[list[tuple[StrengthPoint, float]]]:
    """The known months of a panel in runs without a gap, each of one number of boroughs."""
    values = {point: value for point, value in panel.values if value is not None}
    return [
        [(point, values[point]) for point in same]
        for run in runs(list(values))
        for _, same in groupby(run, attrgetter("boroughs_count"))
    ]


def status_months_figure(rows: Sequence[StatusCount]) -> Any:
    """Wards by status, one bar for each month; a missing month leaves its room empty."""
    months = [row.month for row in rows]
    figure = go.Figure(
        [
            _bar(band, x=months, y=[row.counts[place] for row in rows], hovertemplate="%{y:,}")
            for place, band in enumerate(BANDS)
        ]
    )
    figure.update_traces(xperiod="M1", xperiodalignment="middle")
    figure.update_layout(barmode="stack", bargap=0)
    figure.update_yaxes(rangemode="tozero", nticks=5, tickformat=",")
    return by_month(figure)


def _bar(band: Band, **of: Any) -> go.Bar:
    """The bars of a band in its colour and pattern."""
    return go.Bar(name=band.words, marker=_band_marker(band), **of)


def _band_marker(band: Band) -> dict[str, Any]:
    colour = ON_BOTH[band.colour]
    if not band.pattern:
        return {"color": colour, "line": {"width": 0}}
    pattern = {"shape": band.pattern, "fgcolor": colour, "bgcolor": "rgba(0,0,0,0)", "size": 6, "solidity": 0.3}
    return {"color": colour, "pattern": pattern, "line": {"width": 0}}
