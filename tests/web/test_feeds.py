"""Feeds over HTTP."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import httpx

ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_feeds_of_london_a_borough_and_a_ward_are_atom_with_full_addresses(live_server: str) -> None:
    for path in ("london.atom", "borough/E09000007.atom", "ward/E05000139.atom"):
        answer = httpx.get(f"{live_server}/feeds/{path}")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
        assert answer.headers["etag"]
        feed = ET.fromstring(answer.content)
        assert feed.tag == f"{ATOM}feed"
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links["self"] == f"{live_server}/feeds/{path}"
        identifiers = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
        assert len(identifiers) == len(set(identifiers)) > 0
        for entry in feed.iter(f"{ATOM}entry"):
            assert entry.findtext(f"{ATOM}title")
            assert entry.findtext(f"{ATOM}updated")
            page = next(link.get("href") for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate")
            assert page is not None and page.startswith(f"{live_server}/")
        assert page is not None
        assert httpx.get(page).status_code == 200


def test_no_feed_of_no_place(live_server: str) -> None:
    answer = httpx.get(f"{live_server}/feeds/ward/E05999999.atom")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
