"""Addresses that end in a slash lead on, and whatever is refused to a program is problem details."""

from __future__ import annotations

import re

import httpx
import pytest


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/ward/E05009317/", "/ward/E05009317"),
        ("/ward/E05009317/?as_at=2019-01-01", "/ward/E05009317?as_at=2019-01-01"),
        ("/ward/E05009317///", "/ward/E05009317"),
        ("/borough/E09000030/months/", "/borough/E09000030/months"),
        ("/plain/find/?q=abbey+road", "/plain/find?q=abbey+road"),
        ("/plain/london/", "/plain/london"),
        ("/api/v1/wards/E05009317/", "/api/v1/wards/E05009317"),
        ("/api/v1/search/?q=abbey", "/api/v1/search?q=abbey"),
        ("/feeds/london.atom/", "/feeds/london.atom"),
        ("/data/staffing/latest.csv/", "/data/staffing/latest.csv"),
        ("/counters/", "/counters"),
        ("/health/", "/health"),
        ("/nothing/here/", "/nothing/here"),
    ],
)
def test_a_slash_at_the_end_leads_on_with_the_query(live_server: str, address: str, leads_to: str) -> None:
    answer = httpx.get(live_server + address)
    assert (answer.status_code, answer.headers["location"]) == (308, leads_to)


def test_what_is_posted_to_an_address_with_a_slash_is_led_on(live_server: str) -> None:
    answer = httpx.post(f"{live_server}/api/v1/search/", json={"q": "abbey"}, follow_redirects=True)
    assert (answer.status_code, answer.json()["results_count"] > 0) == (200, True)


@pytest.mark.parametrize("address", ["/", "/data/", "/data/staffing/", "/plain/"])
def test_what_ends_in_a_slash_by_right_stays(live_server: str, address: str) -> None:
    assert httpx.get(live_server + address, follow_redirects=True).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example/",
        "///evil.example//",
        "/%2Fevil.example/",
        "/%5Cevil.example/",
        "/%5C%5Cevil.example/",
        "/%09/evil.example/",
        "/https:/evil.example/",
        "/%0D%0ALocation:%20https://evil.example/",
        "/@evil.example/",
        "/.//evil.example/",
    ],
)
def test_no_address_leads_away_from_the_site(live_server: str, address: str) -> None:
    with httpx.Client() as client:
        request = client.build_request("GET", live_server)
        request.url = request.url.copy_with(raw_path=address.encode())
        answer = client.send(request)
    assert answer.status_code in (308, 400, 404)
    led_to = answer.headers.get("location", "/")
    assert led_to.startswith("/") and not led_to.startswith(("//", "/\\", "/\t"))


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1/wards/E05009317/rubbish", 404),
        ("GET", "/api/v1/wards/E05009317;rubbish", 404),
        ("GET", "/api", 404),
        ("GET", "/api/v2/wards", 404),
        ("POST", "/api/v1/nothing", 404),
        ("POST", "/api/v1/wards", 405),
        ("DELETE", "/api/v1/wards/E05009317", 405),
        ("PATCH", "/api/v1/search", 405),
        ("TRACE", "/api/v1/london", 405),
        ("GET", f"/api/v1/wards?borough={'x' * 5000}", 414),
        ("GET", "/api/v1/wards?evidence=hearsay", 400),
        ("DELETE", "/data/staffing/latest.csv", 405),
        ("POST", "/feeds/london.atom", 405),
    ],
)
def test_what_is_refused_to_a_program_is_problem_details(live_server: str, method: str, path: str, status: int) -> None:
    answer = httpx.request(method, live_server + path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert (answer.json()["status"], bool(answer.json()["detail"])) == (status, True)


@pytest.mark.parametrize(
    ("body", "status"),
    [(b'{"q": "abbey"} rubbish', 400), (b'{"q": "abbey"', 400), (b"x" * 20_000, 413), (b"\xff\xfe", 400)],
)
def test_a_body_that_is_refused_is_problem_details(live_server: str, body: bytes, status: int) -> None:
    answer = httpx.post(f"{live_server}/api/v1/search", content=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_a_host_that_is_not_known_is_refused_to_a_program_as_a_problem(live_server: str) -> None:
    answer = httpx.get(f"{live_server}/api/v1/london", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.headers["content-type"]) == (421, "application/problem+json")


def test_a_method_that_is_not_taken_names_those_that_are(live_server: str) -> None:
    answer = httpx.put(f"{live_server}/api/v1/search")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS, POST")
    page = httpx.delete(f"{live_server}/ward/E05009317")
    assert (page.status_code, page.headers["allow"]) == (405, "GET, HEAD")
    assert page.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/plain", "/plain/find"),
        ("/ring-fencing", "/ring_fencing"),
        ("/plain/ring_fencing_places", "/plain/ring_fencing"),
        ("/plain/ring-fencing?as_at=2019-06-30", "/plain/ring_fencing?as_at=2019-06-30"),
    ],
)
def test_what_readers_type_leads_on(live_server: str, typed: str, meant: str) -> None:
    answer = httpx.get(live_server + typed)
    assert (answer.status_code, answer.headers["Location"]) == (308, meant)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/nothing-here", "Check the address, or find your ward."),
        ("/ward/E05999999", "No ward of London has the code E05999999"),
    ],
)
def test_a_page_that_is_not_found_has_the_frame_and_the_form(live_server: str, address: str, said: str) -> None:
    answer = httpx.get(live_server + address)
    assert answer.status_code == 404
    text = answer.text
    assert "<h1>Page not found</h1>" in text
    assert said in text
    assert '<p class="site"><a href="/plain/find">London ward officers</a></p>' in text
    assert '<a href="/plain/counters">Counters</a>' in text
    assert re.search(
        r'<form method="post" action="/plain/find">.*name="q".*<button type="submit">Find', text, re.DOTALL
    )


def test_the_page_not_found_needs_no_sheet_of_the_server(live_server: str) -> None:
    text = httpx.get(live_server + "/nothing-here").text
    assert 'rel="stylesheet"' not in text
    assert ".tp .panel {" in text


def test_what_is_refused_without_being_lost_has_no_form(live_server: str) -> None:
    text = httpx.delete(f"{live_server}/ward/E05009317").text
    assert "London ward officers</a>" in text
    assert "<form" not in text
