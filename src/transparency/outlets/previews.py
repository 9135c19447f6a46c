"""The picture that stands for a page where its link is shown: the answer of a ward or borough, else the site's mark."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from transparency.core.text import full_date
from transparency.exhibits.addresses import borough_path, ward_path
from transparency.exhibits.document import Document
from transparency.outlets.cards import Card, borough_card, ward_card
from transparency.outlets.typesetting import set_png, sites_mark
from transparency.pages.page import SITE_NAME, Asked, Page
from transparency.store.store import Store

PNG = "image/png"
PREVIEW = "/preview.png"


@dataclass(frozen=True)
class Preview:
    """The address of a picture within the site, and what it shows in words."""

    address: str
    alt: str


SITES_OWN = Preview(f"/assets{PREVIEW}", f"{SITE_NAME}: two filled figures and a ring")


def preview_of(page: Page, asked: Asked, title: str, line: str) -> Preview:
    """The picture of what is asked of a page that says this of itself."""
    on = f"?as_at={asked.as_at}" if asked.is_dated else ""
    if page.is_landing and (ward_code := asked.get("ward")):
        return Preview(f"{ward_path(ward_code)}{PREVIEW}{on}", f"{title}: {line}")
    if page.name == "boroughs" and asked.borough:
        return Preview(
            f"{borough_path(asked.borough)}{PREVIEW}{on}",
            f"{title.partition(':')[0]}: its police counters then and now",
        )
    return SITES_OWN


def ward_preview(store: Store, ward_code: str, day: date | None) -> Document:
    """A ward's answer on a day, or today, as a picture of 1200 by 630; raises UnknownPlaceError."""
    return _document(store, ward_card(store, ward_code, day))


def borough_preview(store: Store, borough_code: str, day: date | None) -> Document:
    """A borough's counters then and on a day, or today, as such a picture; raises UnknownPlaceError."""
    return _document(store, borough_card(store, borough_code, day))


def _document(store: Store, card: Card) -> Document:
    return Document(set_png("preview.typ", _words(store, card)), PNG, store.newest_as_at)


def _words(store: Store, card: Card) -> dict[str, object]:
    source = f" Source: {card.sources[0].publisher}{' and others' * (len(card.sources) > 1)}." if card.sources else ""
    return {
        "site_name": SITE_NAME,
        "mark": sites_mark(),
        "notice": store.notice,
        "name": card.name,
        "place": card.place,
        "answer": card.answer,
        "status": card.mark.word if card.mark else "",
        "picture": asdict(card.picture) if card.picture else None,
        "foot": f"As at {full_date(card.day)}.{source} Not official statistics.",
    }
