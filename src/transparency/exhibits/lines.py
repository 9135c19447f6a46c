"""Lines over time as a still picture: shares in per cent, a hollow point where one is not like the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from transparency.exhibits.svg import CHART_SCALE, CHART_WIDTH, Drawing

HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 230, 46, 14, 34, 30
KEY_STEP = 190
KEY_ROW, IN_A_ROW = 22, 2
LOOKS = (
    {"class_": "ring"},
    {"class_": "unknown", "stroke_dasharray": "5 4"},
    {"class_": "half-ring"},
    {"class_": "ink", "stroke_dasharray": "8 3"},
)


@dataclass(frozen=True)
class Point:
    """A share of a day in per cent; a hollow one, incomplete or of another coverage, is joined with no other."""

    on: date
    percent: float
    is_hollow: bool = False


@dataclass(frozen=True)
class Line:
    """What a line is of and its points, oldest first."""

    label: str
    points: tuple[Point, ...]


def lines_svg(lines: Sequence[Line], title: str, alt: str) -> str:
    """Up to four lines from nought on a common axis, each with a look of its own, with a key above."""
    room = KEY_ROW * ((len(lines) - 1) // IN_A_ROW)
    drawing = Drawing(CHART_WIDTH, HEIGHT + room, title, alt, CHART_SCALE)
    points = [point for line in lines for point in line.points]
    days = sorted({point.on for point in points})
    top = 10 * (int(max(point.percent for point in points)) // 10 + 1)
    span = max(1, (days[-1] - days[0]).days)

    def across(on: date) -> float:
        return LEFT + (CHART_WIDTH - LEFT - RIGHT) * (on - days[0]).days / span

    def up(percent: float) -> float:
        return HEIGHT + room - BOTTOM - (HEIGHT - TOP - BOTTOM) * percent / top

    for level in (0, top / 2, top):
        drawing.add("line", x1=LEFT, y1=up(level), x2=CHART_WIDTH - RIGHT, y2=up(level), class_="line")
        drawing.add("text", f"{level:g}%", x=LEFT - 6, y=up(level) + 5, text_anchor="end", class_="soft")
    for place, (line, looks) in enumerate(zip(lines, LOOKS, strict=False)):
        left, down = LEFT + KEY_STEP * (place % IN_A_ROW), 12 + KEY_ROW * (place // IN_A_ROW)
        drawing.add("line", x1=left, y1=down, x2=left + 24, y2=down, stroke_width=2, **looks)
        drawing.add("text", line.label, x=left + 30, y=down + 5)
        path = "".join(
            "M" + "L".join(f"{across(point.on):.0f},{up(point.percent):.0f}" for point in run)
            for run in _solid(line.points)
        )
        drawing.add("path", d=path, fill="none", stroke_width=2, **looks)
        for point in line.points:
            if point.is_hollow:
                drawing.add(
                    "circle", cx=round(across(point.on)), cy=round(up(point.percent)), r=3, class_=looks["class_"]
                )
    for on, anchor in ((days[0], "start"), (days[-1], "end")):
        drawing.add("text", f"{on:%b %Y}", x=across(on), y=HEIGHT + room - 8, text_anchor=anchor, class_="soft")
    return drawing.text()


def _solid(points: Sequence[Point]) -> list[list[Point]]:
    """The points that are joined, in runs between hollow ones."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point.is_hollow:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]
