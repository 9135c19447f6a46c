"""Thousands of tries at every door: none runs, none reads a file, none makes a fault, and the tables stay as they are.

The doors are read from the routes themselves, so a new route is tried as soon as it is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from tests.security.attacks import ATTACKS, PAYLOADS, acting_elements, what_worked
from tests.security.in_process import Asked, answers
from transparency.core.settings import Settings
from transparency.store.current import shared_store
from transparency.store.store import Store
from transparency.web.middleware import middleware
from transparency.web.routes import routes

ROUTES = routes()
# A value at which a route answers, so that what is put into the query comes as far as it can.
ANSWERED = {
    "/data/{path:path}": "staffing/latest.csv",
    "/data/{dataset}/": "staffing",
    "/feeds/{path:path}": "london.atom",
    "/plain/promises/{code}": "ward-officers-2016",
}
PARAMETERS = (
    *("as_at", "ward", "borough", "boroughs", "place", "q", "prefix", "site", "kind", "evidence", "promise"),
    *("section", "report", "compare_with", "measure"),
)
# These answer with one whole file and read nothing of the address.
WHOLE_FILES = {"/data/transparency.duckdb", "/data/transparency.zip"}
TRIES_AT_LEAST = 500


def path_tries() -> Iterator[str]:
    """Every payload in every part of a path that a route reads, encoded whole and with its slashes as they are."""
    patterns = [route.path for route in ROUTES if isinstance(route, Route) and "{" in route.path]
    mounts = [f"{route.path}/{{path}}" for route in ROUTES if isinstance(route, Mount)]
    for pattern in [*patterns, *mounts, "/feeds/ward/{code}.atom", "/data/exhibits/{code}.csv", "/static/{code}"]:
        before, after = pattern.split("{")[0], pattern.split("}")[1]
        for _, payload in PAYLOADS:
            yield before + quote(payload, safe="") + after
            if "/" in payload:
                yield before + quote(payload, safe="/%") + after


def query_tries() -> Iterator[str]:
    """Every payload in every route's query: in all parameters at once, and by turns in one of them alone."""
    patterns = [route.path for route in ROUTES if isinstance(route, Route) and "GET" in (route.methods or ())]
    turn = 0
    for number, pattern in enumerate(patterns):
        if pattern in WHOLE_FILES:
            continue
        path = _answered(pattern)
        for _, payload in PAYLOADS[number % 5 :: 5]:
            value = quote(payload, safe="")
            turn += 1
            yield f"{path}?{PARAMETERS[turn % len(PARAMETERS)]}={value}"
        for kind in ("sql", "html", "header"):
            yield path + "?" + "&".join(f"{name}={quote(ATTACKS[kind][0], safe='')}" for name in PARAMETERS)


def _answered(pattern: str) -> str:
    if "{" not in pattern:
        return pattern
    value = ANSWERED.get(pattern, "E09000007" if "borough" in pattern else "E05000139")
    return pattern.split("{")[0] + value + pattern.split("}")[1]


def fingerprint(store: Store) -> list[tuple[Any, ...]]:
    """Every table and view with its number of rows, and every borough: what a DROP or an INSERT would change."""
    names = store.rows("SELECT database_name, table_name, estimated_size FROM duckdb_tables() ORDER BY ALL")
    boroughs = store.rows("SELECT * FROM boroughs ORDER BY ALL")
    return [tuple(row.values()) for row in [*names, *boroughs]]


def tried(asked: list[Asked]) -> list[str]:
    """Send them all to the application in this process; what worked, each with the request that did it."""
    app = Starlette(routes=ROUTES, middleware=middleware(Settings(searches=0)))
    return [
        f"{request}: {worked}"
        for request, answer in zip(asked, answers(app, asked), strict=True)
        if (worked := what_worked(answer.status_code, answer.headers, answer.content))
    ]


@pytest.fixture(scope="module", autouse=True)
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    before, folder = fingerprint(shared_store()), set(Path.cwd().iterdir())
    yield
    assert fingerprint(shared_store()) == before
    assert not [path for path in set(Path.cwd().iterdir()) - folder if "canary" in path.name]


def test_the_tries_are_many_and_the_same_each_time() -> None:
    tries = [*path_tries(), *query_tries()]
    assert len(set(tries)) > 5 * TRIES_AT_LEAST
    assert tries == [*path_tries(), *query_tries()]


def test_no_try_in_a_path_works() -> None:
    assert tried([("GET", path, {}) for path in path_tries()]) == []


def test_no_try_in_a_query_works() -> None:
    assert tried([("GET", path, {}) for path in query_tries()]) == []


def test_no_try_in_a_body_works() -> None:
    asked: list[Asked] = []
    for _, payload in PAYLOADS:
        asked += [
            ("POST", "/api/v1/search", {"json": {"q": payload}}),
            ("POST", "/api/v1/search", {"json": {payload: payload, "q": [payload]}}),
            ("POST", "/api/v1/search", {"content": payload.encode()}),
            ("POST", "/plain/find", {"data": {"q": payload}}),
            ("POST", "/plain/find", {"content": b"q=" + payload.encode(), "headers": {"Content-Type": "text/plain"}}),
        ]
    assert tried(asked) == []


def test_no_try_in_a_header_works() -> None:
    names = ["If-None-Match", "If-Modified-Since", "Accept-Encoding", "Accept", "Referer", "User-Agent", "Origin"]
    names += ("X-Forwarded-For", "X-Forwarded-Host", "X-Request-ID", "Range", "Cookie", "Content-Type")
    asked: list[Asked] = [
        ("GET", path, {"headers": {name: payload.encode("utf-8").replace(b"\r", b"").replace(b"\n", b"")}})
        for path in ("/", "/ward/E05000139", "/api/v1/wards/E05000139", "/assets/favicon.svg")
        for name in names
        for _, payload in PAYLOADS[::9]
    ]
    assert tried(asked) == []


def test_what_is_looked_for_is_recognised() -> None:
    html = {"content-type": "text/html"}
    assert acting_elements("<p>&lt;script&gt;canary()</p><a href='/x'>x</a>") == []
    for worked in (
        "<script>canary()</script>",
        "<img src=x onerror=canary()>",
        "<a href='javascript:canary()'>x</a>",
        "<iframe src=x></iframe>",
        "<form action=//evil.example>",
        "root:x:0:0",
        'File "/srv/app.py"',
        "1343433",
        "Parser Error: syntax error",
    ):
        assert what_worked(200, html, worked.encode()), worked
    assert what_worked(500, html, b"") and what_worked(200, {"x-canary": "1"}, b"")
    assert what_worked(303, {"location": "//evil.example"}, b"")
