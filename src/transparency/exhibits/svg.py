"""Small pictures as SVG text, drawn in a millisecond, that follow the reader's light or dark scheme.

A plotting library would take a hundred times as long for a row of marks and fixes its colours when it draws;
these pictures carry what they use of the palette as a style sheet with both schemes (docs/adr/0020).
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from markupsafe import escape as escape_attribute

from transparency.core.text import without_control_characters

# Charts are drawn this wide: a telephone 360 pixels wide has 328 for them, where their text is 10 pixels high. Where
# there is room they are shown larger, so that it is as large as the text around it.
CHART_WIDTH, CHART_SCALE = 450, 1.2
# One of few words is drawn narrower: its text is 12 pixels high on that telephone.
NARROW_WIDTH = 380

STYLE = (
    "text{font-family:'Source Sans','Source Sans 3',system-ui,sans-serif;fill:#1b1f24;font-size:14px}"
    ".label{font-size:17px}.large{font-size:22px}.soft{fill:#4a5057}.line{stroke:#d5d9de}.ink{stroke:#1b1f24}"
    ".met{fill:#003c79;stroke:#003c79}.ring{fill:none;stroke:#0b6fc0}.short{fill:none;stroke:#8c0f07}"
    ".half{fill:#e16900;stroke:#e16900}.half-ring{stroke:#e16900}.lapsed{fill:none;stroke:#341122}"
    ".unknown{fill:none;stroke:#6d6f74}.mark{fill:#003c79}.promise{stroke:#4a5057}"
    ".place{fill:#1b1f24;stroke:#ffffff}.place-hollow{fill:#ffffff;stroke:#1b1f24}"
    ".ground{fill:#e3e7ec}.faint{fill:#b3bac3}.before{fill:#8b9097}"
    ".halo{stroke:#ffffff;stroke-width:4px;stroke-linejoin:round;paint-order:stroke}"
    "@media (prefers-color-scheme:dark){text{fill:#e8ebef}.soft{fill:#b4bac2}.line{stroke:#2f3742}"
    ".ink{stroke:#e8ebef}.met{fill:#4aacff;stroke:#4aacff}.ring{stroke:#4aacff}.short{stroke:#e8776a}"
    ".half{fill:#ffab16;stroke:#ffab16}.half-ring{stroke:#ffab16}.lapsed{stroke:#f2d9ef}"
    ".unknown{stroke:#8f95a0}.mark{fill:#4aacff}.promise{stroke:#b4bac2}"
    ".place{fill:#e8ebef;stroke:#11161d}.place-hollow{fill:#11161d;stroke:#e8ebef}.halo{stroke:#11161d}"
    ".ground{fill:#2a323d}.faint{fill:#4b5663}.before{fill:#8f95a0}}"
)

_RULE = re.compile(r"\.([\w-]+)\{[^}]*\}")


class Drawing:
    """An SVG of a fixed size in user units, with a title and a description for those who cannot see it; shown `scale`
    times as large where there is room.

    On paper it is light: the typesetter reads the classes and ignores the dark scheme.
    """

    def __init__(self, width: float, height: float, title: str, description: str, scale: float = 1) -> None:
        self.width, self.height = width, height
        self._scale, self._title, self._description = scale, title, description
        self._shapes: list[str] = []
        self._used: set[str] = set()

    def add(self, tag: str, text: str | None = None, **attributes: str | float) -> None:
        """One shape; `class_` and names with underscores are written as SVG spells them."""
        self._used.update(str(attributes.get("class_", "")).split())
        spelt = "".join(
            f' {name.rstrip("_").replace("_", "-")}="{_written(value)}"' for name, value in attributes.items()
        )
        self._shapes.append(f"<{tag}{spelt} />" if not text else f"<{tag}{spelt}>{escape(text)}</{tag}>")

    def text(self) -> str:
        """The drawing as XML that is well formed, whatever a name holds, with the rules of the classes it uses."""
        width, height, scale = self.width, self.height, self._scale
        style = _RULE.sub(lambda rule: rule[0] if rule[1] in self._used else "", STYLE)
        return without_control_characters(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
            f'width="{scale * width:g}" height="{scale * height:g}" role="img">'
            f"<title>{escape(self._title)}</title><desc>{escape(self._description)}</desc><style>{style}</style>"
            f"{''.join(self._shapes)}</svg>"
        )


def _written(value: str | float) -> str:
    return str(escape_attribute(value)) if isinstance(value, str) else f"{value:g}"
