"""Rows of a picture: a value on a scale that all rows share, or dots that are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from transparency.exhibits.exhibit import Image
from transparency.exhibits.svg import Drawing

WIDTH, HEIGHT, EDGE = 300, 24, 8
DOT, STEP = 7, 19
MOST_STEPS = 5


@dataclass(frozen=True)
class Scale:
    """A scale from nought in even steps; `marks` are drawn across all rows."""

    step: float
    steps: int
    marks: tuple[float, ...] = ()

    @property
    def top(self) -> float:
        return self.step * self.steps

    def across(self, value: float) -> float:
        """Where a value stands in a row."""
        return round(EDGE + (WIDTH - 2 * EDGE) * value / self.top, 1)

    def labels(self, unit: str) -> tuple[str, ...]:
        """The steps in words, the last one with the unit."""
        return tuple(f"{self.step * each:,g}{unit * (each == self.steps)}" for each in range(self.steps + 1))


def scale_to(greatest: float, marks: Sequence[float] = ()) -> Scale:
    """A scale of at most five even steps up to at least the greatest value."""
    greatest = max(greatest, *marks, 1e-9)
    power = 10.0 ** floor(log10(greatest / MOST_STEPS))
    step = next(each * power for each in (1, 2, 5, 10) if greatest / (each * power) <= MOST_STEPS)
    return Scale(step, ceil(greatest / step), tuple(marks))


def value_row(
    name: str,
    alt: str,
    scale: Scale,
    value: float,
    before: float | None = None,
    at_most: float | None = None,
    others: Sequence[float] = (),
) -> Image:
    """A dot at the value; a small grey one at what it was, thin ones for others behind it; a bar from the least to
    the most where it lies between two."""
    drawing = _row(name, alt, scale)
    for other in others:
        drawing.add("circle", cx=scale.across(other), cy=HEIGHT / 2, r=2.5, class_="faint")
    if at_most is not None and at_most > value:
        left, right = scale.across(value), scale.across(at_most)
        drawing.add("rect", x=EDGE, y=7, width=left - EDGE, height=HEIGHT - 14, class_="met")
        drawing.add("rect", x=left, y=7, width=right - left, height=HEIGHT - 14, class_="ring")
        return Image(drawing.text(), alt)
    if before is not None:
        drawing.add("circle", cx=scale.across(before), cy=HEIGHT / 2, r=4.5, class_="before")
    drawing.add("circle", cx=scale.across(value), cy=HEIGHT / 2, r=6, class_="met")
    return Image(drawing.text(), alt)


def _row(name: str, alt: str, scale: Scale) -> Drawing:
    drawing = Drawing(WIDTH, HEIGHT, name, alt)
    drawing.add("line", x1=EDGE, y1=HEIGHT / 2, x2=WIDTH - EDGE, y2=HEIGHT / 2, class_="line")
    for mark in scale.marks:
        drawing.add(
            "line", x1=scale.across(mark), y1=0, x2=scale.across(mark), y2=HEIGHT, class_="ink", stroke_dasharray="3 3"
        )
    return drawing


def counted_row(name: str, alt: str, open_count: int, at_most: int, before: int) -> Image:
    """A dot for each that is there, a dotted ring for each that may be, a ring for each that was and is no more."""
    drawing = Drawing(WIDTH, HEIGHT, name, alt)
    for place in range(max(before, at_most)):
        x = EDGE + DOT + STEP * place
        if place < open_count:
            drawing.add("circle", cx=x, cy=HEIGHT / 2, r=DOT, class_="met")
        elif place < at_most:
            drawing.add("circle", cx=x, cy=HEIGHT / 2, r=DOT - 1, class_="unknown", stroke_dasharray="2 2")
        else:
            drawing.add("circle", cx=x, cy=HEIGHT / 2, r=DOT - 1, class_="unknown", stroke_width=2)
    return Image(drawing.text(), alt)
