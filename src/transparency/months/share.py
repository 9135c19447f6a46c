"""The share of recorded time spent elsewhere month by month, as a still picture: one line for each edition.

Months that are incomplete, or of fewer boroughs than others, are hollow and joined with no other. Editions are never
in one line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from transparency.core.text import listed, possessive
from transparency.exhibits.svg import CHART_SCALE, CHART_WIDTH, Drawing
from transparency.months.charts import month_number, runs
from transparency.months.queries import ShareMonth
from transparency.months.sentences import month_name

HEIGHT, LEFT, RIGHT, TOP, BASE = 270, 46, 20, 30, 222
COVERED_LATER = 6  # months at the start that are of fewer boroughs and so get words of their own
# What the force says it takes ward officers for (GLOSSARY: abstraction), by the month it falls in.
EVENT_MONTHS = {8: ("C", "Notting Hill Carnival"), 12: ("N", "New Year's Eve")}
NO_CARNIVAL = (2020, 2021)  # it was not held on the streets
FEWER = "Fewer boroughs"
# Of a telephone's picture: the width of a letter as a share of its width, and of a row as a share of its height.
LETTER_SHARE, ROW_SHARE = 0.025, 0.08
EVENTS_KEY = "C marks the month of Notting Hill Carnival, N that of New Year's Eve."


@dataclass(frozen=True)
class SharePoint:
    """A month's share in per cent; one that stands apart is joined with no other."""

    month: date
    percent: float
    is_apart: bool = False

    @property
    def event(self) -> tuple[str, str] | None:
        """The letter and the name of the large event that falls in the month."""
        is_carnival_off = self.month.month == 8 and self.month.year in NO_CARNIVAL
        return None if is_carnival_off else EVENT_MONTHS.get(self.month.month)

    @property
    def words(self) -> str:
        """27.5%, November 2022."""
        return f"{self.percent:.1f}%, {month_name(self.month)}"


def share_points(known: Sequence[ShareMonth]) -> tuple[SharePoint, ...]:
    """The months with recorded time."""
    most = max((each.boroughs_count for each in known), default=0)
    return tuple(
        SharePoint(each.month, each.elsewhere_percent, not each.is_complete or each.boroughs_count < most)
        for each in known
        if each.elsewhere_percent is not None
    )


def ends(points: Sequence[SharePoint]) -> tuple[SharePoint, ...]:
    """The months with the lowest and the highest share; empty where all stand apart."""
    joined = [point for point in points if not point.is_apart]
    return tuple(end(joined, key=lambda point: point.percent) for end in (min, max)) if joined else ()


def apart_words(known: Sequence[ShareMonth]) -> str:
    """What is hollow, in the words of this series; empty where nothing is."""
    incomplete = [month_name(each.month) for each in known if not each.is_complete]
    most = max(each.boroughs_count for each in known)
    fewer = any(each.boroughs_count < most for each in known)
    said = [f"{incomplete[0]}, which is incomplete"] if incomplete else []
    said += [f"months of fewer than {most} boroughs"] if fewer else []
    return f" Hollow: {', and '.join(said)}." if said else ""


def months_sentence(name: str, points: Sequence[SharePoint]) -> str:
    """The months with the lowest and the highest share among those that can be compared."""
    said = list(dict.fromkeys(f"{point.percent:.1f}% ({month_name(point.month)})" for point in ends(points)))
    if not said:
        return f"No month of {possessive(name)} ward officers' time can be compared."
    return f"{possessive(name)} share of time elsewhere was {'between ' * (len(said) > 1)}{listed(said)}."


def share_alt(points: Sequence[SharePoint]) -> str:
    """The first, the last, the lowest and the highest month in words."""
    said = [f"First {points[0].words}", f"last {points[-1].words}"]
    said += [f"{word} {point.words}" for word, point in zip(("lowest", "highest"), ends(points), strict=False)]
    return f"Share of recorded time spent elsewhere in {len(points)} months. {'; '.join(said)}. {EVENTS_KEY}"


@dataclass(frozen=True)
class Label:
    """A month whose share is written into the picture, its words, and how many rows above the mark, or below it."""

    point: SharePoint
    words: str
    rows_up: int
    across: float
    level: float

    @property
    def anchor(self) -> str:
        """Which end of the words stands at the mark: those near a side of the picture go inwards."""
        return "start" if self.across < 1 / 6 else "end" if self.across > 5 / 6 else "middle"

    @property
    def is_above_axis(self) -> bool:
        """Whether the words stand clear of the letters of events above the axis."""
        return self.level + ROW_SHARE * self.rows_up > 1.5 * ROW_SHARE

    @property
    def _left(self) -> float:
        wide = LETTER_SHARE * len(self.words)
        return self.across - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]

    def covers(self, other: Label) -> bool:
        """Whether two are written over one another on a telephone."""
        is_beside = (
            self._left + LETTER_SHARE * len(self.words) <= other._left
            or other._left + LETTER_SHARE * len(other.words) <= self._left
        )
        apart = abs(self.level + ROW_SHARE * self.rows_up - other.level - ROW_SHARE * other.rows_up)
        return not is_beside and apart < ROW_SHARE


def labels(points: Sequence[SharePoint]) -> tuple[Label, ...]:
    """The months whose share is written into the picture: the lowest, the highest, and the newest where it is neither
    and its words cover no other's."""
    found, top = ends(points), axis_top(points)
    first, span = month_number(points[0].month), max(1, month_number(points[-1].month) - month_number(points[0].month))

    def label(point: SharePoint, rows_up: int) -> Label:
        return Label(point, point.words, rows_up, (month_number(point.month) - first) / span, point.percent / top)

    told = tuple(label(point, -1 if point is found[0] else 1) for point in dict.fromkeys(found))
    newest = points[-1]
    if newest in found or newest.is_apart:
        return told
    is_falling = points[-2].percent > newest.percent
    tried = (label(newest, rows_up) for rows_up in ((-1, -2, -3, 1) if is_falling else (1, -1, -2, -3)))
    free = (each for each in tried if each.is_above_axis and not any(each.covers(other) for other in told))
    return (*told, *islice(free, 1))


def early_top(points: Sequence[SharePoint]) -> float:
    """The highest share of the first third of the months, above which there is room for words."""
    return max(point.percent for point in points[: len(points) // 3])


def axis_top(points: Sequence[SharePoint]) -> int:
    """The top of the axis: the next ten above the highest share."""
    return 10 * (int(max(point.percent for point in points)) // 10 + 1)


def share_still(points: Sequence[SharePoint], title: str) -> str:
    """The line as SVG text."""
    drawing = Drawing(CHART_WIDTH, HEIGHT, title, share_alt(points), CHART_SCALE)
    top = axis_top(points)
    first, last = month_number(points[0].month), month_number(points[-1].month)

    def across(month: date) -> float:
        return round(LEFT + (CHART_WIDTH - LEFT - RIGHT) * (month_number(month) - first) / max(1, last - first), 1)

    def up(percent: float) -> float:
        return round(BASE - (BASE - TOP) * percent / top, 1)

    for level in (0, top / 2, top):
        drawing.add("line", x1=LEFT, y1=up(level), x2=CHART_WIDTH - RIGHT, y2=up(level), class_="line")
        drawing.add("text", f"{level:g}%", x=LEFT - 6, y=up(level) + 5, text_anchor="end", class_="soft")
    for year in range(points[0].month.year + (points[0].month.month > 1), points[-1].month.year + 1):
        x = across(date(year, 1, 1))
        if x < CHART_WIDTH - 34:
            drawing.add("line", x1=x, y1=BASE + 18, x2=x, y2=BASE + 26, class_="line")
            drawing.add("text", str(year), x=x, y=HEIGHT - 8, class_="soft")
    for point in points:
        if point.event:
            drawing.add("text", point.event[0], x=across(point.month), y=BASE + 15, text_anchor="middle", class_="soft")
    joined = [point for point in points if not point.is_apart]
    path = "".join(
        "M" + "L".join(f"{across(point.month):g},{up(point.percent):g}" for point in run) for run in runs(joined)
    )
    drawing.add("path", d=path, fill="none", class_="ring", stroke_width=2)
    for point in points:
        if point.is_apart:
            drawing.add("circle", cx=across(point.month), cy=up(point.percent), r=3, class_="ring")
    if is_covered_later(points):
        drawing.add("text", FEWER, x=LEFT, y=up(early_top(points)) - 8, class_="soft")
    for label in labels(points):
        x, y = across(label.point.month), up(label.point.percent)
        drawing.add("circle", cx=x, cy=y, r=4, class_="met")
        half = 4.4 * len(label.words)
        middle = min(max(x, LEFT + half + 10), CHART_WIDTH - 4 - half)  # clear of the axis
        shift = -9 if label.rows_up > 0 else 2 - 17 * label.rows_up
        drawing.add("text", label.words, x=middle, y=y + shift, text_anchor="middle", class_="halo")
    return drawing.text()


def is_covered_later(points: Sequence[SharePoint]) -> bool:
    """Whether the series begins with months that stand apart, long enough to say so beside them."""
    return len(points) > COVERED_LATER and all(point.is_apart for point in points[:COVERED_LATER])
