"""A ward's history as a strip: what was said of it, the promise as a line, London's events marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from transparency.core.text import precise_date
from transparency.core.vocabulary import DECLARED_ON, PROMISED_ON, PROMISED_PCS, Evidence
from transparency.exhibits.svg import CHART_SCALE, CHART_WIDTH, Drawing
from transparency.wards.queries import StaffingRow

HEIGHT = 210
LEFT, RIGHT, TOP, BOTTOM = 30, 20, 46, 36
WORD_WIDTH = 90
MARKERS = {Evidence.DECLARED: "ring", Evidence.REPORTED: "unknown"}
EVENTS = (
    (PROMISED_ON, "promised"),
    (DECLARED_ON, "announced as kept"),
    (date(2022, 5, 5), "new wards"),
)


def history_svg(rows: Sequence[StaffingRow], day: date, ward_name: str) -> str:
    """Constables said to be dedicated to the ward, by date: dots on the figures, gaps left as gaps.

    Rows without a count of constables are not drawn (the table has them).
    """
    drawn = [(row, row.dedicated_pcs) for row in rows if row.dedicated_pcs is not None]
    first: date = min([PROMISED_ON, *(row.as_at for row, _ in drawn)]).replace(month=1, day=1)
    last = max(day, date(PROMISED_ON.year + 3, 1, 1))
    top_count: float = max([PROMISED_PCS + 1, *(count for _, count in drawn)])
    drawing = Drawing(CHART_WIDTH, HEIGHT, f"History of {ward_name}", history_alt(rows), CHART_SCALE)

    def x(when: date) -> float:
        share = (when - first).days / max(1, (last - first).days)
        return LEFT + share * (CHART_WIDTH - LEFT - RIGHT)

    def y(count: float) -> float:
        return HEIGHT - BOTTOM - count / top_count * (HEIGHT - TOP - BOTTOM)

    _draw_scale(drawing, x, y, first, last, top_count)
    _draw_promise(drawing, x, y, day, last)
    for row, count in drawn:
        marker = MARKERS.get(row.evidence, "met")
        drawing.add("circle", cx=x(row.as_at), cy=y(count), r=6, class_=marker, stroke_width=2.5)
    return drawing.text()


def _draw_scale(
    drawing: Drawing, x: Callable[[date], float], y: Callable[[float], float], first: date, last: date, top_count: float
) -> None:
    step = 1 if top_count <= 6 else 5
    for count in range(0, int(top_count) + 1, step):
        drawing.add("line", x1=LEFT, y1=y(count), x2=drawing.width - RIGHT, y2=y(count), class_="line", stroke_width=1)
        drawing.add("text", str(count), x=LEFT - 8, y=y(count) + 5, text_anchor="end", class_="soft")
    years = last.year - first.year + 1
    for year in range(first.year, last.year + 1, 1 if years <= 8 else 2):
        if year > first.year or first == date(year, 1, 1):
            foot = drawing.height - 12
            drawing.add("text", str(year), x=x(date(year, 1, 1)), y=foot, text_anchor="middle", class_="soft")


def _draw_promise(
    drawing: Drawing, x: Callable[[date], float], y: Callable[[float], float], day: date, last: date
) -> None:
    """The promised level as a dashed line with its words on it, and London's events up to the day."""
    drawing.add(
        "line",
        x1=x(PROMISED_ON),
        y1=y(PROMISED_PCS),
        x2=x(last),
        y2=y(PROMISED_PCS),
        class_="promise",
        stroke_width=1.5,
        stroke_dasharray="6 4",
    )
    for place, (when, word) in enumerate(event for event in EVENTS if event[0] <= day):
        is_near_edge = x(when) > drawing.width - WORD_WIDTH
        foot = drawing.height - BOTTOM
        drawing.add("line", x1=x(when), y1=TOP - 10, x2=x(when), y2=foot, class_="promise", stroke_width=1)
        drawing.add(
            "text",
            word,
            x=x(when) + (-5 if is_near_edge else 5),
            y=TOP - 30 + 17 * (place % 2),
            text_anchor="end" if is_near_edge else "start",
            class_="soft",
        )
    drawing.add(
        "text",
        "two promised by the end of 2017",
        x=x(last),
        y=y(PROMISED_PCS) - 8,
        text_anchor="end",
        class_="soft halo",
    )


def history_alt(rows: Sequence[StaffingRow]) -> str:
    """Each row in words, oldest first."""
    if not rows:
        return "Nothing has been published about this ward."
    words = []
    for row in reversed(rows):
        count = "not known" if row.dedicated_pcs is None else f"{row.dedicated_pcs:g}"
        minimum = "at least " if row.is_minimum and row.dedicated_pcs is not None else ""
        when = precise_date(row.as_at, row.as_at_precision)
        words.append(f"{when}: constables {minimum}{count}, {row.evidence.word}")
    return "; ".join(words) + ". The promise is two constables from the end of 2017."
