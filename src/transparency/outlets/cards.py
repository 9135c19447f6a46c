"""What a ward or borough says in few words, for a card in another site's page and for the picture of a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from transparency.boroughs.one import borough_verdict, counters_exhibit, wards_exhibit
from transparency.core.text import distance
from transparency.core.vocabulary import today
from transparency.counters.dots import counters_then_and_now
from transparency.counters.queries import ward_access
from transparency.counters.sentences import HOURS_NOT_KNOWN, hours_doubt, opening_words
from transparency.exhibits.addresses import borough_path, ward_path
from transparency.exhibits.exhibit import Image, Mark, Source
from transparency.months.time import WORKBOOK, monthly_source
from transparency.pages.ward import ended_sentence, leading_mark
from transparency.pages.ward_record import leading_halves, standing_sources
from transparency.places.queries import find_borough, find_ward
from transparency.store.store import Store
from transparency.wards.officers_chart import officers_alt, officers_svg
from transparency.wards.queries import ward_history
from transparency.wards.standing import WardStanding, ward_standing

WARD_LIST = Source("This site", "List of wards and the days on which they were in force", "/data/ward_sets/")


@dataclass(frozen=True)
class Counter:
    """The nearest open counter: its name, how far, its hours, and that they are inferred where they are."""

    site_name: str
    distance: str
    hours: str
    is_inferred: bool


@dataclass(frozen=True)
class Card:
    """An answer on a day with its picture. `address` is that of the page it stands for, without its day."""

    name: str
    place: str
    answer: str
    day: date
    address: str
    sources: tuple[Source, ...]
    mark: Mark | None = None
    picture: Image | None = None
    counter: Counter | None = None

    @property
    def title(self) -> str:
        return f"{self.name}, {self.place}"


def ward_card(store: Store, ward_code: str, asked_on: date | None) -> Card:
    """A ward on a day, or today; of one that had ended by then, only that. Raises UnknownPlaceError."""
    ward = find_ward(store, ward_code)
    day = asked_on or today()
    standing = ward_standing(store, ward, day)
    address = ward_path(ward.ward_code)
    if ward.in_force_to is not None and day > ward.in_force_to:
        return Card(ward.ward_name, ward.borough_name, ended_sentence(standing), day, address, (WARD_LIST,))
    return Card(
        name=standing.ward.ward_name,
        place=standing.ward.borough_name,
        answer=standing.verdict.sentence,
        day=standing.day,
        address=address,
        sources=_sources(store, standing),
        mark=leading_mark(standing),
        picture=_officers(standing),
        counter=_nearest(store, standing),
    )


def _sources(store: Store, standing: WardStanding) -> tuple[Source, ...]:
    """Those of the ward's page, first what the answer speaks of: the workbook's month, or where a figure would be."""
    sources = standing_sources(standing, ward_history(store, standing.ward.ward_code, standing.day))
    if standing.month is not None:
        return (monthly_source(standing.is_demonstration, standing.month.month), *sources)
    if standing.newest is None and WORKBOOK in sources:
        return (WORKBOOK, *(source for source in sources if source != WORKBOOK))
    said_it = {half.publisher for half in leading_halves(standing)}
    return tuple(sorted(sources, key=lambda source: source.publisher not in said_it))


def _officers(standing: WardStanding) -> Image:
    halves = leading_halves(standing)
    return Image(officers_svg(*halves), officers_alt(*halves))


def _nearest(store: Store, standing: WardStanding) -> Counter | None:
    """The nearest counter whose place is known; None before the list begins or where no distance can be given."""
    ward = standing.ward
    if ward.lat is None:
        return None
    nearest = ward_access(store, ward, standing.day).nearest
    if nearest is None or nearest.distance_m is None:
        return None
    open_when = opening_words(nearest.opening_hours) if nearest.opening_hours else HOURS_NOT_KNOWN
    return Counter(nearest.site_name, distance(nearest.distance_m), open_when, bool(hours_doubt(nearest)))


def borough_card(store: Store, borough_code: str, asked_on: date | None) -> Card:
    """A borough's counters before the consultation and on a day, or today. Raises UnknownPlaceError."""
    borough = find_borough(store, borough_code)
    day = asked_on or today()
    counters = counters_exhibit(store, borough.borough_code, day)
    return Card(
        name=borough.borough_name,
        place="London",
        answer=counters.headline if counters else borough_verdict(store, borough.borough_code, day),
        day=day,
        address=borough_path(borough.borough_code),
        sources=counters.sources if counters else wards_exhibit(store, borough.borough_code, day).sources,
        picture=counters_then_and_now(store, borough.borough_code, day) if counters else None,
    )
