"""Horizontal bars as a still picture: a few shares of one whole, labelled directly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transparency.figures.svg import Drawing

WIDTH = 720
ROW_HEIGHT = 40
LABEL_WIDTH = 160
VALUE_WIDTH = 170


@dataclass(frozen=True)
class Bar:
    """One bar: what it is of, its share of the whole (0 to 100), its value in words, and whether it is declared
    or our own sum (drawn hollow) rather than published (drawn solid)."""

    label: str
    share_pct: float
    value: str
    is_hollow: bool


def bars_svg(bars: Sequence[Bar], title: str) -> str:
    """The bars under one another on a common scale from nought to a hundred per cent."""
    drawing = Drawing(WIDTH, ROW_HEIGHT * len(bars) + 8, title, bars_alt(bars))
    room = WIDTH - LABEL_WIDTH - VALUE_WIDTH
    for place, bar in enumerate(bars):
        top = 4 + place * ROW_HEIGHT
        drawing.add("text", bar.label, x=LABEL_WIDTH - 12, y=top + 25, text_anchor="end")
        length = max(2.0, room * bar.share_pct / 100)
        drawing.add(
            "rect",
            x=LABEL_WIDTH,
            y=top + 7,
            width=length,
            height=ROW_HEIGHT - 16,
            class_="ring" if bar.is_hollow else "met",
            stroke_width=2,
        )
        drawing.add("text", bar.value, x=LABEL_WIDTH + length + 10, y=top + 25, font_weight="600")
    return drawing.text()


def bars_alt(bars: Sequence[Bar]) -> str:
    """Each bar in words."""
    return "; ".join(f"{bar.label}: {bar.value}" for bar in bars) + "."
