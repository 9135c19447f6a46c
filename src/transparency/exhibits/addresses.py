"""Where things are: one place that knows how an address of the dashboard is spelt on the plain pages.

The dashboard keeps single words and query parameters; the plain pages have permanent addresses of their own.
"""

from __future__ import annotations

import re
from datetime import date
from html import escape, unescape
from urllib.parse import parse_qs, urlencode, urlsplit

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


def ward_address(ward_code: str, day: date | None = None) -> str:
    """The dashboard's address of a ward; without a day it answers for today."""
    return f"/?ward={ward_code}" + (f"&as_at={day.isoformat()}" if day else "")


def months_path(borough_code: str) -> str:
    """The permanent address of a borough's months since August 2021."""
    return f"/borough/{borough_code}/months"


def promise_path(promise_id: str) -> str:
    """The permanent address of a promise."""
    return f"/plain/promises/{promise_id}"


def section_address(name: str) -> str:
    """The dashboard's address of a section about the site."""
    return f"/about?section={name}"


def section_path(name: str) -> str:
    """The permanent address of a section about the site."""
    return f"/plain/{name}"


def plain_address(dashboard_address: str) -> str:
    """The plain page that answers what an address of the dashboard answers; others are left as they are."""
    parts = urlsplit(dashboard_address)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    day = {"as_at": asked["as_at"]} if "as_at" in asked else {}
    if parts.path == "/" and "ward" in asked:
        path, fragment = ward_path(asked["ward"]), parts.fragment
    elif parts.path == "/boroughs" and "borough" in asked:
        path, fragment = borough_path(asked["borough"]), parts.fragment
    elif parts.path == "/counters" and "site" in asked:
        path, fragment = "/plain/counters", ""
    elif parts.path == "/ring_fencing" and asked.get("place", "").startswith("E05"):
        path, fragment = ward_path(asked["place"]), parts.fragment
    elif parts.path == "/ring_fencing" and asked.get("place", "").startswith("E09"):
        path, fragment = borough_path(asked["place"]), parts.fragment
    elif parts.path == "/promises" and "promise" in asked:
        path, fragment = promise_path(asked["promise"]), ""
    elif parts.path == "/about" and "report" in asked:
        return "/plain/about?" + parts.query
    elif parts.path == "/about" and "section" in asked:
        path, fragment = section_path(asked["section"]), parts.fragment
    elif parts.path in PLAIN_OF_DASHBOARD:
        path, fragment = PLAIN_OF_DASHBOARD[parts.path], parts.fragment
    else:
        return dashboard_address
    query = f"?{urlencode(day)}" if day else ""
    return f"{path}{query}" + (f"#{fragment}" if fragment else "")


def with_plain_addresses(html: str) -> str:
    """HTML made for the dashboard, its inner links changed to the plain pages."""

    def led(match: re.Match[str]) -> str:
        return f'href="{escape(plain_address(unescape(match[1])))}"'

    return _HREF.sub(led, html)


def borough_address(borough_code: str, day: date | None = None) -> str:
    """The dashboard's address of one borough, on a day where one is asked for."""
    asked = {"borough": borough_code} | ({"as_at": day.isoformat()} if day else {})
    return f"/boroughs?{urlencode(asked)}"
