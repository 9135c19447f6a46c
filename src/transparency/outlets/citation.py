"""How to cite a finding: its sentence with the number, as-at date, data version, address and source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from transparency.core.text import full_date
from transparency.exhibits.addresses import ward_path
from transparency.exhibits.document import SITE
from transparency.exhibits.exhibit import Exhibit, Source
from transparency.pages.ward import WardPage, standing_sources
from transparency.store.store import DEMONSTRATION_NOTICE, Store


@dataclass(frozen=True)
class Citation:
    """A finding to be cited; `address` is within the site, so that each outlet can put its own host before it."""

    sentence: str
    as_at: date
    address: str
    data_version: str
    sources: tuple[Source, ...]
    is_demonstration: bool

    def text(self, base: str = "") -> str:
        """The citation in one paragraph; `base` is the site's address without a slash at its end."""
        notice = f"{DEMONSTRATION_NOTICE}. " if self.is_demonstration else ""
        return (
            f"{notice}“{self.sentence.strip()}” As at {full_date(self.as_at)}. "
            f"{SITE}, data version {self.data_version}, {base}{self.address}. Source: {_cited(self.sources)}."
        )


def ward_citation(page: WardPage) -> Citation:
    """The verdict of a ward, at its permanent address."""
    standing = page.standing
    return Citation(
        standing.verdict.sentence,
        standing.day,
        f"{ward_path(page.ward.ward_code)}?as_at={standing.day.isoformat()}",
        page.data_version,
        standing_sources(standing, page.history),
        page.is_demonstration,
    )


def page_citation(store: Store, sentence: str, day: date, address: str, cited: Sequence[Source] = ()) -> Citation:
    """The finding of any page; `address` without its day, which is added."""
    on = f"as_at={day.isoformat()}"
    joined = address if on in address else f"{address}{'&' if '?' in address else '?'}{on}"
    return Citation(sentence, day, joined, store.data_version, tuple(cited), store.is_demonstration)


def exhibit_citation(store: Store, exhibit: Exhibit, day: date, address: str) -> Citation:
    """The headline of an exhibit on a page."""
    return page_citation(store, exhibit.headline, day, address, exhibit.sources)


def _cited(named: Sequence[Source]) -> str:
    """At most three sources by name; the page lists them all."""
    if not named:
        return "that of each figure, named on the page"
    shown = [f"{source.publisher}, {source.title}" for source in named[:3]]
    more = f"; and {len(named) - 3} more named on the page" if len(named) > 3 else ""
    return "; ".join(shown) + more
