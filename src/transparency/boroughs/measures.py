"""What London's boroughs are compared on: each measure declared once, and read on a day.

Whatever walks `MEASURES` has them all: the switch of the page, its headline, picture and table, the plain page that has
every measure, and the cards of one borough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from transparency.boroughs.queries import counters_between, counters_together, londons_people_per_ward, people_per_ward
from transparency.core.text import distance, full_date, number, precise_date
from transparency.core.vocabulary import BEFORE_CONSULTATION, FIRST_SITE_DAY, LONDON_CODE, Precision
from transparency.counters.queries import counter_distances, counter_totals
from transparency.counters.sentences import open_words
from transparency.crime import sentences as crime
from transparency.crime.queries import BoroughCrime, LondonCrime, boroughs_crime, crime_sources, london_crime, month_end
from transparency.exhibits.exhibit import Source
from transparency.months import elsewhere, officers
from transparency.months.elsewhere import elsewhere_source, elsewhere_years
from transparency.months.officers import officers_by_place
from transparency.months.queries import (
    PlaceKind,
    borough_measure_month,
    find_place,
    places_in_month,
    strength_month,
    time_months,
)
from transparency.months.sentences import FTE_CAVEAT, RULE, SHARE_CAVEAT, fte, month_name
from transparency.months.time import DATASET_PAGE, monthly_source
from transparency.places.queries import all_boroughs
from transparency.published.queries import series_source
from transparency.published.sentences import edition_note
from transparency.store.store import Store, memoised
from transparency.survey import sentences as survey
from transparency.survey.queries import KNOWS, newest_attitudes, survey_source

AT_NIGHT_BEFORE = date(2017, 12, 31)  # when each borough was to have a counter open 24 hours
PROMISED_A_WARD = 3
SITE_LIST = Source("This site", "List of sites and their dated events, each with its own source", "/counters")
REGISTERS = {
    2015: Source("Greater London Authority", "Wards, positions and projected population (2014 and 2018 sets)", None),
    2021: Source(
        "Office for National Statistics", "Wards December 2022 and Census 2021", "https://geoportal.statistics.gov.uk/"
    ),
}
NOT_KNOWN = "not known"
KM = " km"


@dataclass(frozen=True)
class Known:
    """A borough, or London, on a measure: its value and the value in words, or in words why there is none.

    Between `value` and `at_most` where it is not known exactly; `before` is what it was.
    """

    borough_code: str
    borough_name: str
    value: float | None
    words: str
    at_most: float | None = None
    before: float | None = None
    before_at_most: float | None = None
    before_words: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether it, and what it was, is one number."""
        return self.at_most in (None, self.value) and self.before_at_most in (None, self.before)

    def is_certainly_more_than(self, other: Known) -> bool:
        """Whether it is more however the two lie in their ranges."""
        if self.value is None or other.value is None:
            return False
        return self.value > (other.value if other.at_most is None else other.at_most)


@dataclass(frozen=True)
class Reading:
    """A measure on a day: when its values are of and what they were before, each borough in order, London beside."""

    when: str
    boroughs: tuple[Known, ...]
    sources: tuple[Source, ...]
    note: str
    before_when: str = ""
    london: Known | None = None


@dataclass(frozen=True)
class Measure:
    """A measure: what the switch and the table call it, its unit, the sentence of one value, and how it is read.

    `{}` in `sentence` is the value. An estimate is not exact: no borough is named as having most of it. `promised` is
    marked on its scale; `addition` is said of all boroughs in place of London's value.
    """

    label: str
    caption: str
    unit: str
    sentence: str
    read: Callable[[Store, date], Reading | None]
    is_estimate: bool = False
    is_past: bool = False
    addition: str = ""
    promised: float | None = None
    is_between: bool = False


def _in_order(store: Store, known: Mapping[str, Known], most_first: bool = True) -> tuple[Known, ...]:
    """Every borough, the largest value first, those of the same value by name, those without one last."""
    every = (known.get(each.borough_code) or _missing(each) for each in all_boroughs(store))
    sign = -1 if most_first else 1
    return tuple(sorted(every, key=lambda each: (each.value is None, sign * (each.value or 0), each.borough_name)))


def _missing(place: Any) -> Known:
    return Known(place.borough_code, place.borough_name, None, NOT_KNOWN)


# ---------------------------------------------------------------- counters


def _counters(store: Store, day: date) -> Reading | None:
    """Counters open, those who lost most first."""
    if day < FIRST_SITE_DAY or counter_totals(store, day) is None:
        return None
    has_before = day > BEFORE_CONSULTATION
    rows = counters_between(store, _earlier(day), day)
    rows.sort(key=lambda row: (-row["counters_lost_at_least_count"], row["counters_open_at_most_count"]))
    boroughs = tuple(_counted(row, has_before) for row in rows)
    return Reading(
        full_date(day),
        boroughs,
        (SITE_LIST,),
        "A counter that closed is not a station that closed. Of some only the month or year is known in which they "
        "closed or opened: there the count lies between two numbers.",
        _month(BEFORE_CONSULTATION) if has_before else "",
        replace(counters_of(store, day, boroughs), borough_code=LONDON_CODE, borough_name="London"),
    )


def counters_of(store: Store, day: date, boroughs: Iterable[Known]) -> Known:
    """The counters of some boroughs together, and what they were; it has no name."""
    row = counters_together(store, [each.borough_code for each in boroughs], _earlier(day), day)
    return _counted({"borough_code": "", "borough_name": "", **row}, day > BEFORE_CONSULTATION)


def _earlier(day: date) -> date:
    """The day that counters are compared with."""
    return min(day, BEFORE_CONSULTATION)


def _counted(row: dict[str, Any], has_before: bool) -> Known:
    least, most = row["counters_open_count"], row["counters_open_at_most_count"]
    before, before_most = row["earlier_counters_open_count"], row["earlier_counters_open_at_most_count"]
    name, code = row["borough_name"], row["borough_code"]
    if least is None:
        return Known(code, name, None, NOT_KNOWN)
    words = open_words(least, most)
    if not has_before or before is None:
        return Known(code, name, least, words, most)
    return Known(code, name, least, words, most, before, before_most, open_words(before, before_most))


def _month(day: date) -> str:
    return precise_date(day, Precision.MONTH)


def _distances(store: Store, day: date, before: date, column: str) -> Reading | None:
    """The middle ward's distance, farthest first, and the same wards' on the earlier day."""
    if day < FIRST_SITE_DAY:
        return None
    has_before = day > before
    known = {}
    for row in counters_between(store, before if has_before else day, day):
        metres, earlier = row[column], row[f"earlier_{column}"] if has_before else None
        if metres is None:
            continue
        known[row["borough_code"]] = Known(
            row["borough_code"],
            row["borough_name"],
            metres / 1000,
            distance(metres),
            before=None if earlier is None else earlier / 1000,
            before_words="" if earlier is None else distance(earlier),
        )
    if not known:
        return None
    metres = next(row[column] for row in counter_distances(store, day) if row["geography_code"] == LONDON_CODE)
    london = None if metres is None else Known(LONDON_CODE, "London", metres / 1000, distance(metres))
    return Reading(
        full_date(day),
        _in_order(store, known),
        (SITE_LIST,),
        "Distances are from the middle of each ward in a straight line, whatever lies between. Half of a borough's "
        "wards are nearer than its middle ward, half farther. Both days are measured from the wards of the later day. "
        "A borough whose redrawn wards have no position on this site has no distance.",
        _month(before) if has_before else "",
        london,
    )


def _nearest(store: Store, day: date) -> Reading | None:
    return _distances(store, day, BEFORE_CONSULTATION, "counter_distance_m")


def _at_night(store: Store, day: date) -> Reading | None:
    """None where of some borough it is not known whether a counter is open 24 hours."""
    totals = counter_totals(store, day)
    if totals is None or totals.boroughs_24_7_not_known_count:
        return None
    reading = _distances(store, day, AT_NIGHT_BEFORE, "counter_24_7_distance_m")
    told = "Where no source gives a counter's own hours they are inferred, in 2017 from what each borough was promised."
    return reading and replace(reading, note=f"{reading.note} {told}")


# ---------------------------------------------------------------- the series


def _officers(store: Store, day: date) -> Reading | None:
    by_place = officers_by_place(store, day)
    known = {
        code: Known(
            code,
            "",
            each.fte_per_ward,
            f"no figure: {each.why_blank}" if each.fte_per_ward is None else fte(each.fte_per_ward),
        )
        for code, each in by_place.items()
    }
    source = series_source(store, officers.DATASET, by_place[LONDON_CODE].month_to) if LONDON_CODE in by_place else None
    if source is None:
        return None
    return Reading(
        by_place[LONDON_CODE].months,
        _in_order(store, _named(store, known)),
        (source,),
        f"{officers.CAVEAT} {edition_note(source, DATASET_PAGE)}",
        london=replace(known[LONDON_CODE], borough_name="London"),
    )


def _named(store: Store, known: Mapping[str, Known]) -> dict[str, Known]:
    names = {each.borough_code: each.borough_name for each in all_boroughs(store)}
    return {code: replace(known[code], borough_name=name) for code, name in names.items() if code in known}


def _with_officers(store: Store, day: date) -> Reading | None:
    """The share of wards known to have their officers in the newest month, and those that may have."""
    newest = strength_month(store, day)
    if newest is None:
        return None
    known = {}
    for row in borough_measure_month(store, "promise", newest.month):
        least, most = row["wards_met_at_least_pct"], row["wards_met_at_most_pct"]
        words = f"{number(row['wards_met_count'])} of {number(row['wards_count'])}"
        known[row["borough_code"]] = Known(
            row["borough_code"], row["borough_name"], least, "not published" if least is None else words, most
        )
    source = monthly_source(store.is_demonstration, newest.month)
    note = f"{RULE} {FTE_CAVEAT} Two boroughs differ only where their ranges do not meet."
    london = known.get(LONDON_CODE)
    return Reading(month_name(newest.month), _in_order(store, known), (source,), note, london=london)


def _elsewhere(store: Store, day: date) -> Reading | None:
    """The newest whole year of London in the older edition; without it the newest month of the workbook."""
    years = elsewhere_years(store, day)
    newest = next((each for each in reversed(years.get(LONDON_CODE, ())) if each.is_whole), None)
    source = elsewhere_source(store, newest.last_month) if newest else None
    if newest is None or source is None:
        return _elsewhere_month(store, day)
    known = {
        code: Known(code, "", each.elsewhere_percent, elsewhere.percent_words(each.elsewhere_percent))
        for code, of_place in years.items()
        for each in of_place
        if each.year == newest.year
    }
    return Reading(
        newest.words,
        _in_order(store, _named(store, known)),
        (source,),
        f"{elsewhere.CAVEAT} {edition_note(source, DATASET_PAGE)}",
        london=replace(known[LONDON_CODE], borough_name="London"),
    )


def _elsewhere_month(store: Store, day: date) -> Reading | None:
    recorded = time_months(store, find_place(store, LONDON_CODE), day)
    if not recorded:
        return None
    month = recorded[-1].month
    places = (*places_in_month(store, PlaceKind.BOROUGH, month), *places_in_month(store, PlaceKind.LONDON, month))
    known = {
        each.place_code: Known(
            each.place_code,
            each.place_name,
            each.abstraction_pct,
            "not published" if each.abstraction_pct is None else f"{each.abstraction_pct:.1f}%",
        )
        for each in places
    }
    source = monthly_source(store.is_demonstration, month)
    london = known.get(LONDON_CODE)
    return Reading(month_name(month), _in_order(store, known), (source,), SHARE_CAVEAT, london=london)


def _known(store: Store, day: date) -> Reading | None:
    asked = {code: each[KNOWS] for code, each in newest_attitudes(store, day).items() if KNOWS in each}
    source = survey_source(store, asked[LONDON_CODE].quarter_end) if LONDON_CODE in asked else None
    if source is None:
        return None
    known = {
        code: Known(
            code,
            "",
            each.percent,
            f"{each.percent}%",
            before=each.promised_percent,
            before_words="" if each.promised_percent is None else f"{each.promised_percent}%",
        )
        for code, each in asked.items()
    }
    london = asked[LONDON_CODE]
    promised = london.promised_quarter_end
    return Reading(
        survey.quarter_words(london),
        _in_order(store, _named(store, known)),
        (source,),
        f"{survey.CAVEAT} {edition_note(source, survey.ORIGINAL)}",
        f"the quarter to {_month(promised)}" if promised else "",
        replace(known[LONDON_CODE], borough_name="London"),
    )


# ---------------------------------------------------------------- crime and people


def _crime(store: Store, day: date) -> Reading | None:
    ended = month_end(day)
    london = london_crime(store, ended)
    if london is None:
        return None
    known = {
        each.borough_code: Known(each.borough_code, each.borough_name, each.offences_per_1000, _rate(each))
        for each in boroughs_crime(store, ended)
    }
    sources = crime_sources(store, london.year_ending)
    note = f"{crime.CENTRE} {crime.note(sources, london.crosses_systems)}"
    whole = Known(LONDON_CODE, "London", london.offences_per_1000, _rate(london))
    when = f"the year to {crime.month_words(london.year_ending)}"
    return Reading(when, _in_order(store, known), sources, note, london=whole)


def _rate(each: BoroughCrime | LondonCrime) -> str:
    return NOT_KNOWN if each.offences_per_1000 is None else number(round(each.offences_per_1000))


def _people(store: Store, day: date) -> Reading | None:
    rows = [row for row in people_per_ward(store, day) if row["population_per_ward_count"] is not None]
    years = sorted({row["population_year"] for row in rows})
    if not years:
        return None
    known = {
        row["borough_code"]: Known(
            row["borough_code"],
            row["borough_name"],
            row["population_per_ward_count"],
            number(round(row["population_per_ward_count"])),
        )
        for row in rows
    }
    is_census = years == [2021]
    basis = "Census of 2021" if is_census else f"{years[-1]}, a projection"
    note = "Every ward was promised the same, whatever the number of people in it." + (
        "" if is_census else " In boroughs redrawn in 2014 it is an estimate."
    )
    sources = tuple(REGISTERS[year] for year in years if year in REGISTERS)
    mean = londons_people_per_ward(store, day)
    london = Known(LONDON_CODE, "London", mean, NOT_KNOWN if mean is None else number(round(mean)))
    return Reading(basis, _in_order(store, known), sources, note, london=london)


MEASURES = {
    "counters": Measure("Counters lost", "Counters open", "counters", "{} open", _counters),
    "distance": Measure(
        "Distance",
        "Middle ward's distance to the nearest counter",
        KM,
        "the middle ward is {} from a counter",
        _nearest,
    ),
    "night": Measure(
        "At night",
        "Middle ward's distance to the nearest counter open 24 hours",
        KM,
        "the middle ward is {} from a counter open at night",
        _at_night,
    ),
    "wards": Measure(
        "Wards with officers",
        "Share of wards with two constables and a PCSO",
        "%",
        "{} wards had their officers",
        _with_officers,
        is_between=True,
    ),
    "officers": Measure(
        "Officers per ward",
        "Ward officers per ward, full-time equivalents",
        "",
        "a ward has {} officers on average",
        _officers,
        promised=PROMISED_A_WARD,
    ),
    "elsewhere": Measure(
        "Time elsewhere",
        "Share of ward officers' recorded time spent elsewhere",
        "%",
        "{} of recorded time was spent elsewhere",
        _elsewhere,
        is_past=True,
    ),
    "known": Measure(
        "Know their officer",
        "People asked who know how to contact their ward officer",
        "%",
        "{} of people asked knew how to contact their ward officer",
        _known,
        is_estimate=True,
        is_past=True,
    ),
    "crime": Measure(
        "Crime per 1,000",
        "Recorded offences per 1,000 residents",
        "",
        "{} offences were recorded per 1,000 residents",
        _crime,
        is_past=True,
        addition="Visitors raise it in the centre.",
    ),
    "people": Measure("People per ward", "People per ward", "", "a ward has {} people on average", _people),
}


@memoised
def reading(store: Store, name: str, day: date) -> Reading | None:
    """A measure on a day; None where nothing of it is known."""
    return MEASURES[name].read(store, day)


def known_measures(store: Store, day: date) -> dict[str, str]:
    """The measures of which something is known on a day, with what the switch calls them."""
    return {name: each.label for name, each in MEASURES.items() if reading(store, name, day) is not None}


def of_boroughs(read: Reading, codes: Iterable[str]) -> tuple[Known, ...]:
    """The boroughs chosen, in the order of the measure; all where none is chosen."""
    asked = set(codes)
    return tuple(each for each in read.boroughs if not asked or each.borough_code in asked)
