"""Where things are: one place that knows how an address of the dashboard is spelt on the plain pages.

The dashboard keeps single words and query parameters; the plain pages have permanent addresses of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import escape, unescape
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

PLAIN_OF_DASHBOARD = {
    "/": "/plain/find",
    "/progress": "/plain/london",
    "/boroughs": "/plain/boroughs",
    "/counters": "/plain/counters",
    "/ring_fencing": "/plain/ring_fencing",
    "/promises": "/plain/promises",
    "/about": "/plain/about",
}
_HREF = re.compile(r'href="(/[^"]*)"')


def ward_path(ward_code: str) -> str:
    """The permanent address of a ward."""
    return f"/ward/{ward_code}"


def borough_path(borough_code: str) -> str:
    """The permanent address of a borough."""
    return f"/borough/{borough_code}"


def site_path(site_id: str) -> str:
    """The permanent address of a counter or other place of the police."""
    return f"/site/{site_id}"


def ward_address(ward_code: str, day: date | None = None) -> str:
    """The dashboard's address of a ward; without a day it answers for today."""
    return f"/?ward={ward_code}" + (f"&as_at={day.isoformat()}" if day else "")


def months_path(borough_code: str) -> str:
    """The permanent address of a borough's months."""
    return f"/borough/{borough_code}/months"


def series_path(borough_code: str) -> str:
    """The permanent address of a borough's officers per ward, time elsewhere and survey."""
    return f"/borough/{borough_code}/series"


def borough_promise_path(borough_code: str) -> str:
    """The permanent address of what became of the promise in a borough."""
    return f"/borough/{borough_code}/promise"


def promise_path(promise_id: str) -> str:
    """The permanent address of a promise."""
    return f"/plain/promises/{promise_id}"


def section_address(name: str) -> str:
    """The dashboard's address of a section about the site."""
    return f"/about?section={name}"


def section_path(name: str) -> str:
    """The permanent address of a section about the site."""
    return f"/plain/{name}"


def _time_path(place: str) -> str:
    """Where the time of a ward, a borough or London is on the plain pages."""
    if place.startswith("E05"):
        return ward_path(place)
    return borough_path(place) if place.startswith("E09") else PLAIN_OF_DASHBOARD["/ring_fencing"]


# For a page of the dashboard and a parameter: the plain page of what the parameter names.
_PAGE_OF: dict[tuple[str, str], Callable[[str], str]] = {
    ("/", "ward"): ward_path,
    ("/boroughs", "borough"): borough_path,
    ("/progress", "borough"): borough_promise_path,
    ("/counters", "site"): site_path,
    ("/ring_fencing", "place"): _time_path,
    ("/promises", "promise"): promise_path,
    ("/about", "section"): section_path,
}


# The choices of a page of the dashboard that its plain page takes too.
_TAKEN_TOO = {"/boroughs": ("measure", "boroughs")}


def plain_address(dashboard_address: str) -> str:
    """The plain page that answers what an address of the dashboard answers; others are left as they are."""
    parts = urlsplit(dashboard_address)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if parts.path == "/about" and "report" in asked:
        return f"/plain/about?{parts.query}"
    path = PLAIN_OF_DASHBOARD.get(parts.path)
    if path is None:
        return dashboard_address
    for name, value in asked.items():
        if (parts.path, name) in _PAGE_OF:
            path = _PAGE_OF[parts.path, name](value)
    is_one = path != PLAIN_OF_DASHBOARD[parts.path]
    taken = (*(() if is_one else _TAKEN_TOO.get(parts.path, ())), "as_at")
    query = urlencode({name: asked[name] for name in taken if name in asked}, safe=",")
    return urlunsplit(("", "", path, query, parts.fragment))


def with_plain_addresses(html: str) -> str:
    """HTML made for the dashboard, its inner links changed to the plain pages."""

    def plain_href(match: re.Match[str]) -> str:
        return f'href="{escape(plain_address(unescape(match[1])))}"'

    return _HREF.sub(plain_href, html)


def borough_address(borough_code: str, day: date | None = None) -> str:
    """The dashboard's address of one borough, on a day where one is asked for."""
    asked = {"borough": borough_code} | ({"as_at": day.isoformat()} if day else {})
    return f"/boroughs?{urlencode(asked)}"
