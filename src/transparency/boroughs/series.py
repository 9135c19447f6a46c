"""The three series by borough: a borough against London in sentences, and all boroughs side by side without a rank."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from transparency.boroughs.queries import chosen
from transparency.core.days import period_end
from transparency.core.vocabulary import LONDON_CODE, Precision
from transparency.exhibits.addresses import borough_address
from transparency.exhibits.exhibit import Column, Exhibit, Image, Link, Said, Source, table
from transparency.exhibits.files import one_of, published_as
from transparency.exhibits.html import render
from transparency.months import elsewhere, officers
from transparency.months.elsewhere import ElsewhereYear, elsewhere_source, elsewhere_years
from transparency.months.officers import Officers, officers_by_place, officers_sentence
from transparency.months.sentences import fte
from transparency.months.time import DATASET_PAGE
from transparency.places.arguments import some_boroughs
from transparency.places.queries import all_boroughs, find_borough
from transparency.progress.charts import BoroughBar, borough_bars_svg
from transparency.published.queries import series_source
from transparency.published.sentences import edition_note
from transparency.store.store import Store
from transparency.survey import sentences as survey
from transparency.survey.queries import KNOWS, Attitude, newest_attitudes, survey_source

A_YEAR = timedelta(days=366)
NOT_RANKED = "By name, with no rank."


@dataclass(frozen=True)
class PlaceSeries:
    """What the three series say of a borough or London on a day, each part None or empty where nothing is known."""

    officers: Officers | None
    elsewhere: tuple[ElsewhereYear, ...]
    survey: tuple[Attitude, ...]
    lines: tuple[str, ...]
    limits: tuple[str, ...]
    sources: tuple[Source, ...]


def place_series(store: Store, day: date, code: str = LONDON_CODE) -> PlaceSeries:
    """The three series of a borough, London beside, or of London."""
    name = "London" if code == LONDON_CODE else find_borough(store, code).borough_name
    strength, years, attitudes = (
        officers_by_place(store, day),
        elsewhere_years(store, day),
        newest_attitudes(store, day),
    )
    own, own_years, own_attitudes = strength.get(code), years.get(code, ()), attitudes.get(code, {})
    lines, limits, sources = [], [], []
    if own is not None:
        lines.append(_last_known(officers_sentence(name, own, strength.get(LONDON_CODE)), own.month_to, day))
        limits.append(officers.limits(strength[LONDON_CODE]))
        sources.append(series_source(store, officers.DATASET, own.month_to))
    if own_years:
        london = None if code == LONDON_CODE else years[LONDON_CODE][-1]
        lines.append(_last_known(elsewhere.years_sentence(name, own_years, london), _end(own_years[-1]), day))
        limits.append(elsewhere.LIMITS)
        sources.append(elsewhere_source(store, own_years[-1].last_month))
    if KNOWS in own_attitudes:
        beside = None if code == LONDON_CODE else attitudes[LONDON_CODE].get(KNOWS)
        knows = own_attitudes[KNOWS]
        lines.append(_last_known(survey.known_sentence(name, knows, beside), knows.quarter_end, day))
        limits.append(survey.LIMITS)
        sources.append(survey_source(store, knows.quarter_end))
    found = tuple(filter(None, sources))
    return PlaceSeries(own, own_years, tuple(own_attitudes.values()), tuple(lines), tuple(limits), found)


def _end(year: ElsewhereYear) -> date:
    return period_end(year.last_month, Precision.MONTH)


def _last_known(sentence: str, end: date, day: date) -> str:
    """The sentence, said to be the last known where it is of over twelve months before."""
    return f"Last known: {sentence}" if day - end > A_YEAR else sentence


def lines_html(series: PlaceSeries, heading: str, more: Link, level: int) -> Markup:
    """What the series say as a section with the way to more; nothing without any."""
    if not series.lines:
        return Markup()
    html = render("series_lines.html", series=series, heading=heading, more=more, level=level)
    return Markup(html)  # noqa: S704 - rendered by our escaping template


# ---------------------------------------------------------------- side by side


@dataclass(frozen=True)
class Compared:
    """One borough's value on a measure, or London's; None with the words in its place."""

    borough_code: str
    borough_name: str
    value: float | None
    words: str


@dataclass(frozen=True)
class Measure:
    """A measure boroughs are set side by side on: its words, unit, caveat, and how its values are found on a day.

    An estimate is not exact: no borough is named for its value. `of_day` gives the values and their words by code,
    when they are of, and their source.
    """

    words: str
    unit: str
    caveat: str
    original: str
    is_exact: bool
    of_day: Callable[[Store, date], tuple[dict[str, tuple[float | None, str]], str, Source | None]]


def _officers(store: Store, day: date) -> tuple[dict[str, tuple[float | None, str]], str, Source | None]:
    known = officers_by_place(store, day)
    if LONDON_CODE not in known:
        return {}, "", None
    values = {
        code: (each.fte_per_ward, each.blank_because or "" if each.fte_per_ward is None else fte(each.fte_per_ward))
        for code, each in known.items()
    }
    london = known[LONDON_CODE]
    return values, london.months, series_source(store, officers.DATASET, london.month_to)


def _elsewhere(store: Store, day: date) -> tuple[dict[str, tuple[float | None, str]], str, Source | None]:
    """The newest whole year of London."""
    years = elsewhere_years(store, day)
    newest = next((each for each in reversed(years.get(LONDON_CODE, ())) if each.is_whole), None)
    if newest is None:
        return {}, "", None
    values = {
        code: (each.elsewhere_percent, elsewhere.percent_words(each.elsewhere_percent))
        for code, of_place in years.items()
        for each in of_place
        if each.year == newest.year
    }
    return values, newest.words, elsewhere_source(store, newest.last_month)


def _known(store: Store, day: date) -> tuple[dict[str, tuple[float | None, str]], str, Source | None]:
    asked = {code: each[KNOWS] for code, each in newest_attitudes(store, day).items() if KNOWS in each}
    if LONDON_CODE not in asked:
        return {}, "", None
    values: dict[str, tuple[float | None, str]] = {
        code: (each.percent, f"{each.percent}%") for code, each in asked.items()
    }
    london = asked[LONDON_CODE]
    return values, survey.quarter_words(london), survey_source(store, london.quarter_end)


MEASURES = {
    "officers": Measure(
        "Ward officers a ward", "full-time equivalents", officers.CAVEAT, DATASET_PAGE, True, _officers
    ),
    "elsewhere": Measure(
        "Recorded time spent elsewhere", "% of hours", elsewhere.CAVEAT, DATASET_PAGE, True, _elsewhere
    ),
    "known": Measure(
        "People asked who know how to contact their ward officer",
        "%",
        survey.CAVEAT,
        survey.ORIGINAL,
        False,
        _known,
    ),
}


@published_as("boroughs-series", measure=one_of("measure", MEASURES), boroughs=some_boroughs())
def series_exhibit(store: Store, day: date, measure: str, codes: tuple[str, ...] = ()) -> Exhibit | None:
    """Every borough on one measure by name, London last; None where nothing of it is known on the day."""
    told = MEASURES[measure]
    values, when, source = told.of_day(store, day)
    if source is None:
        return None
    places = [{"borough_code": each.borough_code, "borough_name": each.borough_name} for each in all_boroughs(store)]
    named = [*chosen(places, codes), {"borough_code": LONDON_CODE, "borough_name": "London"}]
    rows = [
        Compared(each["borough_code"], each["borough_name"], *values.get(each["borough_code"], (None, "")))
        for each in named
    ]
    bars = [BoroughBar(each.borough_name, each.value, each.words) for each in rows if each.value is not None]
    alt = f"Bars by borough, {told.words.lower()}: {'; '.join(f'{bar.borough_name} {bar.words}' for bar in bars)}."
    return Exhibit(
        key=f"series-{measure}",
        headline=_headline(told, when, rows),
        subtitle=f"{told.words}, {when}; {told.unit}. {NOT_RANKED}",
        picture=Image(borough_bars_svg(bars, alt), alt),
        table=table(
            f"{told.words} by borough, {when}",
            (
                Column("borough_name", "Borough", cell=lambda each: _link(each, day)),
                Column("value", told.words, True, lambda it: None if it.value is None else Said(it.words, it.value)),
                Column("why_not", "Why not", cell=lambda each: each.words if each.value is None else "–"),
            ),
            rows,
            missing="not published",
        ),
        sources=(source,),
        note=f"{told.caveat} {edition_note(source, told.original)}",
    )


def _link(each: Compared, day: date) -> Link | str:
    if each.borough_code == LONDON_CODE:
        return each.borough_name
    return Link(each.borough_name, borough_address(each.borough_code, day))


def _headline(measure: Measure, when: str, rows: Sequence[Compared]) -> str:
    """The ends of the boroughs' values, by name where the difference is real, and London's."""
    london = rows[-1]
    known = sorted((each for each in rows[:-1] if each.value is not None), key=lambda each: each.value or 0)
    if not known:
        return f"{measure.words}, {when}: not published for any of the boroughs chosen."
    ends = [f"{it.words}{f' in {it.borough_name}' * measure.is_exact}" for it in (known[0], known[-1])]
    return f"{measure.words}, {when}: from {ends[0]} to {ends[1]} by borough; {london.words} in London."
