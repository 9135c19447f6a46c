"""One look for every chart: the palette of the site, light and dark, and a Plotly template of it.

Status colours were chosen so that any two differ in normal and colour-blind vision and each has at least 3:1
against its background; a symbol and a word always go with them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache, cached_property
from typing import Any

import plotly.graph_objects as go

FONT = "'Source Sans', 'Source Sans 3', system-ui, sans-serif"
FONT_SIZE = 14


@dataclass(frozen=True)
class Palette:
    """The colours of one scheme. `declared` and `half` are for marks only, never for text."""

    name: str
    page: str
    panel: str
    ink: str
    ink_2: str
    line: str
    accent: str
    met: str
    declared: str
    half: str
    short: str
    lapsed: str
    unknown: str


LIGHT = Palette(
    name="light",
    page="#ffffff",
    panel="#f5f6f7",
    ink="#1b1f24",
    ink_2="#4a5057",
    line="#d5d9de",
    accent="#003c79",
    met="#003c79",
    declared="#0d90ee",
    half="#e16900",
    short="#8c0f07",
    lapsed="#341122",
    unknown="#6d6f74",
)
DARK = Palette(
    name="dark",
    page="#11161d",
    panel="#1a2028",
    ink="#e8ebef",
    ink_2="#b4bac2",
    line="#2f3742",
    accent="#4aacff",
    met="#4aacff",
    declared="#0b60d6",
    half="#ffab16",
    short="#d05d45",
    lapsed="#f2d9ef",
    unknown="#8f95a0",
)


class KeptFigure(go.Figure):  # type: ignore[misc]
    """A Plotly figure that is written out once: it is handed over at each run and never changes once it is made."""

    @cached_property
    def _written(self) -> dict[str, Any]:
        return dict(super().to_dict())

    def to_dict(self) -> dict[str, Any]:
        """The figure as plain values. Each caller has a layout of its own, in which Plotly itself cuts the template."""
        return {**self._written, "layout": dict(self._written["layout"])}


def palette(name: str | None) -> Palette:
    """The palette of a scheme; light where none is known."""
    return DARK if name == "dark" else LIGHT


@cache
def template(colours: Palette) -> Any:
    """The Plotly template of a palette: horizontal text, few lines, nothing that moves or zooms by accident."""
    axis = {
        "color": colours.ink_2,
        "gridcolor": colours.line,
        "linecolor": colours.line,
        "zerolinecolor": colours.line,
        "tickfont": {"color": colours.ink_2, "size": FONT_SIZE},
        "title": {"font": {"color": colours.ink_2, "size": FONT_SIZE}},
        "tickangle": 0,
        "fixedrange": True,
        "automargin": True,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": FONT_SIZE, "color": colours.ink},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": [colours.met, colours.half, colours.unknown, colours.declared],
            "xaxis": {**axis, "showgrid": False},
            "yaxis": axis,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "hovermode": False,
            "dragmode": False,
            "legend": {
                "orientation": "h",
                "x": 0,
                "y": 1.02,
                "yanchor": "bottom",
                "font": {"color": colours.ink, "size": FONT_SIZE},
                "itemclick": False,
                "itemdoubleclick": False,
            },
            "uniformtext": {"minsize": FONT_SIZE, "mode": "show"},
        }
    )


def chart_css() -> str:
    """A sheet under which a chart that is already drawn follows a change between light and dark.

    Plotly writes each colour into the chart; the sheet names the colours of both schemes and gives the one that fits.
    """
    rules: dict[str, None] = {}
    for light, dark in zip(asdict(LIGHT).values(), asdict(DARK).values(), strict=True):
        if light.startswith("#"):
            for painted in ("fill", "stroke"):
                drawn = ",".join(f'[style*="{painted}: {colour}"]' for colour in (_rgb(light), _rgb(dark)))
                rule = f"{{ {painted}: light-dark({light}, {dark}) !important }}"
                rules[f".js-plotly-plot :is({drawn}) {rule}\n"] = None
    return "".join(rules)


def _rgb(colour: str) -> str:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"
