"""Ward officers per ward: the mean of a borough or of London over the newest months of one edition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from transparency.core.text import possessive, precise_date
from transparency.core.vocabulary import LONDON_CODE, Precision
from transparency.exhibits.cells import rounded
from transparency.exhibits.exhibit import Column, Exhibit, table
from transparency.exhibits.files import published_as
from transparency.months.sentences import fte
from transparency.months.time import DATASET_PAGE
from transparency.places.arguments import a_borough
from transparency.places.queries import find_borough
from transparency.published.queries import series_source
from transparency.published.sentences import edition_note
from transparency.store.store import Store, memoised_between

DATASET = "dwo_fte_borough"
CAVEAT = (
    "Full-time equivalents of constables and PCSOs together, a mean over the months and over the borough's wards of "
    "2022: not people, and not the posts promised. It does not show that any one ward has its two constables and PCSO. "
    "London is of the boroughs with a value."
)


@dataclass(frozen=True)
class Officers:
    """The strength of a borough's or London's ward officers, and the same per ward; `blank_because` says why not."""

    geography_code: str
    month_from: date
    month_to: date
    boroughs_count: int
    wards_count: int
    fte_mean: float | None
    fte_per_ward: float | None
    set_aside_fte: float | None
    blank_because: str | None

    @property
    def months(self) -> str:
        """August 2025 to July 2026."""
        first, last = (precise_date(day, Precision.MONTH) for day in (self.month_from, self.month_to))
        return f"{first} to {last}"


@memoised_between("SELECT month_to AS day FROM officers_per_ward")
def officers_by_place(store: Store, day: date) -> dict[str, Officers]:
    """Every borough and London, where the months had ended by the day."""
    sql = "SELECT * FROM officers_per_ward WHERE month_to <= $day"
    return {each.geography_code: each for each in store.records(Officers, sql, day=day)}


def officers_sentence(name: str, known: Officers, london: Officers | None) -> str:
    """How many ward officers a ward of a place had on average, London beside a borough; or why that is not known."""
    if known.fte_per_ward is None:
        why = f" ({known.blank_because})" if known.blank_because else ""
        return f"No strength of {possessive(name)} ward officers can be given for {known.months}{why}."
    said = f"{name} had {fte(known.fte_per_ward)} full-time equivalent ward officers a ward on average, {known.months}"
    if known.geography_code == LONDON_CODE:
        return f"{said}: {fte(known.fte_mean)} in all for {known.wards_count} wards in {known.boroughs_count} boroughs."
    if london is None or london.fte_per_ward is None:
        return f"{said}."
    return f"{said}; London had {fte(london.fte_per_ward)}."


def limits(london: Officers) -> str:
    """What the officers of a ward on average do not say."""
    return (
        "Officers are constables and PCSOs together, and no single ward is shown; London is "
        f"{london.boroughs_count} boroughs."
    )


@published_as("officers-per-ward", borough=a_borough())
def officers_exhibit(store: Store, borough_code: str, day: date) -> Exhibit | None:
    """The strength of a borough's ward officers and the same per ward, London beside."""
    known = officers_by_place(store, day)
    own, london = known.get(borough_code), known.get(LONDON_CODE)
    source = series_source(store, DATASET, own.month_to) if own else None
    if own is None or source is None:
        return None
    name = find_borough(store, borough_code).borough_name
    names = {borough_code: name, LONDON_CODE: "London"}
    return Exhibit(
        key="officers-per-ward",
        headline=officers_sentence(name, own, london),
        subtitle=f"Mean strength of ward officers and the same per ward, {name} and London, {own.months}; full-time "
        "equivalents.",
        table=table(
            f"Ward officers per ward, {name} and London",
            (
                Column("place", "Place", cell=lambda each: names[each.geography_code]),
                rounded("fte_per_ward", "FTE per ward", 1),
                rounded("fte_mean", "FTE", 1),
                Column("wards_count", "Wards of 2022", True),
                Column("boroughs_count", "Boroughs with a value", True, boroughs_with_value),
                Column("blank_because", "Why not", cell=lambda each: each.blank_because or "–"),
            ),
            [each for each in (own, london) if each is not None],
            missing="not published",
        ),
        sources=(source,),
        note=f"{CAVEAT} {edition_note(source, DATASET_PAGE)}",
    )


def boroughs_with_value(known: Officers) -> int:
    """How many boroughs a value is of."""
    return 0 if known.fte_mean is None else known.boroughs_count
