"""All wards of London on one measure, sorted, as a table and a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from transparency.boroughs.measures import KM, SITE_LIST
from transparency.boroughs.queries import wards_measured
from transparency.core.text import distance, number
from transparency.crime.exhibits import RATE
from transparency.crime.queries import crime_sources
from transparency.crime.sentences import CENTRE, month_words, note
from transparency.exhibits.addresses import ward_address
from transparency.exhibits.cells import borough_column, ward_column
from transparency.exhibits.exhibit import Cell, Column, Exhibit, Link, Row, Rows, Said, table
from transparency.exhibits.files import one_of, published_as
from transparency.exhibits.strips import scale_to, value_row
from transparency.store.store import Store

SHOWN = 10


@dataclass(frozen=True)
class WardMeasure:
    """What wards are sorted by: its column, its heading, and the sentence of the ward that has most."""

    column: str
    label: str
    sentence: str


MEASURES = {
    "distance": WardMeasure(
        "counter_distance_m",
        "Nearest counter",
        "{ward} in {borough} is {value} from a counter, more than any other ward.",
    ),
    "night": WardMeasure(
        "counter_24_7_distance_m",
        "Nearest counter open 24 hours",
        "{ward} in {borough} is {value} from a counter open 24 hours, more than any other ward.",
    ),
    "crime": WardMeasure(
        "offences",
        "Recorded offences",
        "{value} offences were recorded in {ward} in {borough}, more than in any other ward.",
    ),
}
# What boroughs are compared on that wards are not is sorted by the first.
SORTED_BY = {name: name if name in MEASURES else "distance" for name in ("counters", "distance", "night", "crime")}


@published_as("wards-compared", measure=one_of("measure", MEASURES))
def wards_exhibit(store: Store, day: date, measure: str = "distance") -> Exhibit | None:
    """Every ward of the day by one measure, the largest first, those without one last; None where none is known."""
    told, rows = MEASURES[measure], wards_measured(store, day)
    known = [row for row in rows if row[told.column] is not None]
    if not known:
        return None
    known.sort(key=lambda row: -row[told.column])
    first = known[0]
    ending = max((row["year_ending"] for row in known if row["year_ending"]), default=None)
    crimes = crime_sources(store, ending) if ending else ()
    year = f", twelve months to {month_words(ending)}" if ending else ""
    return Exhibit(
        key="wards-compared",
        headline=told.sentence.format(
            ward=first["ward_name"], borough=first["borough_name"], value=_words(told.column, first[told.column])
        ),
        subtitle=f"{number(len(rows))} wards by {told.label[0].lower()}{told.label[1:]}, "
        f"{'farthest first.' if told.column.endswith('_m') else 'largest first. More is neither better nor worse.'}",
        picture=_farthest(told, known, day),
        table=table(
            f"Wards of London by {told.label[0].lower()}{told.label[1:]}",
            (
                ward_column(day),
                borough_column(day),
                _column("counter_distance_m", "Nearest counter"),
                _column("counter_24_7_distance_m", "Nearest counter open 24 hours"),
                _column("offences", f"Recorded offences{year}"),
                RATE,
                _column("population_count", "People"),
            ),
            [*known, *(row for row in rows if row[told.column] is None)],
        ),
        sources=(SITE_LIST, *crimes),
        note="Distances are from the middle of each ward in a straight line to a counter known to be open. "
        + (f"{CENTRE} {note(crimes, False)}" if crimes else ""),
    )


def _farthest(told: WardMeasure, known: list[dict[str, Any]], day: date) -> Rows:
    """The ten wards with most, on a common scale."""
    is_far = told.column.endswith("_m")
    values = [row[told.column] / (1000 if is_far else 1) for row in known[:SHOWN]]
    scale = scale_to(max(values))
    rows = [
        Row(
            Link(f"{row['ward_name']} ({row['borough_name']})", ward_address(row["ward_code"], day)),
            value_row(row["ward_name"], _words(told.column, row[told.column]), scale, value),
            _words(told.column, row[told.column]),
        )
        for row, value in zip(known, values, strict=False)
    ]
    return Rows(tuple(rows), scale.labels(KM if is_far else ""), f"The first {len(rows)}. The table has all wards.")


def _column(name: str, label: str) -> Column:
    return Column(name, label, True, lambda row: _cell(name, row))


def _cell(name: str, row: dict[str, Any]) -> Cell:
    return None if row[name] is None else Said(_words(name, row[name]), row[name])


def _words(name: str, value: float) -> str:
    return distance(value) if name.endswith("_m") else number(round(value, 1))
