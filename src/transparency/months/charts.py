"""The monthly series as SVG: wards by status, and strength, each by month.

They have an axis of their own: nothing of the posts and officers of the promise's years is drawn in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from transparency.exhibits.svg import CHART_SCALE, CHART_WIDTH, Drawing
from transparency.months.queries import Spread

HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 270, 52, 12, 54, 30
DOT = 5


def wards_still(shares: Sequence[float], apart: Spread, alt: str) -> str:
    """Each ward's share in per cent as a line on one scale, with the middle half as a band and the ends in words."""
    drawing = Drawing(CHART_WIDTH, 116, "Wards by their share of time elsewhere", alt, CHART_SCALE)
    top = max(10.0, apart.most_pct)

    def across(percent: float) -> float:
        return round(12 + (CHART_WIDTH - 30) * percent / top, 1)

    left, right = across(apart.quarter_pct), across(apart.three_quarters_pct)
    drawing.add("rect", x=left, y=34, width=right - left, height=44, class_="half-ring", fill="none", stroke_width=2)
    drawing.add("path", d="".join(f"M{across(share):g},40v32" for share in shares), class_="ring", stroke_opacity=0.55)
    words = f"half of wards: {apart.quarter_pct:.0f}% to {apart.three_quarters_pct:.0f}%"
    drawing.add("text", words, x=max((left + right) / 2, 84), y=24, text_anchor="middle")
    for percent, anchor in ((apart.least_pct, "start"), (apart.most_pct, "end")):
        drawing.add("text", f"{percent:.0f}%", x=across(percent), y=96, text_anchor=anchor, class_="soft")
    return drawing.text()


@dataclass(frozen=True)
class StrengthPoint:
    """The full-time equivalents of a ward or a place in a month; None where not published.

    `boroughs_count`: of how many boroughs a place's total is; totals of different numbers of boroughs are not joined.
    """

    month: date
    constable_fte: float | None
    pcso_fte: float | None
    boroughs_count: int = 1


@dataclass(frozen=True)
class Panel:
    """One rank of a strength picture: its words, the promised number (None where none is drawn), its months."""

    words: str
    promised: int | None
    values: tuple[tuple[StrengthPoint, float | None], ...]

    @property
    def top(self) -> float:
        known = [value for _, value in self.values if value is not None]
        return max([*known, (self.promised or 1) * 1.5]) * 1.05


def strength_panels(points: Sequence[StrengthPoint], is_ward: bool) -> tuple[Panel, Panel]:
    """Constables and PCSOs, each with an axis of its own; the promise is of a ward and is drawn for a ward only."""
    constables = tuple((point, point.constable_fte) for point in points)
    pcsos = tuple((point, point.pcso_fte) for point in points)
    if is_ward:
        return (
            Panel("Constables, FTE (promised: 2)", 2, constables),
            Panel("PCSOs, FTE (promised: 1)", 1, pcsos),
        )
    return Panel("Constables, FTE", None, constables), Panel("PCSOs, FTE", None, pcsos)


def strength_svg(points: Sequence[StrengthPoint], name: str, is_ward: bool = True) -> str:
    """Strength by month in two panels, constables and PCSOs; a ward's with the promised number dotted."""
    title = f"{name}: full-time equivalents by month"
    drawing = Drawing(CHART_WIDTH, 260, title, strength_alt(points), CHART_SCALE)
    across = _scale([point.month for point in points])
    for panel, top, base in zip(strength_panels(points, is_ward), (30, 154), (110, 226), strict=True):

        def up(value: float, base: int = base, top: int = top, most: float = panel.top) -> float:
            return base - (base - top) * value / most

        drawing.add("text", panel.words, x=LEFT, y=top - 12, font_weight="600")
        for level in (0, panel.promised or _round_top(panel.top)):
            drawing.add(
                "line",
                x1=LEFT,
                y1=up(level),
                x2=CHART_WIDTH - RIGHT,
                y2=up(level),
                class_="promise" if level and panel.promised else "line",
                stroke_dasharray="2 4" if level and panel.promised else "none",
            )
            drawing.add("text", f"{level:,}", x=LEFT - 8, y=up(level) + 5, text_anchor="end", class_="soft")
        # A path of dots: the months of five years as circles would weigh four times as much.
        dots = "".join(
            f"M{across(point.month):.0f},{up(value):.1f}h0" for point, value in panel.values if value is not None
        )
        if dots:
            drawing.add("path", d=dots, class_="met", stroke_width=DOT, stroke_linecap="round")
    _ends(drawing, [point.month for point in points], across, 252)
    return drawing.text()


def _round_top(value: float) -> int:
    """A round number near the top of an axis: 1, 2 or 5 with noughts."""
    power = 10 ** (len(str(int(value))) - 1)
    return next(int(step * power) for step in (5, 2, 1) if step * power <= value)


def _ends(drawing: Drawing, months: Sequence[date], across: Any, y: float) -> None:
    """The first and the last month under a picture."""
    for month in (months[0], months[-1]):
        anchor = "start" if month is months[0] else "end"
        drawing.add("text", f"{month:%b %Y}", x=across(month), y=y, text_anchor=anchor, class_="soft")


def strength_alt(points: Sequence[StrengthPoint]) -> str:
    """The newest month and how many months are missing, in words."""
    known = [point for point in points if point.constable_fte is not None or point.pcso_fte is not None]
    if not known:
        return "No month with a published strength."
    newest = known[-1]

    def words(value: float | None) -> str:
        return "not published" if value is None else f"{value:,.1f}"

    return (
        f"{newest.month:%B %Y}: constables {words(newest.constable_fte)}, PCSOs {words(newest.pcso_fte)} full-time "
        f"equivalents. {len(known)} of {len(points)} months are published; the table has the figures."
    )


@dataclass(frozen=True)
class StatusCount:
    """The wards of a month or of a borough by status; `label` is what the row is called."""

    label: str
    month: date
    met_count: int
    partly_known_count: int
    short_count: int
    not_published_count: int

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """In the order of `BANDS`."""
        return self.met_count, self.partly_known_count, self.not_published_count, self.short_count

    @property
    def wards_count(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Band:
    """A status in a picture of counts: its words with its symbol, and its colour, which is its class."""

    words: str
    colour: str

    @property
    def looks(self) -> dict[str, str]:
        """How it is drawn in a still."""
        return {"class_": self.colour} | ({"stroke_dasharray": "2 3"} if self.colour == "unknown" else {})


# From the ground up, in the marks of the site: what is not known stands between its officers there and short of them.
BANDS = (
    Band("● has its officers", "met"),
    Band("◐ partly known", "half"),
    Band("– not published", "unknown"),
    Band("▽ short", "short"),
)


class OfMonth(Protocol):
    """What is of a month."""

    @property
    def month(self) -> date: ...


Monthly = TypeVar("Monthly", bound=OfMonth)


def status_alt(rows: Sequence[StatusCount]) -> str:
    """The first and the last row in words."""
    if not rows:
        return "No month."

    def words(row: StatusCount) -> str:
        bands = zip(row.counts, BANDS, strict=True)
        return f"{row.label}: " + ", ".join(f"{count:,} {band.words[2:]}" for count, band in bands)

    ends = rows if len(rows) == 1 else (rows[0], rows[-1])
    return f"Wards by the rule for the monthly series, {len(rows)} bars. {'; '.join(words(row) for row in ends)}."


def status_months_still(rows: Sequence[StatusCount]) -> str:
    """The bars by month as SVG text: four bands from the ground up, broken where a month is missing."""
    drawing = Drawing(CHART_WIDTH, HEIGHT, "Wards by status, by month", status_alt(rows), CHART_SCALE)
    most = max(row.wards_count for row in rows)
    room = CHART_WIDTH - LEFT - RIGHT
    first, last = month_number(rows[0].month), month_number(rows[-1].month)

    def across(month: int) -> float:
        return LEFT + room * (month - first) / (last - first + 1)

    def up(value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / most

    for level in (0, most):
        drawing.add("text", f"{level:,}", x=LEFT - 8, y=up(level) + 5, text_anchor="end", class_="soft")
    for place, band in enumerate(BANDS):
        outline = "".join(
            _outline(
                [
                    (
                        across(month_number(row.month)),
                        across(month_number(row.month) + 1),
                        up(sum(row.counts[:place])),
                        up(sum(row.counts[: place + 1])),
                    )
                    for row in run
                ]
            )
            for run in runs([row for row in rows if row.counts[place]])
        )
        if outline:
            drawing.add("path", d=outline, **band.looks)
    _key(drawing)
    for row, anchor in ((rows[0], "start"), (rows[-1], "end")):
        x = across(month_number(row.month) + (row is rows[-1]))
        drawing.add("text", f"{row.month:%b %Y}", x=x, y=HEIGHT - 10, text_anchor=anchor, class_="soft")
    return drawing.text()


def _outline(bars: Sequence[tuple[float, float, float, float]]) -> str:
    """The outline of bars side by side, each its left, right, foot and head."""
    heads = "".join(f"V{head:.0f}H{right:.0f}" for _, right, _, head in bars)
    feet = "".join(f"V{foot:.0f}H{left:.0f}" for left, _, foot, _ in reversed(bars))
    return f"M{bars[0][0]:.0f},{bars[0][2]:.0f}{heads}{feet}Z"


def _key(drawing: Drawing) -> None:
    """The bands in words over a picture, two to a line in their order from the ground up, each with a swatch."""
    for place, band in enumerate(BANDS):
        x, y = LEFT + 150 * (place % 2), 8 + 20 * (place // 2)
        drawing.add("rect", x=x, y=y, width=12, height=12, **band.looks)
        drawing.add("text", band.words, x=x + 18, y=y + 11)


def runs(points: Sequence[Monthly]) -> list[list[Monthly]]:
    """The points in runs of months without a gap."""
    found: list[list[Monthly]] = []
    for point in points:
        if found and month_number(point.month) == month_number(found[-1][-1].month) + 1:
            found[-1].append(point)
        else:
            found.append([point])
    return found


def month_number(month: date) -> int:
    return month.year * 12 + month.month


def _scale(months: Sequence[date]) -> Any:
    first, last = month_number(months[0]), month_number(months[-1])
    room = CHART_WIDTH - LEFT - RIGHT

    def across(month: date) -> float:
        return LEFT + room * (month_number(month) - first) / max(1, last - first)

    return across
