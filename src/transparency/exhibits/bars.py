"""Horizontal bars as a still picture: a few shares of one whole, labelled directly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transparency.exhibits.svg import Drawing

WIDTH = 440  # drawn no smaller than three quarters on a telephone, so that words stay readable
ROW_HEIGHT = 52
VALUE_WIDTH = 130


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
