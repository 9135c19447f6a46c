"""Time elsewhere: what share of ward officers' recorded time was spent off their wards, by month, year and type.

From one edition of the workbook, that of spring 2024, by borough: never joined with the months of ward teams.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from transparency.core.text import in_words, number, possessive
from transparency.core.vocabulary import LONDON_CODE, WORKBOOK_PUBLISHED_ON
from transparency.exhibits.bars import Bar, bars_alt, bars_svg
from transparency.exhibits.cells import rounded
from transparency.exhibits.exhibit import Column, Exhibit, Image, Said, Source, table
from transparency.exhibits.files import published_as
from transparency.months import activity, quarters
from transparency.months.activity import year_words
from transparency.months.quarters import edition_quarters
from transparency.months.queries import ShareMonth, TypeYear, find_place
from transparency.months.time import DATASET_PAGE, SHARE, a_place, share_exhibit
from transparency.published.queries import series_source
from transparency.published.sentences import edition_note
from transparency.store.store import Store, memoised_between

DATASET = "abstraction_borough"
CAVEAT = (
    "Elsewhere is every type of time but that recorded as not abstracted. That is our reading: training, court and "
    "custody are in it. March 2020 is incomplete and in no total or average. A borough without a month is missing, not "
    "zero: all 32 are there from February 2019. The Met restates later editions."
)
COUNTED = "We count training, court and custody as time elsewhere: that is our reading."
LIMITS = "Time elsewhere includes training, court and custody."
EDITION = "Met's file of spring 2024"
TYPE_WORDS = {
    "aid": "aid",
    "local_aid": "local aid",
    "training": "training",
    "court": "court",
    "custody": "custody",
    "staffing_up": "staffing up",
    "cad": "answering calls",
    "not_abstracted": "not abstracted",
}


@dataclass(frozen=True)
class ElsewhereYear:
    """Recorded time of a place in a calendar year's complete months."""

    geography_code: str
    year: int
    first_month: date
    last_month: date
    months_count: int
    months_incomplete_count: int
    boroughs_least_count: int
    boroughs_most_count: int
    recorded_hours: float | None
    elsewhere_hours: float | None
    elsewhere_percent: float | None

    @property
    def is_whole(self) -> bool:
        return self.months_count == 12

    @property
    def words(self) -> str:
        """2023, or January to March 2024 where the year is not whole."""
        return year_words(self.first_month, self.last_month)


# Each year ends with a month, and all of them were first known when the workbook was published.
@memoised_between("SELECT last_day(last_month) AS day FROM elsewhere_year UNION SELECT DATE '2022-05-09'")
def elsewhere_years(store: Store, day: date) -> dict[str, tuple[ElsewhereYear, ...]]:
    """London and each borough by code: its years whose last month had ended by the day, oldest first.

    None before the day on which the workbook was first published.
    """
    found: dict[str, list[ElsewhereYear]] = {}
    if day >= WORKBOOK_PUBLISHED_ON:
        sql = """
        SELECT * REPLACE (round(recorded_hours, 1) AS recorded_hours, round(elsewhere_hours, 1) AS elsewhere_hours)
        FROM elsewhere_year WHERE last_day(last_month) <= $day ORDER BY year
        """
        for year in store.records(ElsewhereYear, sql, day=day):
            found.setdefault(year.geography_code, []).append(year)
    return {code: tuple(years) for code, years in found.items()}


def _months(store: Store, day: date, code: str) -> tuple[ShareMonth, ...]:
    if day < WORKBOOK_PUBLISHED_ON:
        return ()
    sql = "SELECT * FROM elsewhere_month WHERE geography_code = $code AND last_day(month) <= $day ORDER BY month"
    return store.records(ShareMonth, sql, code=code, day=day)


def _types(store: Store, day: date, code: str) -> tuple[TypeYear, ...]:
    """By year, within it the largest first."""
    if day < WORKBOOK_PUBLISHED_ON:
        return ()
    sql = """
    SELECT * FROM elsewhere_type_year WHERE geography_code = $code AND last_day(last_month) <= $day
    ORDER BY year, recorded_percent DESC, activity_type
    """
    return store.records(TypeYear, sql, code=code, day=day)


def elsewhere_source(store: Store, last_month: date) -> Source | None:
    """Where the series was read, as at its last month."""
    return series_source(store, DATASET, last_month)


# ---------------------------------------------------------------- in words


def one_hour_in(percent: float) -> str:
    """About one hour in six; more than one hour in four where no such part is near."""
    if percent < 1:
        return "less than one hour in 100" if percent else "no hour"
    hours = round(100 / percent)
    if abs(hours * percent - 100) > 10:
        return f"more than one hour in {in_words(ceil(100 / percent))}"
    return f"about one hour in {in_words(hours)}"


def percent_words(percent: float | None) -> str:
    """16.9%, 20.0%, or that no time was recorded."""
    return "no time recorded" if percent is None else f"{percent:.1f}%"


def share_sentence(name: str, year: ElsewhereYear) -> str:
    """What share of its officers' recorded time a place's newest year had elsewhere, without its full stop."""
    if year.elsewhere_percent is None:
        return f"No time of {possessive(name)} ward officers is recorded for {year.words}"
    how_much = one_hour_in(year.elsewhere_percent)
    return (
        f"{possessive(name)} ward officers spent {how_much} of their recorded time elsewhere in {year.words} "
        f"({percent_words(year.elsewhere_percent)})"
    )


def training_words(store: Store, day: date, code: str) -> str:
    """What is counted as elsewhere, and how much of a place's newest year is training, where that is known."""
    rows = _types(store, day, code)
    newest = next((each for each in rows if each.activity_type == "training" and each.year == rows[-1].year), None)
    if newest is None or newest.recorded_percent is None:
        return COUNTED
    when = year_words(newest.first_month, newest.last_month)
    return f"{COUNTED} Training alone took {percent_words(newest.recorded_percent)} of recorded time, {when}."


def answer_sentence(name: str, percent: float, when: str) -> str:
    """What part of their hours a place's ward officers spent elsewhere, as a page answers."""
    return f"Ward officers in {name} spent {one_hour_in(percent)} elsewhere, {when} ({percent_words(percent)})."


def years_sentence(name: str, years: Sequence[ElsewhereYear], beside: ElsewhereYear | None = None) -> str:
    """The newest year of a place, and the first whole one; or London's in the same months beside a borough's."""
    newest = years[-1]
    if beside is not None:
        return f"{share_sentence(name, newest)}; in London it was {percent_words(beside.elsewhere_percent)}."
    first = first_whole(years)
    if first is newest or first.elsewhere_percent is None:
        return f"{share_sentence(name, newest)}."
    before = f"{one_hour_in(first.elsewhere_percent)} ({percent_words(first.elsewhere_percent)})"
    return f"{share_sentence(name, newest)}; in {first.words} it was {before}."


def first_whole(years: Sequence[ElsewhereYear]) -> ElsewhereYear:
    """The first year with all its months, or else the first."""
    return next((year for year in years if year.is_whole), years[0])


# ---------------------------------------------------------------- exhibits

HOURS = (rounded("elsewhere_hours", "Hours elsewhere"), rounded("recorded_hours", "Hours recorded"))


def _boroughs_words(year: ElsewhereYear) -> Said:
    least, most = year.boroughs_least_count, year.boroughs_most_count
    return Said(number(most) if least == most else f"{least} to {most}", least)


def _hour_words(record: ElsewhereYear) -> str | None:
    return None if record.elsewhere_percent is None else one_hour_in(record.elsewhere_percent)


@published_as("elsewhere-years", place=a_place())
def years_exhibit(store: Store, day: date, place_code: str = LONDON_CODE) -> Exhibit | None:
    """The share elsewhere of London or a borough, year by year, London's beside a borough's."""
    place, known = find_place(store, place_code), elsewhere_years(store, day)
    years = known.get(place.code, ())
    if not years:
        return None
    london = {year.year: year for year in known[LONDON_CODE]}
    source = elsewhere_source(store, years[-1].last_month)
    is_london = place.code == LONDON_CODE
    bars = [
        Bar(year.words, year.elsewhere_percent, f"{percent_words(year.elsewhere_percent)}", not year.is_whole)
        for year in years
        if year.elsewhere_percent is not None
    ]
    beside = (
        Column("boroughs_count", "Boroughs with recorded time", True, _boroughs_words)
        if is_london
        else Column("london_percent", "London, %", True, lambda year: SHARE.of(london[year.year]))
    )
    return Exhibit(
        key="elsewhere-years",
        headline=years_sentence(place.name, years, None if is_london else london[years[-1].year]),
        subtitle=f"Share of ward officers' recorded time spent elsewhere, {place.name}, by calendar year; % of "
        "hours. Hollow: not a whole year. 2020 is without March.",
        picture=Image(bars_svg(bars, "Share of time elsewhere by year"), bars_alt(bars)),
        table=table(
            f"Time elsewhere by year, {place.name}",
            (
                Column("year", "Year", cell=lambda year: year.words),
                SHARE,
                Column("one_hour_in", "Said as", cell=_hour_words),
                beside,
                *HOURS,
                Column("months_count", "Months", True, lambda year: year.months_count - year.months_incomplete_count),
            ),
            reversed(years),
            missing="no time recorded",
        ),
        sources=(source,) if source else (),
        note=f"{CAVEAT} {edition_note(source, DATASET_PAGE) if source else ''}".strip(),
    )


@published_as("elsewhere-months", place=a_place())
def months_exhibit(store: Store, day: date, place_code: str = LONDON_CODE) -> Exhibit | None:
    """The share elsewhere of London or a borough, month by month; incomplete months and lesser coverage hollow."""
    place = find_place(store, place_code)
    known = _months(store, day, place.code)
    source = elsewhere_source(store, known[-1].month) if known else None
    return None if source is None else share_exhibit("elsewhere-months", place, known, EDITION, source, _note(source))


@published_as("elsewhere-types", place=a_place())
def types_exhibit(store: Store, day: date, place_code: str = LONDON_CODE) -> Exhibit | None:
    """What the recorded time of London or a borough went to, by type and year."""
    place = find_place(store, place_code)
    rows = _types(store, day, place.code)
    source = elsewhere_source(store, rows[-1].last_month) if rows else None
    if source is None:
        return None
    note = (
        "The types are the force's own. Aid is helping elsewhere, for a reason not recorded. We found no words of the "
        f"force on what local aid and staffing up are. {_note(source)}"
    )
    return activity.types_exhibit("elsewhere-types", place, rows, TYPE_WORDS, EDITION, source, note)


@published_as("elsewhere-quarters")
def quarters_exhibit(store: Store, day: date) -> Exhibit | None:
    """London and the boroughs by quarter."""
    known = edition_quarters(store, day)
    source = elsewhere_source(store, known[-1].last_month) if known else None
    if source is None:
        return None
    return quarters.quarters_exhibit("elsewhere-quarters", store, known, EDITION, source, _note(source))


def _note(source: Source) -> str:
    return f"{CAVEAT} {edition_note(source, DATASET_PAGE)}"
