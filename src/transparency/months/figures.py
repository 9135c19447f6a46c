"""The monthly series to act on: each figure beside the pointer, lines chosen in the key, a range looked at closely."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from transparency.exhibits.palette import ON_BOTH
from transparency.months.charts import (
    runs,
)
from transparency.months.share import FEWER, SharePoint, axis_top, early_top, is_covered_later, labels

CHART_HEIGHT, SHARE_HEIGHT = 420, 310
LEGEND = {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal", "font": {"size": 14}}
TICKS = {"size": 14}
_ANCHORS = {"start": "left", "middle": "center", "end": "right"}
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
    for label in labels(points):
        figure.add_annotation(
            text=f"<b>{label.words}</b>",
            x=label.point.month,
            y=label.point.percent,
            xanchor=_ANCHORS[label.anchor],
            yshift=16 * label.rows_up,
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


def by_month(figure: go.Figure) -> go.Figure:
    """A chart of months to read closely: every figure of a month beside the pointer, lines chosen in the key, and a
    range of months drawn across it to look closer (twice clicked, all of it again)."""
    figure.update_layout(height=CHART_HEIGHT, margin=MARGIN, legend=LEGEND, hovermode="x unified", dragmode="zoom")
    figure.update_xaxes(
        tickfont=TICKS, showline=True, tickformat="%b<br>%Y", hoverformat="%B %Y", nticks=6, tickangle=0
    )
    figure.update_yaxes(tickfont=TICKS, fixedrange=True)
    return figure
