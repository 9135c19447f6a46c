"""One value beside those of its neighbours: a line each, over a band that the middle half of London's wards lies in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transparency.exhibits.exhibit import Image
from transparency.exhibits.svg import CHART_SCALE, NARROW_WIDTH, Drawing

ROW, LEFT, RIGHT, HEAD, GAP = 25, 162, 44, 22, 12


@dataclass(frozen=True)
class Line:
    """A value with its words."""

    label: str
    value: float
    words: str


@dataclass(frozen=True)
class Group:
    """Lines on one axis from nought under a heading, over a band from its least to its greatest value; what was
    promised is dotted."""

    heading: str
    lines: tuple[Line, ...]
    promised: float | None = None
    band: tuple[float, float] | None = None


def beside_image(title: str, groups: Sequence[Group]) -> Image:
    """Each group's first value filled and the others hollow."""
    alt = f"{title}. {' '.join(_said(group) for group in groups)}"
    height = sum(HEAD + ROW * len(group.lines) + GAP for group in groups) - GAP
    drawing = Drawing(NARROW_WIDTH, height, title, alt, CHART_SCALE)
    top = 0
    for group in groups:
        _draw(drawing, group, top)
        top += HEAD + ROW * len(group.lines) + GAP
    return Image(drawing.text(), alt)


def _draw(drawing: Drawing, group: Group, top: float) -> None:
    most = 1.05 * max(group.promised or 0, *(group.band or ()), *(line.value for line in group.lines))
    foot = top + HEAD + ROW * len(group.lines)

    def across(value: float) -> float:
        return round(LEFT + (NARROW_WIDTH - LEFT - RIGHT) * value / (most or 1), 1)

    drawing.add("text", group.heading, x=0, y=top + 15, font_weight="600")
    if group.band:
        low, high = (across(end) for end in group.band)
        drawing.add("rect", x=low, y=top + HEAD, width=high - low, height=foot - top - HEAD, class_="ground")
    if group.promised:
        x = across(group.promised)
        drawing.add("line", x1=x, y1=top + HEAD, x2=x, y2=foot, class_="promise", stroke_dasharray="2 4")
        drawing.add("text", "promised", x=x, y=top + 15, text_anchor="middle", class_="soft")
    for place, line in enumerate(group.lines):
        y = top + HEAD + ROW * place + ROW / 2
        drawing.add("text", line.label, x=0, y=y + 5)
        drawing.add("line", x1=LEFT, y1=y, x2=NARROW_WIDTH - RIGHT, y2=y, class_="line")
        drawing.add(
            "circle", cx=across(line.value), cy=y, r=5 if place else 6, class_="place-hollow" if place else "met"
        )
        drawing.add("text", line.words, x=NARROW_WIDTH - RIGHT + 10, y=y + 5, font_weight="600")


def _said(group: Group) -> str:
    lines = "; ".join(f"{line.label} {line.words}" for line in group.lines)
    band = f"; the middle half of London's wards {group.band[0]:.1f} to {group.band[1]:.1f}" if group.band else ""
    return f"{group.heading}: {lines}{band}."
