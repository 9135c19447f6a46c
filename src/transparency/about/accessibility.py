"""What the accessibility statement says: when it was made, and every limit of the framework that is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

STATEMENT_PREPARED_ON = date(2026, 11, 25)
STATEMENT_REVIEWED_ON = date(2026, 11, 25)


class LimitState(StrEnum):
    """What became of a limit of the framework here."""

    OPEN = "open"
    MENDED = "mended"
    AVOIDED = "avoided"


@dataclass(frozen=True)
class FrameworkLimit:
    """Something the framework (Streamlit 1.67) does not do well, and what this site does about it."""

    limit: str
    state: LimitState
    instead: str


FRAMEWORK_LIMITS: tuple[FrameworkLimit, ...] = (
    FrameworkLimit(
        "Without JavaScript the dashboard shows nothing.",
        LimitState.OPEN,
        "Every page has a plain twin that needs none; the empty dashboard leads there.",
    ),
    FrameworkLimit(
        "A page has no footer that assistive technology can jump to.",
        LimitState.OPEN,
        "Source, version, licence and help stand last on each page; the plain pages have a real footer.",
    ),
    FrameworkLimit(
        "Charts and maps are drawn on a canvas or as graphics whose parts cannot be read out or reached one by one.",
        LimitState.OPEN,
        "Each has a sentence before it and a table of the same rows below it; every place of a map is in a list.",
    ),
    FrameworkLimit(
        "The alternative text of a chart is a name for it, not a description of its parts.",
        LimitState.MENDED,
        "The name says what the chart shows; the headline and the table hold the content.",
    ),
    FrameworkLimit(
        "Moving a map needs dragging or the keyboard inside it.",
        LimitState.OPEN,
        "Nothing on a map is only there: the lists and the choices beside it need no dragging.",
    ),
    FrameworkLimit(
        "When a choice is changed the page is made again, and a screen reader is not told what changed.",
        LimitState.OPEN,
        "Every choice is also an address; the plain page of it is complete.",
    ),
    FrameworkLimit(
        "The focus is lost when a part of the page is replaced.",
        LimitState.MENDED,
        "Every control, chart and map keeps its own fixed key.",
    ),
    FrameworkLimit(
        "Its table grid is drawn on a canvas: no cell can be read out or printed.",
        LimitState.AVOIDED,
        "It is not used; tables are HTML with caption and headers.",
    ),
    FrameworkLimit(
        "Its simple table has no caption and no row headers.",
        LimitState.AVOIDED,
        "It is not used; tables are HTML with caption and headers.",
    ),
    FrameworkLimit(
        "Its captions have a contrast of 3.89 to 1, below the 4.5 to 1 asked for.",
        LimitState.AVOIDED,
        "They are not used; sources and dates stand in a darker ink.",
    ),
    FrameworkLimit(
        "Its help icons are 16 pixels wide, below the 24 asked for.",
        LimitState.AVOIDED,
        "They are not used; explanations stand as text.",
    ),
    FrameworkLimit(
        "Its own chart colours include tints with less than 3 to 1 against the page.",
        LimitState.MENDED,
        "Charts use this site's colours, chosen to differ for every kind of colour vision.",
    ),
    FrameworkLimit(
        "Each chart adds about seven stops for the keyboard by its row of buttons.",
        LimitState.MENDED,
        "The row of buttons is switched off.",
    ),
    FrameworkLimit(
        "The single keys r and c act at once.",
        LimitState.MENDED,
        "Both do nothing here.",
    ),
    FrameworkLimit(
        "The page calls itself Streamlit until its script has run, and is marked as American English.",
        LimitState.MENDED,
        "Each address has its own title, description and language from its first byte.",
    ),
    FrameworkLimit(
        "An unknown address opens a dialog and shows another page.",
        LimitState.MENDED,
        "It is answered by a page that says so.",
    ),
    FrameworkLimit(
        "On paper, folded parts and other tabs are missing.",
        LimitState.OPEN,
        "The plain page prints whole; a ward has a hand-out of one side, a tagged PDF.",
    ),
)
