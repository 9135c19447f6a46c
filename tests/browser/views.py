"""The addresses a browser looks at: every page of the dashboard, as it opens and with something chosen."""

from __future__ import annotations

from dataclasses import dataclass

from transparency.pages.registry import PAGES


@dataclass(frozen=True)
class View:
    """One address of the dashboard, by a short name."""

    name: str
    address: str


CHOSEN = (
    View("ward-lapsed", "/?ward=E05000566&as_at=2019-06-30"),
    View("ward-not-published", "/?ward=E05013558"),
    View("no-such-ward", "/?ward=E05999999"),
    View("boroughs-compared", "/boroughs?measure=elsewhere&boroughs=E09000007,E09000019"),
    View("borough", "/boroughs?borough=E09000030"),
    View("site", "/counters?site=bromley"),
)
VIEWS = (*(View("landing" if page.is_landing else page.name, page.address) for page in PAGES), *CHOSEN)
