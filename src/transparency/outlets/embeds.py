"""Cards for the pages of councils and newspapers: a ward's or borough's verdict in a frame, never without its day,
source and address. They run no script, and are the only answers that other sites may show in a frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from transparency import __version__
from transparency.boroughs.one import borough_verdict, wards_exhibit
from transparency.core.vocabulary import today
from transparency.exhibits.addresses import borough_path, ward_path
from transparency.exhibits.document import HTML, Document
from transparency.exhibits.exhibit import Source
from transparency.exhibits.html import render
from transparency.pages.ward import standing_sources
from transparency.places.queries import find_borough, find_ward
from transparency.store.store import Store
from transparency.wards.queries import ward_history
from transparency.wards.standing import ward_standing

EMBED = "/embed"
MOST_SOURCES = 2


@dataclass(frozen=True)
class Card:
    """What a frame holds. `address` is that of the page it stands for, without its day, which is `day`."""

    title: str
    verdict: str
    day: date
    sources: tuple[Source, ...]
    address: str


def ward_embed(store: Store, ward_code: str, day: date | None) -> Document:
    """A ward's card on a day, or today; raises UnknownPlaceError."""
    ward = find_ward(store, ward_code)
    standing = ward_standing(store, ward, day or today())
    title = f"{ward.ward_name}, {ward.borough_name}: ward officers"
    sources = standing_sources(standing, ward_history(store, ward.ward_code, standing.day))
    return _document(store, Card(title, standing.verdict.sentence, standing.day, sources, ward_path(ward.ward_code)))


def borough_embed(store: Store, borough_code: str, day: date | None) -> Document:
    """A borough's card on a day, or today; raises UnknownPlaceError."""
    borough = find_borough(store, borough_code)
    on = day or today()
    title = f"{borough.borough_name}: ward officers and counters"
    sources = wards_exhibit(store, borough.borough_code, on).sources
    verdict = borough_verdict(store, borough.borough_code, on)
    return _document(store, Card(title, verdict, on, sources, borough_path(borough.borough_code)))


def _document(store: Store, card: Card) -> Document:
    html = render("embed.html", card=card, store=store, code_version=__version__, most_sources=MOST_SOURCES)
    return Document(html.encode(), HTML, store.newest_as_at)
