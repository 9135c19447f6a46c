"""Then and now as a still picture: for each place a ring where it was, a dot where it is, and the line between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transparency.core.text import number
from transparency.exhibits.exhibit import Image
from transparency.exhibits.svg import CHART_SCALE, CHART_WIDTH, Drawing

ROW_HEIGHT, TOP = 42, 30
# Room for the number beside the ring, and for that beside the dot.
LEFT, RIGHT = 34, 74


@dataclass(frozen=True)
class Then:
    """One place: its name, what it belongs to, what was measured then and what is now."""

    name: str
    of: str
    then: float
    now: float


def dumbbell(title: str, then: str, now: str, rows: Sequence[Then], unit: str) -> Image:
    """The rows on one scale from nought; `then` and `now` are the days in words."""
    alt = f"{title}, {then} and {now}: "
    alt += "; ".join(f"{row.name} {_value(row.then)} and {_value(row.now)} {unit}" for row in rows) + "."
    most = max(max(row.then, row.now) for row in rows)
    drawing = Drawing(CHART_WIDTH, TOP + ROW_HEIGHT * len(rows), title, alt, CHART_SCALE)

    def at(value: float) -> float:
        return LEFT + value / most * (CHART_WIDTH - LEFT - RIGHT)

    _key(drawing, then, now)
    for place, row in enumerate(rows):
        top = TOP + place * ROW_HEIGHT
        y = top + 27
        drawing.add("text", f"{row.name}, {row.of}", x=0, y=top + 14)
        drawing.add("line", x1=at(row.then), y1=y, x2=at(row.now), y2=y, class_="promise", stroke_width=2)
        drawing.add("circle", cx=at(row.then), cy=y, r=6, class_="place-hollow", stroke_width=2)
        drawing.add("circle", cx=at(row.now), cy=y, r=7, class_="place")
        drawing.add("text", _value(row.then), x=at(row.then) - 10, y=y + 5, text_anchor="end", class_="soft")
        drawing.add("text", f"{_value(row.now)} {unit}", x=at(row.now) + 11, y=y + 5, font_weight="600")
    return Image(drawing.text(), alt)


def _key(drawing: Drawing, then: str, now: str) -> None:
    drawing.add("circle", cx=8, cy=11, r=6, class_="place-hollow", stroke_width=2)
    drawing.add("text", then, x=20, y=16)
    middle = 40 + 8 * len(then)
    drawing.add("circle", cx=middle, cy=11, r=7, class_="place")
    drawing.add("text", now, x=middle + 12, y=16)


def _value(value: float) -> str:
    return number(round(value, 1))
