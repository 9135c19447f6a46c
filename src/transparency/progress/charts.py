"""Pictures of progress: points against the target and the pace needed, and bars by borough."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from transparency.core.text import capitalised, number, precise_date
from transparency.core.vocabulary import DUE_ON, PROMISED_ON, Half, KnownAs, ProgressPoint, RequiredPace
from transparency.exhibits.svg import CHART_SCALE, CHART_WIDTH, Drawing
from transparency.progress.sentences import HALF_WORDS, KNOWN_AS_WORDS, share_of

HOLLOW = (KnownAs.DERIVED, KnownAs.DECLARED)
MOST_LABELS = 5
HEIGHT, LEFT, RIGHT = 362, 56, 84
PANELS = ((Half.PCS, 40, 190), (Half.PCSOS, 248, 334))
DATE_WIDTH = 64
WIDEST_LETTER = 8.6  # of the font a browser has where the site's own is missing, as inside an image
BAR_STEP, BAR_LABEL, BAR_VALUE = 22, 206, 120


def progress_svg(points: Sequence[ProgressPoint], pace: RequiredPace | None, day: date, beside_due: str = "") -> str:
    """Share of wards with each half of the promise by date: points, the target and the pace needed.

    Published points are solid, our sums and declarations hollow, a model restated a diamond at the height of its claim;
    nothing is drawn between points. `beside_due` is written at the due date.
    """
    title = "Wards meeting each half of the promise"
    drawing = Drawing(CHART_WIDTH, HEIGHT, title, progress_alt(points), CHART_SCALE)
    last = max([DUE_ON, *(point.as_at for point in points)])
    room = CHART_WIDTH - LEFT - RIGHT

    def across(when: date) -> float:
        return LEFT + 12 + room * (when - PROMISED_ON).days / (last - PROMISED_ON).days

    for half, top, base in PANELS:

        def up(share_pct: float, top: int = top, base: int = base) -> float:
            return base - (base - top) * share_pct / 100

        drawing.add("text", capitalised(HALF_WORDS[half]), x=LEFT, y=top - 22, font_weight="600")
        for level in (0, 50, 100):
            looks = {"class_": "promise", "stroke_dasharray": "2 4"} if level == 100 else {"class_": "line"}
            drawing.add("line", x1=LEFT, y1=up(level), x2=CHART_WIDTH - 8, y2=up(level), **looks)
            drawing.add("text", f"{level}%", x=LEFT - 8, y=up(level) + 5, text_anchor="end", class_="soft")
        due = round(across(DUE_ON), 1)
        drawing.add("line", x1=due, y1=up(100), x2=due, y2=up(0), class_="line")
        if half is Half.PCS and beside_due:
            x = round(min(due + 6, CHART_WIDTH - 2 - WIDEST_LETTER * len(beside_due)), 1)
            drawing.add("text", beside_due, x=x, y=up(25), class_="soft halo")
        if half is Half.PCS and pace is not None:
            _draw_pace(drawing, pace, day, across, up)
        own = [point for point in points if point.half is half]
        for point, label in labelled(own):
            x = round(across(point.as_at), 1)
            if point.known_as is KnownAs.RESTATED:
                drawing.add("path", d=f"M{x},{up(100) - 6}l6,6l-6,6l-6,-6z", class_="ring", stroke_width=2)
                continue
            y = round(up(share_of(point)), 1)
            drawing.add("circle", cx=x, cy=y, r=5, class_="ring" if point.known_as in HOLLOW else "met", stroke_width=2)
            if label:
                above = share_of(point) > 97
                is_at_edge = x + 8 + WIDEST_LETTER * len(label) > CHART_WIDTH
                beside = {"x": CHART_WIDTH - 2, "text_anchor": "end"} if is_at_edge else {"x": x + 8}
                drawing.add("text", label, y=y - 8 if above else y + 18, class_="halo", **beside)
        if not own:
            drawing.add("text", "Not published", x=LEFT + 12, y=up(50) - 6)
    dated = [PROMISED_ON, DUE_ON, *([last] if across(last) - across(DUE_ON) >= DATE_WIDTH else [])]
    for when in dated:
        x = round(across(when), 1)
        drawing.add("text", f"{when:%b %Y}", x=x, y=HEIGHT - 8, text_anchor="middle", class_="soft")
    return drawing.text()


def _draw_pace(
    drawing: Drawing, pace: RequiredPace, day: date, across: Callable[[date], float], up: Callable[[float], float]
) -> None:
    is_open = pace.wards_to_go_count > 0 and day <= DUE_ON
    start_on = pace.latest_on if is_open else pace.start_on
    start_pct = 100 * (pace.latest_count if is_open else pace.start_count) / pace.wards_count
    x, y = across(start_on), up(start_pct)
    drawing.add(
        "line",
        x1=round(x, 1),
        y1=round(y, 1),
        x2=round(across(DUE_ON), 1),
        y2=up(100),
        class_="half",
        stroke_width=2,
        stroke_dasharray="7 5",
    )
    drawing.add("text", "dashed: pace needed", x=CHART_WIDTH - 8, y=up(100) - 22, text_anchor="end", class_="soft")


def labelled(own: Sequence[ProgressPoint]) -> list[tuple[ProgressPoint, str]]:
    """The points of one half, each with what is written beside it: of many, the first and the last only."""
    figures = [point for point in own if not point.is_bare_statement]
    shown = figures if len(figures) <= MOST_LABELS else [figures[0], figures[-1]]
    return [(point, point_label(point) if point in shown else "") for point in own]


def point_label(point: ProgressPoint) -> str:
    """What is written beside a point: the count where one was given, else the share; nothing for a bare statement."""
    if point.wards_met_count is None:
        return "" if point.is_bare_statement else f"{number(share_of(point))}%"
    about = "about " if point.known_as in (KnownAs.APPROXIMATE, KnownAs.DERIVED) else ""
    return f"{about}{number(point.wards_met_count)} of {number(point.wards_count)}"


def progress_alt(points: Sequence[ProgressPoint]) -> str:
    """Every drawn point in words."""
    said = [
        f"{precise_date(point.as_at, point.as_at_precision)}, {HALF_WORDS[point.half]}: {_share_words(point)}"
        f"{KNOWN_AS_WORDS[point.known_as]}"
        for point in points
    ]
    return "Share of wards by date against the target of every ward by 31 December 2017. " + "; ".join(said) + "."


def _share_words(point: ProgressPoint) -> str:
    return "" if point.wards_met_pct is None else f"{number(round(point.wards_met_pct))}% of wards, "


@dataclass(frozen=True)
class BoroughBar:
    """One borough's value and the words beside its bar."""

    borough_name: str
    value: float
    words: str
    is_marked: bool = False


def borough_bars_svg(bars: Sequence[BoroughBar], alt: str) -> str:
    """Horizontal bars from nought in the order given, each labelled with its value; marked ones in ink."""
    drawing = Drawing(CHART_WIDTH, BAR_STEP * len(bars) + 8, "Boroughs compared", alt, CHART_SCALE)
    longest = max((bar.value for bar in bars), default=1) or 1
    room = CHART_WIDTH - BAR_LABEL - BAR_VALUE
    for is_marked, looks in ((False, "met"), (True, "place")):
        drawn = [
            f"M{BAR_LABEL},{BAR_STEP * place + 5}h{room * bar.value / longest:.1f}v14H{BAR_LABEL}Z"
            for place, bar in enumerate(bars)
            if bar.is_marked is is_marked and bar.value
        ]
        if drawn:
            drawing.add("path", d="".join(drawn), class_=looks)
    for place, bar in enumerate(bars):
        y = BAR_STEP * place + 17
        drawing.add("text", bar.borough_name, x=BAR_LABEL - 8, y=y, text_anchor="end")
        drawing.add("text", bar.words, x=round(BAR_LABEL + room * bar.value / longest + 6, 1), y=y)
    return drawing.text()
