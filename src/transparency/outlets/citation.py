"""How to cite a finding: its sentence with the number, as-at date, data version, address and source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from transparency.core.text import full_date
from transparency.exhibits.document import SITE
from transparency.exhibits.exhibit import Source
from transparency.pages.page import Tools
from transparency.store.store import DEMONSTRATION_NOTICE, Store


def citation(store: Store, cited: Tools, day: date, address: str, site: str = "") -> str:
    """The finding of a page read on a day, in one paragraph; an invented one says so first.

    `address` is the page's within the site, without its day, which is added; `site` is the origin before it.
    """
    as_at = cited.day or day
    on, at = f"as_at={as_at.isoformat()}", cited.address or address
    joined = at if on in at else f"{at}{'&' if '?' in at else '?'}{on}"
    notice = f"{DEMONSTRATION_NOTICE}. " if store.is_demonstration else ""
    return (
        f"{notice}“{cited.sentence.strip()}” As at {full_date(as_at)}. {SITE}, data version {store.data_version}, "
        f"{site}{joined}. Source: {_named(cited.sources)}."
    )


def _named(sources: Sequence[Source]) -> str:
    """At most three sources by name; the page lists them all."""
    if not sources:
        return "that of each figure, named on the page"
    shown = [f"{source.publisher}, {source.title}" for source in sources[:3]]
    more = f"; and {len(sources) - 3} more named on the page" if len(sources) > 3 else ""
    return "; ".join(shown) + more
