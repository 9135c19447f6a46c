"""The answer for a ward as a page shows it, whole, so that a visit sends it in one piece."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from transparency.outlets.citation import ward_citation
from transparency.outlets.dashboard.citation import citation_html
from transparency.outlets.embeds import embed_to_copy
from transparency.pages.ward import ward_html, ward_page
from transparency.published.days import published_days
from transparency.store.store import Store


@dataclass(frozen=True)
class WardAnswer:
    """A ward's page as HTML with its citation, and the days on which something was published, newest first."""

    html: str
    days: tuple[tuple[date, str], ...]


def ward_answer(store: Store, ward_code: str, day: date, site: str) -> WardAnswer:
    """The answer for a ward at the site's address; raises UnknownPlaceError for a code of no ward."""
    page = ward_page(store, ward_code, day)
    return WardAnswer(
        ward_html(page)
        + citation_html(ward_citation(page), site)
        + embed_to_copy("ward", page.ward.ward_code, page.ward.ward_name, site),
        tuple(
            (published.day, "this ward" if published.is_of_ward else "London")
            for published in published_days(store, ward_code)
        ),
    )
