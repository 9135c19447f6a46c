"""Time elsewhere: what share of ward officers' recorded time was spent off their wards, by month, year and type.

From one edition of the workbook, that of spring 2024, by borough: never joined with the months of ward teams.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from transparency.core.text import MONTH_NAMES, in_words, listed, number, possessive
from transparency.core.vocabulary import LONDON_CODE, WORKBOOK_PUBLISHED_ON
from transparency.exhibits.bars import Bar, bars_alt, bars_svg
from transparency.exhibits.cells import rounded
from transparency.exhibits.exhibit import Cell, Column, Exhibit, Image, Said, Source, table
from transparency.exhibits.files import published_as
from transparency.exhibits.lines import Line, Point, lines_svg
from transparency.months.queries import find_place
from transparency.months.sentences import month_name
from transparency.months.time import DATASET_PAGE, MONTH, a_place
from transparency.published.queries import series_source
from transparency.published.sentences import edition_note
from transparency.store.store import Store, memoised_between

DATASET = "abstraction_borough"
CAVEAT = (
    "Elsewhere is every type of time but that recorded as not abstracted. That is our reading: training, court and "
    "custody are in it. March 2020 is incomplete and in no total or average. A borough without a month is missing, not "
    "zero: all 32 are there from February 2019. The Met restates later editions."
)
LIMITS = "Time elsewhere includes training, court and custody."
ELSEWHERE = "elsewhere"
TYPE_WORDS = {
    "aid": "aid",
    "local_aid": "local aid",
    "training": "training",
    "court": "court",
    "custody": "custody",
    "staffing_up": "staffing up",
    "cad": "answering calls",
    ELSEWHERE: "all time elsewhere",
    "not_abstracted": "not abstracted",
}


@dataclass(frozen=True)
class ElsewhereMonth:
    """Recorded time of a place in a month; London's is of the boroughs counted."""

    month: date
    boroughs_count: int
    is_complete: bool
    recorded_hours: float
    elsewhere_hours: float
    elsewhere_percent: float | None


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
        if self.is_whole:
            return str(self.year)
        first, last = (MONTH_NAMES[month.month - 1] for month in (self.first_month, self.last_month))
        return f"{first} to {last} {self.year}" if first != last else f"{first} {self.year}"


@dataclass(frozen=True)
class TypeYear:
    """Recorded time of a place and year by type, as a share of all of it."""

    year: int
    activity_type: str
    is_elsewhere: bool
    hours: float
    recorded_percent: float | None


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


def _months(store: Store, day: date, code: str) -> tuple[ElsewhereMonth, ...]:
    if day < WORKBOOK_PUBLISHED_ON:
        return ()
    sql = "SELECT * FROM elsewhere_month WHERE geography_code = $code AND last_day(month) <= $day ORDER BY month"
    return store.records(ElsewhereMonth, sql, code=code, day=day)


def _types(store: Store, day: date, code: str) -> tuple[TypeYear, ...]:
    """By year, within it the largest first."""
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


def elsewhere_sentence(store: Store, day: date, code: str, name: str) -> str | None:
    """What the series says of London, or of a borough beside London, on a day; None where nothing is known."""
    known = elsewhere_years(store, day)
    years = known.get(code)
    if not years:
        return None
    return years_sentence(name, years, None if code == LONDON_CODE else known[LONDON_CODE][-1])


def years_sentence(name: str, years: Sequence[ElsewhereYear], beside: ElsewhereYear | None = None) -> str:
    """The newest year of a place, and the first whole one; or London's in the same months beside a borough's."""
    newest = years[-1]
    if beside is not None:
        return f"{share_sentence(name, newest)}; London's {percent_words(beside.elsewhere_percent)}."
    first = first_whole(years)
    if first is newest or first.elsewhere_percent is None:
        return f"{share_sentence(name, newest)}."
    before = f"{one_hour_in(first.elsewhere_percent)} ({percent_words(first.elsewhere_percent)})"
    return f"{share_sentence(name, newest)}; in {first.words} it was {before}."


def first_whole(years: Sequence[ElsewhereYear]) -> ElsewhereYear:
    """The first year with all its months, or else the first."""
    return next((year for year in years if year.is_whole), years[0])


def months_sentence(name: str, months: Sequence[ElsewhereMonth]) -> str:
    """The months with the smallest and the largest share among the complete ones of the newest coverage."""
    known = [each for each in months if each.elsewhere_percent is not None and not _is_apart(each, months)]
    if not known:
        return f"No complete month of {possessive(name)} ward officers' time is recorded."
    ordered = sorted(known, key=lambda each: each.elsewhere_percent or 0)
    ends = [f"{percent_words(each.elsewhere_percent)} ({month_name(each.month)})" for each in (ordered[0], ordered[-1])]
    return f"{name}: between {ends[0]} and {ends[1]} of recorded time elsewhere in a month."


def _is_apart(month: ElsewhereMonth, months: Sequence[ElsewhereMonth]) -> bool:
    """Whether a month is drawn apart: incomplete, or of fewer boroughs than the newest."""
    return not month.is_complete or month.boroughs_count < months[-1].boroughs_count


# ---------------------------------------------------------------- exhibits

PERCENT = Column("elsewhere_percent", "Share of recorded time", True, lambda each: _one_decimal(each.elsewhere_percent))
HOURS = (rounded("elsewhere_hours", "Hours elsewhere"), rounded("recorded_hours", "Hours recorded"))


def _one_decimal(percent: float | None) -> Cell:
    return None if percent is None else Said(f"{percent:.1f}", percent)


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
        else Column("london_percent", "London, %", True, lambda year: _one_decimal(london[year.year].elsewhere_percent))
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
                PERCENT,
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
    if source is None:
        return None
    headline = months_sentence(place.name, known)
    points = tuple(
        Point(each.month, each.elsewhere_percent, _is_apart(each, known))
        for each in known
        if each.elsewhere_percent is not None
    )
    alt = f"Line of {len(points)} months. {headline} Hollow points are incomplete or of fewer boroughs."
    return Exhibit(
        key="elsewhere-months",
        headline=headline,
        subtitle=f"Share of ward officers' recorded time spent elsewhere, {place.name}, "
        f"{month_name(known[0].month)} to {month_name(known[-1].month)}; % of hours. Hollow: March 2020, which "
        f"is incomplete{', and months before every borough was there' * (place.code == LONDON_CODE)}.",
        picture=Image(lines_svg([Line(place.name, points)], "Share of time elsewhere by month", alt), alt),
        table=table(
            f"Time elsewhere by month, {place.name}",
            (
                MONTH,
                PERCENT,
                *HOURS,
                Column("boroughs_count", "Boroughs with recorded time", True),
                Column("is_complete", "Complete"),
            ),
            reversed(known),
            missing="no time recorded",
        ),
        sources=(source,),
        note=f"{CAVEAT} {edition_note(source, DATASET_PAGE)}",
    )


def _largest_words(year: ElsewhereYear, rows: Sequence[TypeYear]) -> str | None:
    """11.3% was elsewhere in 2019, the largest part of it training (4.4%); None where nothing was elsewhere."""
    largest = next((each for each in rows if each.year == year.year and each.is_elsewhere), None)
    if largest is None or not largest.recorded_percent or not year.elsewhere_percent:
        return None
    part = "most" if largest.recorded_percent > year.elsewhere_percent / 2 else "the largest part"
    return (
        f"{percent_words(year.elsewhere_percent)} was elsewhere in {year.words}, {part} of it "
        f"{TYPE_WORDS[largest.activity_type]} ({percent_words(largest.recorded_percent)})"
    )


def _share(known: TypeYear) -> Cell:
    """A type's share with one decimal; hours that round to nought are not none."""
    is_trace = known.hours > 0 and known.recorded_percent == 0
    return Said("under 0.1", known.recorded_percent) if is_trace else _one_decimal(known.recorded_percent)


@published_as("elsewhere-types", place=a_place())
def types_exhibit(store: Store, day: date, place_code: str = LONDON_CODE) -> Exhibit | None:
    """What the recorded time of London or a borough went to, by type and year."""
    place = find_place(store, place_code)
    years = elsewhere_years(store, day).get(place.code, ())
    if not years:
        return None
    rows = _types(store, day, place.code)
    newest = [each for each in rows if each.year == years[-1].year]
    said = [words for year in dict.fromkeys((first_whole(years), years[-1])) if (words := _largest_words(year, rows))]
    source = elsewhere_source(store, years[-1].last_month) if said else None
    if source is None:
        return None
    shares = {(each.activity_type, each.year): _share(each) for each in rows}
    shares |= {(ELSEWHERE, year.year): _one_decimal(year.elsewhere_percent) for year in years}

    def of_year(year: ElsewhereYear) -> Column:
        return Column(f"recorded_{year.year}_percent", year.words, True, lambda kind: shares.get((kind, year.year)))

    return Exhibit(
        key="elsewhere-types",
        headline=f"Of {possessive(place.name)} recorded time {'; '.join(said)}.",
        subtitle=f"Ward officers' recorded time by type, {place.name}, "
        f"{listed([year.words for year in years])}; % of recorded hours.",
        table=table(
            f"Recorded time by type and year, {place.name}",
            (Column("activity_type", "Type", cell=lambda kind: TYPE_WORDS[kind]), *map(of_year, years)),
            dict.fromkeys((*(each.activity_type for each in (*newest, *rows)), ELSEWHERE)),
            missing="none recorded",
        ),
        sources=(source,),
        note=f"The types are the force's own; the reason for aid is not recorded. {CAVEAT} "
        f"{edition_note(source, DATASET_PAGE)}",
    )
