"""What each kind of answer lets a browser load, run and frame; who is answered; what is closed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.serving import serve
from transparency.web import policies

PAGES = ["/ward/E05000139", "/plain/find", "/plain/london", "/data/", "/nothing-here", "/ward/nonsense"]
FILES = [
    "/api/v1/wards/E05000139",
    "/api/v1/wards/nonsense",
    "/ward/E05000139/handout.pdf",
    "/data/staffing.csv",
    "/feeds/london.atom",
    "/site.css",
    "/health",
    "/assets/favicon.svg",
]
DASHBOARD = ["/", "/progress", "/boroughs", "/counters", "/ring_fencing", "/promises", "/downloads", "/about"]


def policy_of(headers: httpx.Headers) -> dict[str, str]:
    parts = headers["content-security-policy"].split("; ")
    return {name: value for name, _, value in (part.partition(" ") for part in parts)}


@pytest.mark.parametrize("path", [*PAGES, *FILES, *DASHBOARD])
def test_nothing_is_sniffed_framed_or_told_to_other_sites(live_server: str, path: str) -> None:
    headers = httpx.get(live_server + path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert policy_of(headers)["frame-ancestors"] == "'none'"
    assert "strict-transport-security" not in headers
    assert "server" not in headers


@pytest.mark.parametrize("path", PAGES)
def test_a_plain_page_runs_no_script_and_brings_none(live_server: str, path: str) -> None:
    answer = httpx.get(live_server + path)
    policy = policy_of(answer.headers)
    assert policy["default-src"] == "'none'"
    assert not policy.keys() & {"script-src", "script-src-elem", "connect-src", "frame-src", "object-src"}
    assert (policy["form-action"], policy["base-uri"]) == ("'self'", "'none'")
    # Data for search engines is no script; nothing else may stand in such an element, and no element may act.
    kinds = re.findall(r"<script\b([^>]*)>", answer.text)
    assert set(kinds) <= {' type="application/ld+json"'}
    assert not re.search(r"<[a-z][^>]*\son[a-z]+\s*=", answer.text)


@pytest.mark.parametrize("path", FILES)
def test_a_file_loads_nothing_when_it_is_opened(live_server: str, path: str) -> None:
    policy = policy_of(httpx.get(live_server + path).headers)
    assert (policy["default-src"], policy["form-action"], policy["img-src"]) == ("'none'", "'none'", "data:")
    assert "script-src" not in policy


@pytest.mark.parametrize("path", DASHBOARD)
def test_the_dashboard_runs_its_own_scripts_and_evaluates_none(live_server: str, path: str) -> None:
    policy = policy_of(httpx.get(live_server + path).headers)
    assert "'unsafe-eval'" not in policy["script-src"]
    assert "'unsafe-inline'" not in policy["script-src"]
    assert (policy["default-src"], policy["object-src"], policy["connect-src"]) == ("'self'", "'none'", "'self'")


def test_an_answer_may_open_itself_to_frames() -> None:
    opened = policies.framable(policies.PAGE)
    assert "frame-ancestors *" in opened
    assert opened.replace("frame-ancestors *", "frame-ancestors 'none'") == policies.PAGE
    assert "frame-ancestors https://a.example" in policies.framable(policies.PAGE, "https://a.example")
    with pytest.raises(ValueError, match="does not say"):
        policies.framable(opened)


# ---------------------------------------------------------------- as an operator sets it


@pytest.fixture(scope="module")
def set_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    operator = tmp_path_factory.mktemp("operator") / "operator.json"
    operator.write_text(
        '{"name": "Ward Watch", "contact": "us@wards.example", "about": null, "decides": null, "interests": null, '
        '"sees_early": [], "replies": []}'
    )
    with serve(
        TRANSPARENCY_OPERATOR=str(operator),
        TRANSPARENCY_SITE="https://wards.example",
        TRANSPARENCY_HSTS="max-age=31536000",
        TRANSPARENCY_PROXIES="127.0.0.1",
        TRANSPARENCY_SEARCHES="5",
        TRANSPARENCY_METRICS="on",
    ) as address:
        yield address


def test_strict_transport_is_said_where_it_is_set(set_server: str) -> None:
    assert httpx.get(set_server).headers["strict-transport-security"] == "max-age=31536000"


def test_absolute_addresses_are_those_of_the_site_whatever_host_is_asked(set_server: str) -> None:
    for path in ("/feeds/london.atom", "/sitemap.xml", "/robots.txt", "/data/"):
        for host in ("wards.example", "127.0.0.1"):
            text = httpx.get(set_server + path, headers={"Host": host, "X-Forwarded-Host": "evil.example"}).text
            assert "https://wards.example/" in text
            assert "evil.example" not in text and "127.0.0.1" not in text


@pytest.mark.parametrize("path", ["/", "/feeds/london.atom", "/sitemap.xml", "/ward/E05000139/handout.pdf", "/health"])
def test_a_strange_host_is_not_answered(live_server: str, set_server: str, path: str) -> None:
    for address in (live_server, set_server):
        for host in ("evil.example", "evil.example:80", "127.0.0.1@evil.example"):
            answer = httpx.get(address + path, headers={"Host": host})
            assert answer.status_code == 421
            assert "evil" not in answer.text


def test_searches_are_limited_by_client_at_every_door(set_server: str) -> None:
    doors: list[Callable[[dict[str, str]], httpx.Response]] = [
        lambda client: httpx.get(f"{set_server}/api/v1/search?q=abbey", headers=client),
        lambda client: httpx.post(f"{set_server}/api/v1/search", json={"q": "abbey"}, headers=client),
        lambda client: httpx.post(f"{set_server}/plain/find", data={"q": "abbey"}, headers=client),
        lambda client: httpx.get(f"{set_server}/plain/find?q=abbey", headers=client),
    ]
    for number, door in enumerate(doors):
        client = {"X-Forwarded-For": f"192.0.2.{number}"}
        assert [door(client).status_code for _ in range(5)] == [303 if number == 2 else 200] * 5
        refused = door(client)
        assert refused.status_code == 429
        assert 1 <= int(refused.headers["retry-after"]) <= 12
        assert "That was a lot of searches." in refused.text
        assert "192.0.2" not in refused.text
        assert door({"X-Forwarded-For": f"198.51.100.{number}"}).status_code < 400
        # What a client writes before the proxy's own entry is not believed.
        assert door({"X-Forwarded-For": f"203.0.113.9, 192.0.2.{number}"}).status_code == 429
    problem = doors[0]({"X-Forwarded-For": "192.0.2.0"})
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["status"] == 429
    assert httpx.get(f"{set_server}/plain/find", headers={"X-Forwarded-For": "192.0.2.0"}).status_code == 200


def test_measurements_are_closed_unless_they_are_asked_for(live_server: str, set_server: str) -> None:
    assert httpx.get(f"{live_server}/_stcore/metrics").status_code == 404
    assert httpx.get(f"{set_server}/_stcore/metrics").status_code == 200


# ---------------------------------------------------------------- the dashboard's socket


@pytest.mark.parametrize(
    ("origin", "host", "is_let_in"),
    [
        (None, None, True),
        ("own", None, True),
        ("http://localhost:1", None, False),
        ("https://evil.example", None, False),
        ("null", None, False),
        ("http://evil.example", "evil.example", False),
    ],
)
def test_the_socket_opens_to_own_pages_only(
    live_server: str, origin: str | None, host: str | None, is_let_in: bool
) -> None:
    address = live_server.replace("http", "ws") + "/_stcore/stream"
    asked = {"Host": host} if host else {}
    if not is_let_in:
        with pytest.raises(InvalidStatus) as refused:
            _open(address, origin, asked)
        # A second Host header is no HTTP at all.
        assert refused.value.response.status_code == (400 if host else 403)
    else:
        _open(address, live_server if origin == "own" else origin, asked)


def _open(address: str, origin: str | None, headers: dict[str, str]) -> None:
    with connect(address, origin=origin, additional_headers=headers, subprotocols=["streamlit"], open_timeout=180):  # type: ignore[arg-type, list-item]
        pass
