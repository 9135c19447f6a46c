"""Two years of a ward's strength in one strip: a column each month, filled where it has what was promised."""

from __future__ import annotations

from collections.abc import Sequence

from transparency.core.text import listed
from transparency.core.vocabulary import PROMISED_PCS, PROMISED_PCSOS, HalfStatus
from transparency.exhibits.exhibit import Image
from transparency.exhibits.svg import CHART_WIDTH, Drawing
from transparency.months.charts import month_number
from transparency.months.measures import WardMonth

MONTHS, LEFT, ROW, TOP = 24, 118, 34, 4
STEP = (CHART_WIDTH - LEFT) / MONTHS
HALVES = (
    ("Constables", "constable_fte", "constable_status", PROMISED_PCS),
    ("PCSO", "pcso_fte", "pcso_status", PROMISED_PCSOS),
)
LOOKS = {HalfStatus.MET: "met", HalfStatus.SHORT: "short"}


def strip_image(months: Sequence[WardMonth]) -> Image | None:
    """The 24 months to the newest; None where none of them has a figure. A month without a figure stays empty."""
    newest = month_number(months[-1].month) if months else 0
    shown = {month_number(each.month) - newest + MONTHS - 1: each for each in months}
    shown = {place: each for place, each in shown.items() if place >= 0}
    if all(getattr(each, column) is None for each in shown.values() for _, column, _, _ in HALVES):
        return None
    alt = _alt(list(shown.values()))
    drawing = Drawing(CHART_WIDTH, TOP + 2 * ROW + 20, "Strength by month against the promise", alt)
    for row, (label, column, status, promised) in enumerate(HALVES):
        foot = TOP + ROW * (row + 1) - 4
        room = (ROW - 8) / 1.5
        drawing.add("text", label, x=0, y=foot - 6, class_="label")
        drawing.add("line", x1=LEFT, y1=foot, x2=CHART_WIDTH, y2=foot, class_="line")
        for place, each in sorted(shown.items()):
            value = getattr(each, column)
            if value is not None:
                height = max(1.5, room * min(1.5, value / promised))
                drawing.add(
                    "rect", x=round(LEFT + STEP * place + 2, 1), y=round(foot - height, 1), width=round(STEP - 4, 1),
                    height=round(height, 1), class_=LOOKS.get(getattr(each, status), "unknown"), stroke_width=1.5,
                )  # fmt: skip
        line = foot - room
        drawing.add("line", x1=LEFT, y1=line, x2=CHART_WIDTH, y2=line, class_="promise", stroke_dasharray="2 4")
    last = months[-1].month
    first = last.replace(year=last.year - 2 + (last.month == 12), month=last.month % 12 + 1)
    for month, x, anchor in ((first, LEFT, "start"), (last, CHART_WIDTH, "end")):
        drawing.add("text", f"{month:%b %Y}", x=x, y=TOP + 2 * ROW + 15, text_anchor=anchor, class_="soft label")
    return Image(drawing.text(), alt)


def _alt(months: Sequence[WardMonth]) -> str:
    """How many of the 24 months have what was promised, how many fewer, and of how many it is not known."""
    said = []
    for label, _, status, promised in HALVES:
        statuses = [getattr(each, status) for each in months]
        met, short = statuses.count(HalfStatus.MET), statuses.count(HalfStatus.SHORT)
        counts = [f"{met} with {promised} or more", f"{short} with fewer", f"{MONTHS - met - short} not known"]
        said.append(f"{label}: {listed(counts)}")
    return f"{MONTHS} months to {months[-1].month:%B %Y}. {'. '.join(said)}."
