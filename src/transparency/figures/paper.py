"""The interactive charts once more as still pictures, for plain pages and paper: SVG by Matplotlib.

The pictures are drawn on white in both schemes, as print would be. The text stays text, and the bytes depend on
nothing but what is drawn.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

import matplotlib as mpl
from matplotlib.dates import DateFormatter
from matplotlib.figure import Figure

from transparency.figures.progress import HOLLOW, BoroughBar, labelled, progress_alt
from transparency.figures.theme import LIGHT
from transparency.model import DUE_ON, PROMISED_ON, Half, ProgressPoint, RequiredPace
from transparency.wording import capitalised
from transparency.wording_progress import HALF_WORDS

WIDTH_INCHES = 7.5
SETTINGS = {
    "svg.fonttype": "none",
    "svg.hashsalt": "transparency",
    "font.family": "sans-serif",
    "font.size": 10,
    "axes.edgecolor": LIGHT.line,
    "axes.labelcolor": LIGHT.ink_2,
    "xtick.color": LIGHT.ink_2,
    "ytick.color": LIGHT.ink_2,
    "text.color": LIGHT.ink,
}


def progress_still(points: Sequence[ProgressPoint], pace: RequiredPace | None, day: date) -> str:
    """Per cent of wards with two constables by date: points, the target and the pace needed, as SVG text."""
    with mpl.rc_context(SETTINGS):
        figure = Figure(figsize=(WIDTH_INCHES, 4.6), layout="constrained")
        panels = figure.subplots(2, 1, sharex=True, gridspec_kw={"height_ratios": [3, 2]})
        last = max([DUE_ON, *(point.as_at for point in points)])
        for panel, half in zip(panels, (Half.PCS, Half.PCSOS), strict=True):
            own = [point for point in points if point.half is half]
            panel.set_title(capitalised(HALF_WORDS[half]), loc="left", fontsize=10, fontweight="bold")
            panel.axhline(100, color=LIGHT.ink_2, linestyle=":", linewidth=1.2)
            panel.axvline(DUE_ON, color=LIGHT.line, linewidth=1.2)
            for point, label in labelled(own):
                fill = "white" if point.known_as in HOLLOW else LIGHT.met
                panel.plot(
                    [point.as_at], [point.wards_met_pct], "o", markersize=7, color=LIGHT.met, markerfacecolor=fill
                )
                panel.annotate(label, (point.as_at, point.wards_met_pct), (7, -13), textcoords="offset points")
            if not own:
                panel.text(PROMISED_ON, 50, "Not published")
            panel.set_ylim(0, 112)
            panel.set_yticks([0, 50, 100], ["0 %", "50 %", "100 %"])
            panel.spines[["top", "right"]].set_visible(False)
        if pace is not None:
            _draw_pace(panels[0], pace, day)
        panels[1].set_xlim(PROMISED_ON - (last - PROMISED_ON) * 0.04, last + (last - PROMISED_ON) * 0.2)
        panels[1].xaxis.set_major_formatter(DateFormatter("%b %Y"))
        return _svg(figure, "Wards meeting each half of the promise", progress_alt(points))


def _draw_pace(panel: Any, pace: RequiredPace, day: date) -> None:
    is_open = pace.wards_to_go_count > 0 and day <= DUE_ON
    start_on = pace.latest_on if is_open else pace.start_on
    start_pct = 100 * (pace.latest_count if is_open else pace.start_count) / pace.wards_count
    panel.plot([start_on, DUE_ON], [start_pct, 100], linestyle="--", color=LIGHT.half, linewidth=1.5)
    panel.annotate("pace needed", (start_on, start_pct), (50, 8), textcoords="offset points", color=LIGHT.ink_2)


def borough_bars_still(bars: Sequence[BoroughBar], alt: str) -> str:
    """Horizontal bars from nought in the order given, each labelled with its value, as SVG text."""
    with mpl.rc_context(SETTINGS):
        figure = Figure(figsize=(WIDTH_INCHES, 0.6 + 0.24 * len(bars)), layout="constrained")
        panel = figure.subplots()
        drawn = panel.barh(
            range(len(bars)),
            [bar.value for bar in bars],
            color=[LIGHT.ink if bar.is_marked else LIGHT.met for bar in bars],
            height=0.7,
        )
        panel.bar_label(drawn, [bar.words for bar in bars], padding=4)
        panel.set_yticks(range(len(bars)), [bar.borough_name for bar in bars])
        panel.invert_yaxis()
        panel.margins(x=0.25, y=0.01)
        panel.xaxis.set_visible(False)
        panel.spines[["top", "right", "bottom"]].set_visible(False)
        return _svg(figure, "Boroughs compared", alt)


def _svg(figure: Figure, title: str, description: str) -> str:
    """The figure as one svg element that scales to its room, with its title and description."""
    written = io.StringIO()
    figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    text = written.getvalue()
    text = text[text.index("<svg") :]
    head, _, rest = text.partition(">")
    head = re.sub(r' (?:width|height)="[^"]*"', "", head)
    return f'{head} role="img"><title>{escape(title)}</title><desc>{escape(description)}</desc>{rest}'
