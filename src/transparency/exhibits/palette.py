"""The palette of the site, light and dark.

Status colours were chosen so that any two differ in normal and colour-blind vision and each has at least 3:1
against its background; a symbol and a word always go with them.
"""

from __future__ import annotations

from dataclasses import dataclass


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

# The marks of charts that can be acted on: one colour for both schemes, each at least 3:1 against both pages. Text,
# lines and what stands beside the pointer have the colours of the framework's theme.
ON_BOTH = {"met": "#0f7fd8", "half": "#d96500", "short": "#d05d45", "unknown": "#767b83"}


def palette(name: str | None) -> Palette:
    """The palette of a scheme; light where none is known."""
    return DARK if name == "dark" else LIGHT
