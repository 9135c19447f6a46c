"""The promise's figures for London as a timeline that goes on to the day, through the years without one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from transparency.core.text import capitalised, precise_date
from transparency.core.vocabulary import PROMISED_ON, Precision
from transparency.exhibits.exhibit import Image
from transparency.exhibits.svg import CHART_SCALE, CHART_WIDTH, Drawing
from transparency.published.sentences import is_announced, share_words

HEIGHT, LEFT, RIGHT, TOP, BASE = 232, 50, 12, 34, 200
BAND = 36  # the room below the years for the months with figures by ward
SILENCE_DAYS = 5 * 365  # long enough to be written beside the last figure
WIDEST_LETTER = 8.6  # of the font a browser has inside an image


def promise_timeline(
    rows: Sequence[dict[str, Any]], day: date, monthly: tuple[date, date] | None, is_monthly_here: bool
) -> Image:
    """London's figures (rows of `promise_milestones`) up to the day: solid published, hollow announced or our own sum.

    `monthly`: from when to when the Met has figures by ward, None while none was published. They are not drawn, so a
    band stands for them below the years, on no scale; `is_monthly_here`: whether they are on this site.
    """
    span = max(1, (day - PROMISED_ON).days)
    is_silent = (day - rows[-1]["as_at"]).days > SILENCE_DAYS and not is_monthly_here
    alt = "Wards with two constables. " + " ".join(f"{capitalised(_label(row))}." for row in rows)
    alt += " Then no figure for London." * is_silent
    if monthly is not None:
        since = precise_date(monthly[0], Precision.MONTH)
        alt += f" Monthly figures by ward are published from {since} on"
        alt += "." if is_monthly_here else ", but are not on this site."
    height = HEIGHT + (BAND if monthly else 0)
    drawing = Drawing(CHART_WIDTH, height, "Wards with two constables since the promise", alt, CHART_SCALE)

    def across(on: date) -> int:
        return round(LEFT + 8 + (CHART_WIDTH - LEFT - RIGHT - 8) * (on - PROMISED_ON).days / span)

    def up(share_pct: float) -> int:
        return round(BASE - (BASE - TOP) * share_pct / 100)

    for level in (0, 50, 100):
        drawing.add("line", x1=LEFT, y1=up(level), x2=CHART_WIDTH - RIGHT, y2=up(level), class_="line")
        drawing.add("text", f"{level}%", x=LEFT - 6, y=up(level) + 5, text_anchor="end", class_="soft")
    for year in range(PROMISED_ON.year + 1, day.year + 1, 3 if span > 2000 else 1):
        x = across(date(year, 1, 1))
        drawing.add("text", str(year), x=x, y=HEIGHT - 8, text_anchor="middle", class_="soft")
    for row in rows:
        x, y = across(row["as_at"]), up(row["share_pct"])
        is_hollow = row["kind"] == "derived" or is_announced(row)
        drawing.add("circle", cx=x, cy=y, r=5, class_="ring" if is_hollow else "met", stroke_width=2)
        label = _label(row)
        is_at_edge = x + 10 + WIDEST_LETTER * len(label) > CHART_WIDTH
        beside = {"x": x - 10, "text_anchor": "end"} if is_at_edge else {"x": x + 10}
        drawing.add("text", label, y=y - 10 if row["share_pct"] > 97 else y + 5, class_="halo", **beside)
    if monthly is not None:
        start, end = (across(on) for on in monthly)
        drawing.add("rect", x=start, y=HEIGHT, width=end - start, height=10, class_="unknown", stroke_dasharray="4 3")
        words = f"Monthly figures by ward{'' if is_monthly_here else ': not on this site'}"
        drawing.add("text", words, x=CHART_WIDTH - RIGHT, y=height - 8, text_anchor="end", class_="soft")
    if is_silent:
        drawing.add(
            "text",
            "Then no figure for London",
            x=across(rows[-1]["as_at"]) + 10,
            y=up(rows[-1]["share_pct"]) + 24,
            class_="soft",
        )
    return Image(drawing.text(), alt)


def _label(row: dict[str, Any]) -> str:
    """About 100 of 629, July 2016."""
    said = " announced" if is_announced(row) else ""
    is_year = row["as_at_precision"] == Precision.YEAR
    when = precise_date(row["as_at"], Precision.YEAR if is_year else Precision.MONTH)
    return f"{share_words(row)}{said}, {when}"
