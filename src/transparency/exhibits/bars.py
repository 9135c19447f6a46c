"""Horizontal bars as a still picture: a few shares of one whole, labelled directly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transparency.core.text import possessive
from transparency.exhibits.exhibit import Image, Mark
from transparency.exhibits.svg import Drawing

WIDTH = 440  # drawn no smaller than three quarters on a telephone, so that words stay readable
ROW_HEIGHT = 52
VALUE_WIDTH = 130
STRIP_MARKS = 12  # in a row


@dataclass(frozen=True)
class Bar:
    """One bar: what it is of, its share of the whole or of the largest (0 to 100), its value in words, and whether
    it is declared or our own sum (drawn hollow) rather than published (drawn solid)."""

    label: str
    share_pct: float
    value: str
    is_hollow: bool = False


def bars_svg(bars: Sequence[Bar], title: str) -> str:
    """The bars under one another on a common scale from nought, each under its label."""
    drawing = Drawing(WIDTH, ROW_HEIGHT * len(bars) + 8, title, bars_alt(bars))
    room = WIDTH - VALUE_WIDTH
    for place, bar in enumerate(bars):
        top = 4 + place * ROW_HEIGHT
        drawing.add("text", bar.label, x=2, y=top + 14)
        length = max(2.0, room * bar.share_pct / 100)
        drawing.add(
            "rect",
            x=2,
            y=top + 21,
            width=length,
            height=ROW_HEIGHT - 32,
            class_="ring" if bar.is_hollow else "met",
            stroke_width=2,
        )
        drawing.add("text", bar.value, x=length + 12, y=top + 36, font_weight="600")
    return drawing.text()


def bars_alt(bars: Sequence[Bar]) -> str:
    """Each bar in words."""
    return "; ".join(f"{bar.label}: {bar.value}" for bar in bars) + "."


def ward_strip(place: str, title: str, wards: Sequence[tuple[str, Mark]]) -> Image:
    """One mark for each ward, in the order of the table beside it, from left to right and top to bottom."""
    alt = f"One mark for each of {possessive(place)} {len(wards)} wards, in the order of the table: "
    alt += "; ".join(f"{name} {mark.word}" for name, mark in wards) + "."
    step = 30
    rows = (len(wards) + STRIP_MARKS - 1) // STRIP_MARKS
    drawing = Drawing(step * min(STRIP_MARKS, max(1, len(wards))) + 4, step * max(1, rows) + 4, title, alt)
    for number, (_, mark) in enumerate(wards):
        x, y = step * (number % STRIP_MARKS) + step / 2 + 2, step * (number // STRIP_MARKS) + step / 2 + 2
        draw_mark(drawing, mark, x, y)
    return Image(drawing.text(), alt)


def draw_mark(drawing: Drawing, mark: Mark, x: float, y: float) -> None:
    """The shape of a status at a place."""
    if mark.css_class == "unknown":
        drawing.add("line", x1=x - 6, y1=y, x2=x + 6, y2=y, class_="unknown", stroke_width=2.5)
    elif mark.css_class == "short":
        corners = f"{x - 9:g},{y - 8:g} {x + 9:g},{y - 8:g} {x:g},{y + 9:g}"
        drawing.add("polygon", points=corners, class_="short", stroke_width=2.5)
    elif mark.css_class == "met":
        drawing.add("circle", cx=x, cy=y, r=9, class_="met")
    elif mark.css_class == "half":
        drawing.add("circle", cx=x, cy=y, r=9, class_="ring half-ring", stroke_width=2.5)
        drawing.add("path", d=f"M{x:g},{y - 9:g} A9,9 0 0 0 {x:g},{y + 9:g} Z", class_="half")
    elif mark.css_class == "lapsed":
        drawing.add("circle", cx=x, cy=y, r=9, class_="lapsed", stroke_width=2.5, stroke_dasharray="3 3")
    else:
        drawing.add("circle", cx=x, cy=y, r=8, class_="ring", stroke_width=2.5)
