"""The opening of the landing page: its first answer, to be read while the dashboard is still on its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from markupsafe import Markup

from transparency.exhibits.addresses import ward_path
from transparency.exhibits.html import render
from transparency.exhibits.terms import with_terms
from transparency.pages.landing import landing_html
from transparency.pages.ward import ward_head_html
from transparency.places.queries import find_ward
from transparency.wards.standing import ward_standing

if TYPE_CHECKING:
    from transparency.store.store import Store


@dataclass(frozen=True)
class Opening:
    """What an address answers: in a few words for its tab, in a sentence for a link's preview, and as HTML.

    `title`, `line` and `plain_address`, which has the whole of it, are empty where the page's own say it.
    """

    html: str
    title: str = ""
    line: str = ""
    plain_address: str = ""


def landing_opening(store: Store, day: date) -> Opening:
    """The title and the overview, around the room that the look-up's box will take."""
    return Opening(_opening_html(store, title=render("landing_title.html"), answer=landing_html(store, day)))


def ward_opening(store: Store, ward_code: str, day: date) -> Opening:
    """The beginning of a ward's answer; raises UnknownPlaceError for a code of no ward."""
    ward = find_ward(store, ward_code)
    standing = ward_standing(store, ward, day)
    plain_address = f"{ward_path(ward.ward_code)}?as_at={standing.day.isoformat()}"
    return Opening(
        _opening_html(store, plain_address=plain_address, answer=ward_head_html(standing, day)),
        title=f"{ward.ward_name}, {ward.borough_name}",
        line=standing.verdict.sentence,
        plain_address=plain_address,
    )


def _opening_html(store: Store, answer: str, title: str = "", plain_address: str = "") -> str:
    parts = {"title": Markup(title), "answer": Markup(answer)}  # noqa: S704 - rendered by our escaping templates
    html, _ = with_terms(render("opening.html", store=store, plain_address=plain_address, **parts))
    return html
