"""Sentences on recorded crime."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from transparency.core.text import listed, number, precise_date
from transparency.core.vocabulary import Precision
from transparency.crime.queries import BoroughCrime, CrimeGroup, LondonCrime, WardCrime
from transparency.exhibits.exhibit import Source

SYSTEM_UNTIL = date(2024, 2, 29)
FRAUD = "Fraud is left out."
RESIDENTS = "Residents are those of the Census of 2021 (Office for National Statistics)."
LOCKDOWNS = ", a year with lockdowns"
CAVEAT = "Recorded crime is one measure of demand, of our choosing: not the measure by which officers are placed."
CENTRE = "In central wards most offences are against visitors, so a rate per resident misleads there."
JOINT = (
    "The Met changed its recording system at the end of February 2024; years before and after are not fully comparable."
)
COPY = "Read from a public copy; the link leads to the original."
BY_WARDS_OF_2022 = "Recorded crime is published by the wards drawn in 2022, for the years before them too"
QUARTER_WORDS = {1: "lowest", 2: "second lowest", 3: "second highest", 4: "highest"}
QUARTERS = {
    1: "the quarter of London's wards with the fewest",
    2: "the second lowest quarter of London's wards",
    3: "the second highest quarter of London's wards",
    4: "the quarter of London's wards with the most",
}


def month_words(day: date) -> str:
    return precise_date(day, Precision.MONTH)


def recorded(year_ending: date, offences: int, place: str) -> str:
    return f"In the year to {month_words(year_ending)}, {number(offences)} offences were recorded in {place}"


def ward_sentence(crime: WardCrime) -> str:
    """How many offences were recorded in the twelve months, and where that stands among London's wards."""
    said = recorded(crime.year_ending, crime.offences, crime.ward_name)
    return f"{said}. It is in {QUARTERS[crime.quarter_of_wards]}."


def missing_sentence(ward_name: str) -> str:
    """That twelve months of a ward are not on this site, which holds crime of others or of earlier months."""
    return f"Recorded crime of {ward_name} in the last twelve months is not on this site."


def more_sentence(crime: WardCrime) -> str:
    """The rate beside the borough's and London's, and the changes, each where it can be given."""
    rate = _rate(crime)
    return " ".join(filter(None, (rate, CENTRE if rate else "", _changes(crime))))


def _rate(crime: WardCrime) -> str:
    if crime.offences_per_1000 is None:
        return ""
    others = (
        (crime.borough_name, crime.borough_offences_per_1000),
        ("London's middle ward", crime.london_median_per_1000),
    )
    beside = listed([f"{name} {number(round(rate))}" for name, rate in others if rate is not None])
    that_is = f"{people} people live here, so that is" if (people := _unlike_its_rate(crime)) else "That is"
    return f"{that_is} {number(round(crime.offences_per_1000))} per 1,000 residents of 2021: {beside}."


def _unlike_its_rate(crime: WardCrime) -> str:
    """Why a ward is among those with the fewest offences and above the middle by its rate, or the other way round."""
    rate, middle = crime.offences_per_1000, crime.london_median_per_1000
    if rate is None or middle is None:
        return ""
    if crime.quarter_of_wards == 1 and rate > middle:
        return "Few"
    return "Many" if crime.quarter_of_wards == 4 and rate < middle else ""


def _changes(crime: WardCrime) -> str:
    changes = (
        (crime.change_on_year_before_percent, f"in the year before{LOCKDOWNS * bool(crime.year_before_has_lockdowns)}"),
        (crime.change_on_year_of_promise_percent, "in the year of the promise, to February 2017"),
    )
    given = [f"{_change(percent)} than {when}" for percent, when in changes if percent is not None]
    return f"There were {', and '.join(given)}." if given else ""


def _change(percent: float) -> str:
    if round(percent) == 0:
        return "less than 1% more or fewer"
    return f"{abs(percent):.0f}% {'more' if percent > 0 else 'fewer'}"


def group_words(group: CrimeGroup) -> str:
    return group.offence_group.replace("_", " ")


def groups_sentence(ward_name: str, largest: CrimeGroup) -> str:
    return (
        f"The largest group of offences in {ward_name} was {group_words(largest)}: {number(largest.offences)} in the "
        f"year to {month_words(largest.year_ending)}."
    )


def borough_sentence(crime: BoroughCrime) -> str:
    """The borough's total, or that it is not known, and how many of its wards have most."""
    total = (
        f"Offences are not known for every ward of {crime.borough_name} in the year to {month_words(crime.year_ending)}"
        if crime.offences is None
        else recorded(crime.year_ending, crime.offences, crime.borough_name)
    )
    most = crime.wards_in_highest_quarter_count
    are = "is" if most == 1 else "are"
    return f"{total}. {number(most)} of the {crime.wards_count} wards of 2022 {are} in {QUARTERS[4]}."


def london_sentence(london: LondonCrime) -> str:
    """What was recorded in all wards, and how far they lie apart per 1,000 residents."""
    rates = (london.lower_quartile_per_1000, london.median_per_1000, london.upper_quartile_per_1000)
    lower, middle, upper = (number(round(rate)) for rate in rates)
    return (
        f"{recorded(london.year_ending, london.offences, f'{number(london.wards_count)} wards')}. The middle ward had "
        f"{middle} per 1,000 residents of 2021; a quarter of wards had fewer than {lower}, a quarter more than {upper}."
    )


def copy_words(sources: Sequence[Source]) -> str:
    """That a copy was read; nothing of the publisher's own file."""
    return COPY if any("(copy" in source.publisher for source in sources) else ""


def note(sources: Sequence[Source], crosses_systems: bool) -> str:
    """The caveats of an exhibit, the joint where it shows both systems."""
    return " ".join(filter(None, (JOINT if crosses_systems else "", FRAUD, RESIDENTS, CAVEAT, copy_words(sources))))
