"""Pictures of the monthly series: the share of time abstracted by month, and a ward's strength by month.

They have an axis of their own: nothing of the posts and officers of the promise's years is drawn in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import plotly.graph_objects as go

from transparency.figures.svg import Drawing
from transparency.figures.theme import LIGHT, Palette, template

CHART_HEIGHT = 420
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 300, 52, 16, 34, 34
EVENT_SYMBOLS = {"Notting Hill Carnival": "diamond", "New Year's Eve": "square"}


@dataclass(frozen=True)
class SharePoint:
    """A month's share in per cent, and the large event that falls in the month."""

    month: date
    share_pct: float
    event: str | None


def share_figure(points: Sequence[SharePoint], colours: Palette = LIGHT) -> Any:
    """Per cent of recorded time abstracted by month; the line stops where a month is missing."""
    figure = go.Figure()
    for number, run in enumerate(runs(points)):
        figure.add_trace(
            go.Scatter(
                x=[point.month for point in run],
                y=[point.share_pct for point in run],
                mode="lines+markers",
                name="Share of time abstracted",
                showlegend=number == 0,
                line={"color": colours.met, "width": 2},
                marker={"size": 5},
            )
        )
    for event, symbol in EVENT_SYMBOLS.items():
        marked = [point for point in points if point.event == event]
        figure.add_trace(
            go.Scatter(
                x=[point.month for point in marked],
                y=[point.share_pct for point in marked],
                mode="markers",
                name=f"Month of {event}",
                marker={"symbol": symbol, "size": 12, "color": colours.half},
            )
        )
    figure.update_layout(template=template(colours), height=CHART_HEIGHT, margin={"r": 16})
    figure.update_xaxes(showline=True, tickformat="%b<br>%Y", nticks=6)
    figure.update_yaxes(range=[0, _top(points)], ticksuffix=" %", nticks=5)
    return figure


def share_alt(points: Sequence[SharePoint]) -> str:
    """The first, the last, the lowest and the highest month, and the marked ones, in words."""
    if not points:
        return "No month."
    least, most = min(points, key=lambda point: point.share_pct), max(points, key=lambda point: point.share_pct)
    told = [("First", points[0]), ("last", points[-1]), ("lowest", least), ("highest", most)]
    said = ", ".join(f"{word} {point.month:%B %Y} {point.share_pct:.0f} %" for word, point in told)
    return f"Per cent of recorded time abstracted in {len(points)} months. {said}. Months of large events are marked."


def share_still(points: Sequence[SharePoint]) -> str:
    """The same chart as SVG text."""
    drawing = Drawing(WIDTH, HEIGHT, "Share of recorded time abstracted, by month", share_alt(points))
    top = _top(points)
    across = _scale([point.month for point in points])

    def up(value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top

    for value in (0, top / 2, top):
        drawing.add("line", x1=LEFT, y1=up(value), x2=WIDTH - RIGHT, y2=up(value), class_="line")
        drawing.add("text", f"{value:g} %", x=LEFT - 8, y=up(value) + 5, text_anchor="end", class_="soft")
    for run in runs(points):
        corners = " ".join(f"{across(point.month):.1f},{up(point.share_pct):.1f}" for point in run)
        drawing.add("polyline", points=corners, class_="ring", stroke_width=2)
    for point in points:
        x, y = across(point.month), up(point.share_pct)
        if point.event == "Notting Hill Carnival":
            drawing.add("path", d=f"M{x:.1f},{y - 7:.1f} l7,7 -7,7 -7,-7 Z", class_="mark")
        elif point.event:
            drawing.add("rect", x=round(x - 5, 1), y=round(y - 5, 1), width=10, height=10, class_="mark")
    for point in (points[0], points[-1]):
        drawing.add(
            "text",
            f"{point.month:%b %Y}",
            x=across(point.month),
            y=HEIGHT - 10,
            text_anchor="start" if point is points[0] else "end",
            class_="soft",
        )
    drawing.add("text", "Diamond: month of Notting Hill Carnival. Square: of New Year's Eve.", x=LEFT, y=18)
    return drawing.text()


@dataclass(frozen=True)
class StrengthPoint:
    """A ward's full-time equivalents in a month; None where not published."""

    month: date
    constable_fte: float | None
    pcso_fte: float | None


def strength_svg(points: Sequence[StrengthPoint], ward_name: str) -> str:
    """A ward's strength by month in two panels, constables and PCSOs, each with the promised number dotted."""
    drawing = Drawing(WIDTH, 260, f"{ward_name}: full-time equivalents by month", strength_alt(points))
    across = _scale([point.month for point in points])
    panels = (
        ("Constables, FTE (promised: 2)", 2, [(point.month, point.constable_fte) for point in points], 30, 110),
        ("PCSOs, FTE (promised: 1)", 1, [(point.month, point.pcso_fte) for point in points], 154, 226),
    )
    for words, promised, values, top, base in panels:
        most = max([promised * 1.5, *(value for _, value in values if value is not None)])

        def up(value: float, base: int = base, top: int = top, most: float = most) -> float:
            return base - (base - top) * value / most

        drawing.add("text", words, x=LEFT, y=top - 12, font_weight="600")
        for level in (0, promised):
            drawing.add(
                "line",
                x1=LEFT,
                y1=up(level),
                x2=WIDTH - RIGHT,
                y2=up(level),
                class_="promise" if level else "line",
                stroke_dasharray="2 4" if level else "none",
            )
            drawing.add("text", f"{level}", x=LEFT - 8, y=up(level) + 5, text_anchor="end", class_="soft")
        for month, value in values:
            if value is not None:
                drawing.add("circle", cx=round(across(month), 1), cy=round(up(value), 1), r=4, class_="met")
    for point in (points[0], points[-1]):
        anchor = "start" if point is points[0] else "end"
        drawing.add("text", f"{point.month:%b %Y}", x=across(point.month), y=252, text_anchor=anchor, class_="soft")
    return drawing.text()


def strength_alt(points: Sequence[StrengthPoint]) -> str:
    """The newest month and how many months are missing, in words."""
    known = [point for point in points if point.constable_fte is not None or point.pcso_fte is not None]
    if not known:
        return "No month with a published strength."
    newest = known[-1]

    def told(value: float | None) -> str:
        return "not published" if value is None else f"{value:.1f}"

    return (
        f"{newest.month:%B %Y}: constables {told(newest.constable_fte)}, PCSOs {told(newest.pcso_fte)} full-time "
        f"equivalents. {len(known)} of {len(points)} months are published; the table has the newest of them."
    )


def runs(points: Sequence[SharePoint]) -> list[list[SharePoint]]:
    """The points in runs of months without a gap."""
    found: list[list[SharePoint]] = []
    for point in points:
        if found and _number(point.month) == _number(found[-1][-1].month) + 1:
            found[-1].append(point)
        else:
            found.append([point])
    return found


def _number(month: date) -> int:
    return month.year * 12 + month.month


def _top(points: Sequence[SharePoint]) -> float:
    """The top of the axis: the next ten above the highest share."""
    return 10 * (int(max((point.share_pct for point in points), default=0)) // 10 + 1)


def _scale(months: Sequence[date]) -> Any:
    first, last = _number(months[0]), _number(months[-1])
    room = WIDTH - LEFT - RIGHT

    def across(month: date) -> float:
        return LEFT + room * (_number(month) - first) / max(1, last - first)

    return across
