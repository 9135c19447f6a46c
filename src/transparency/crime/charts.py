"""The years of recorded crime as a still picture, its line broken where the recording system changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from transparency.core.text import number
from transparency.crime.queries import CrimeYear
from transparency.crime.sentences import SYSTEM_UNTIL, month_words
from transparency.exhibits.exhibit import Image
from transparency.exhibits.svg import CHART_SCALE, NARROW_WIDTH, Drawing

HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 160, 60, 20, 34, 30


def years_image(years: Sequence[CrimeYear], ward_name: str) -> Image:
    """Each twelve months as a dot from nought up, joined within one recording system; hollow where it is of both."""
    alt = years_alt(years)
    drawing = Drawing(NARROW_WIDTH, HEIGHT, f"Recorded offences in {ward_name}", alt, CHART_SCALE)
    first, last = years[0].year_ending, years[-1].year_ending
    most = max(1, *(year.offences for year in years))

    def x(day: date) -> float:
        return round(LEFT + (NARROW_WIDTH - LEFT - RIGHT) * (day - first).days / max(1, (last - first).days), 1)

    def y(offences: int) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * offences / most, 1)

    for level in (0, most):
        drawing.add("line", x1=LEFT, y1=y(level), x2=NARROW_WIDTH - RIGHT, y2=y(level), class_="line")
        drawing.add("text", number(level), x=LEFT - 8, y=y(level) + 5, text_anchor="end", class_="soft")
    if first <= SYSTEM_UNTIL < last:
        joint = x(SYSTEM_UNTIL)
        drawing.add("line", x1=joint, y1=TOP - 8, x2=joint, y2=y(0), class_="promise", stroke_dasharray="4 4")
        drawing.add("text", "new system since March 2024", x=joint, y=16, text_anchor="end", class_="soft")
    for year, after in pairwise(years):
        if is_joined(year, after):
            drawing.add(
                "line",
                x1=x(year.year_ending),
                y1=y(year.offences),
                x2=x(after.year_ending),
                y2=y(after.offences),
                class_="met",
                stroke_width=2,
            )
    for year in years:
        marker = "place-hollow" if year.crosses_systems else "met"
        drawing.add("circle", cx=x(year.year_ending), cy=y(year.offences), r=4, class_=marker)
    for year, anchor in ((years[0], "start"), (years[-1], "end")):
        words = month_words(year.year_ending)
        drawing.add("text", words, x=x(year.year_ending), y=HEIGHT - 8, text_anchor=anchor, class_="soft")
    return Image(drawing.text(), alt)


def is_joined(year: CrimeYear, after: CrimeYear) -> bool:
    """Whether two years follow one another and are both of one recording system."""
    is_next = after.year_ending.year == year.year_ending.year + 1
    is_one_system = (year.year_ending <= SYSTEM_UNTIL) == (after.year_ending <= SYSTEM_UNTIL)
    return is_next and is_one_system and not (year.crosses_systems or after.crosses_systems)


def years_alt(years: Sequence[CrimeYear]) -> str:
    """Each year in words, oldest first."""
    said = "; ".join(f"{month_words(year.year_ending)} {number(year.offences)}" for year in years)
    joint = " The line is broken where the recording system changed, at the end of February 2024."
    is_broken = years[0].year_ending <= SYSTEM_UNTIL < years[-1].year_ending
    return f"Offences in the twelve months to {said}.{joint if is_broken else ''}"
