"""Recorded crime as exhibits: of a ward by year and by group, and of a borough by ward."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from transparency.core.text import capitalised
from transparency.crime.charts import years_image
from transparency.crime.queries import (
    CrimeYear,
    WardCrime,
    borough_crime,
    crime_sources,
    ward_crime,
)
from transparency.crime.sentences import (
    BY_WARDS_OF_2022,
    CENTRE,
    FRAUD,
    QUARTER_WORDS,
    SYSTEM_UNTIL,
    borough_sentence,
    copy_words,
    group_words,
    groups_sentence,
    month_words,
    more_sentence,
    note,
    ward_sentence,
)
from transparency.exhibits.cells import rounded, ward_column
from transparency.exhibits.exhibit import Column, Exhibit, table
from transparency.exhibits.files import published_as
from transparency.places.arguments import a_borough, a_ward
from transparency.store.store import Store, memoised

OFFENCES = Column("offences", "Offences", True)
RATE = rounded("offences_per_1000", "Per 1,000 residents of 2021", 1)


@memoised
def ward_exhibits(store: Store, ward_code: str, ended: date) -> tuple[Exhibit, ...]:
    """A ward's exhibits by a month's end; none for a ward of an older set, or where no twelve months are known."""
    made = (years_exhibit(store, ward_code, ended), groups_exhibit(store, ward_code, ended))
    return tuple(exhibit for exhibit in made if exhibit is not None)


@published_as("ward-crime", ward=a_ward())
def years_exhibit(store: Store, ward_code: str, day: date) -> Exhibit | None:
    """The newest twelve months of a ward and those before them."""
    record = ward_crime(store, ward_code, day)
    if record is None:
        return None
    year, years = record.year, record.years
    return Exhibit(
        key="crime",
        headline=ward_sentence(year),
        subtitle=more_sentence(year),
        picture=years_image(years, year.ward_name),
        table=table(
            f"Recorded offences in {year.ward_name}, twelve months to {month_words(year.year_ending)} and before",
            (Column("year_ending", "Twelve months to"), OFFENCES, Column("recording", "Recorded", cell=_recording)),
            reversed(years),
        ),
        sources=record.sources,
        note=note(record.sources, years[0].year_ending <= SYSTEM_UNTIL < year.year_ending),
    )


def _recording(year: CrimeYear) -> str:
    if year.crosses_systems:
        return "in both systems"
    return "until February 2024" if year.year_ending <= SYSTEM_UNTIL else "since March 2024"


@published_as("ward-crime-groups", ward=a_ward())
def groups_exhibit(store: Store, ward_code: str, day: date) -> Exhibit | None:
    """What was recorded in a ward's newest year to February, by group; a group without a row is not in the table."""
    record = ward_crime(store, ward_code, day)
    if record is None or not record.groups:
        return None
    name, largest = record.year.ward_name, record.groups[0]
    year = f"year to {month_words(largest.year_ending)}"
    return Exhibit(
        key="crime-groups",
        headline=groups_sentence(name, largest),
        subtitle=f"Recorded offences in {name} by group, {year}.",
        table=table(
            f"Recorded offences in {name} by group, {year}",
            (Column("offence_group", "Group", cell=lambda group: capitalised(group_words(group))), OFFENCES),
            record.groups,
        ),
        sources=crime_sources(store, largest.year_ending),
        note=f"{FRAUD} {copy_words(record.sources)}".rstrip(),
    )


@published_as("borough-crime", borough=a_borough())
def borough_exhibit(store: Store, borough_code: str, day: date) -> Exhibit | None:
    """A borough's wards with what was recorded in each, by name; None where nothing is known by the day."""
    record = borough_crime(store, borough_code, day)
    if record is None:
        return None
    year = record.year
    what = f"Recorded offences by ward of 2022, {year.borough_name}, twelve months to {month_words(year.year_ending)}"
    columns = (ward_column(day), OFFENCES, RATE, Column("quarter_of_wards", "Quarter of London's wards", cell=_quarter))
    by_ward = table(what, columns, record.wards)
    total = (f"All of {year.borough_name}", year.offences, RATE.of(year), "–")
    return Exhibit(
        key="crime",
        headline=borough_sentence(year),
        subtitle=f"{what}. {CENTRE}",
        table=replace(by_ward, rows=(*by_ward.rows, total)),
        sources=record.sources,
        note=f"{BY_WARDS_OF_2022}. {note(record.sources, record.wards[0].crosses_systems)}",
    )


def _quarter(ward: WardCrime) -> str:
    return QUARTER_WORDS[ward.quarter_of_wards]
