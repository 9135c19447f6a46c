"""Sentences on recorded crime."""

from __future__ import annotations

from transparency.core.text import number, precise_date
from transparency.core.vocabulary import Precision
from transparency.crime.queries import WardCrime

CAVEAT = (
    "Fraud is left out. Recorded crime is one measure of demand, of our choosing: not the measure by which officers "
    "are placed. In central wards most offences are against visitors, so a rate per resident misleads there."
)
JOINT = (
    "The Met changed its recording system at the end of February 2024; years before and after are not fully comparable."
)
COPY = "Read from a public copy; the publisher's own file is at the address of the source."
_QUARTERS = {
    1: "among the quarter of London's wards with the fewest offences",
    2: "in the lower half of London's wards",
    3: "in the upper half of London's wards",
    4: "among the quarter of London's wards with the most offences",
}


def year_sentence(ward_name: str, crime: WardCrime) -> str:
    """How many offences were recorded in the twelve months, and where that stands among London's wards."""
    year = precise_date(crime.year_ending, Precision.MONTH)
    recorded = f"In the year to {year} {number(crime.offences)} offences were recorded in {ward_name}"
    return f"{recorded}: {_QUARTERS[crime.quarter_of_wards]}."


def more_sentences(crime: WardCrime) -> tuple[str, ...]:
    """The rate, and the changes on the year before and on the year of the promise, each where it can be given."""
    said = []
    if crime.offences_per_1000 is not None:
        said.append(f"That is {number(round(crime.offences_per_1000))} per 1,000 residents of 2021.")
    changes = (
        (crime.change_on_year_before_percent, "in the year before"),
        (crime.change_on_year_of_promise_percent, "in the year to February 2017, the year of the promise"),
    )
    given = [f"{_change(percent)} than {when}" for percent, when in changes if percent is not None]
    if given:
        said.append(f"It is {', and '.join(given)}.")
    crosses = (crime.year_before_crosses_systems, crime.year_of_promise_crosses_systems)
    if any(is_crossing and percent is not None for is_crossing, (percent, _) in zip(crosses, changes, strict=True)):
        said.append(JOINT)
    return tuple(said)


def _change(percent: float) -> str:
    if round(percent) == 0:
        return "less than 1 % more or fewer"
    return f"{abs(percent):.0f} % {'more' if percent > 0 else 'fewer'}"
