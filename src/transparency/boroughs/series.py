"""The three series by borough: a borough against London in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from transparency.core.days import period_end
from transparency.core.vocabulary import LONDON_CODE, Precision
from transparency.exhibits.exhibit import Link, Source
from transparency.exhibits.html import render
from transparency.months import elsewhere, officers
from transparency.months.elsewhere import ElsewhereYear, elsewhere_source, elsewhere_years
from transparency.months.officers import Officers, officers_by_place, officers_sentence
from transparency.places.queries import find_borough
from transparency.published.queries import series_source
from transparency.store.store import Store
from transparency.survey import sentences as survey
from transparency.survey.queries import KNOWS, Attitude, newest_attitudes, survey_source

A_YEAR = timedelta(days=366)


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
