"""The interactive charts once more as still pictures, for plain pages and paper: SVG text of a few kilobytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from transparency.core.text import capitalised
from transparency.core.vocabulary import DUE_ON, PROMISED_ON, Half, ProgressPoint, RequiredPace
from transparency.exhibits.svg import CHART_SCALE, CHART_WIDTH, Drawing
from transparency.progress.charts import HOLLOW, BoroughBar, labelled, progress_alt
from transparency.progress.sentences import HALF_WORDS

HEIGHT, LEFT, RIGHT = 362, 56, 84
PANELS = ((Half.PCS, 40, 190), (Half.PCSOS, 248, 334))
DATE_WIDTH = 64
BAR_STEP, BAR_LABEL, BAR_VALUE = 22, 206, 120


def progress_still(points: Sequence[ProgressPoint], pace: RequiredPace | None, day: date) -> str:
    """Per cent of wards with each half of the promise by date: points, the target and the pace needed."""
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
            drawing.add("text", f"{level} %", x=LEFT - 8, y=up(level) + 5, text_anchor="end", class_="soft")
        due = round(across(DUE_ON), 1)
        drawing.add("line", x1=due, y1=up(100), x2=due, y2=up(0), class_="line")
        if half is Half.PCS and pace is not None:
            _draw_pace(drawing, pace, day, across, up)
        own = [point for point in points if point.half is half]
        for point, label in labelled(own):
            x, y = round(across(point.as_at), 1), round(up(point.wards_met_pct), 1)
            drawing.add("circle", cx=x, cy=y, r=5, class_="ring" if point.known_as in HOLLOW else "met", stroke_width=2)
            if label:
                above = point.wards_met_pct > 97
                drawing.add("text", label, x=x + 8, y=y - 8 if above else y + 18, class_="halo")
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


def borough_bars_still(bars: Sequence[BoroughBar], alt: str) -> str:
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
