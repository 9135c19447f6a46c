"""Cards for the pages of councils and newspapers: a ward's or borough's answer in a frame, never without its day,
source and address. They run no script, and are the only answers that other sites may show in a frame.
"""

from __future__ import annotations

from datetime import date

from transparency.exhibits.document import HTML, Document
from transparency.exhibits.html import render
from transparency.outlets.cards import Card, borough_card, ward_card
from transparency.pages.page import SITE_NAME
from transparency.store.store import Store

EMBED = "/embed"


def ward_embed(store: Store, ward_code: str, day: date | None) -> Document:
    """A ward's card on a day, or today; raises UnknownPlaceError."""
    return _document(store, ward_card(store, ward_code, day))


def borough_embed(store: Store, borough_code: str, day: date | None) -> Document:
    """A borough's card on a day, or today; raises UnknownPlaceError."""
    return _document(store, borough_card(store, borough_code, day))


def _document(store: Store, card: Card) -> Document:
    html = render("embed.html", card=card, store=store, site_name=SITE_NAME)
    return Document(html.encode(), HTML, store.newest_as_at)
