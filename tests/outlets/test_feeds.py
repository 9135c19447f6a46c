"""Feeds of a small city: valid Atom, with what changed, when and by whom."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transparency.core.errors import UnknownFileError, UnknownPlaceError
from transparency.core.text import without_control_characters
from transparency.exhibits.document import text_bytes
from transparency.exhibits.html import render
from transparency.exhibits.svg import Drawing
from transparency.outlets.feeds import feed_document, feed_paths
from transparency.pages.ward_changes import Entry
from transparency.store.current import shared_store
from transparency.store.store import Store

DAY = date(2026, 11, 22)
FEED: dict[str, Any] = {
    **dict.fromkeys(("title", "identifier", "subtitle", "self_href", "page_href", "site", "rights"), "x"),
    "updated_on": DAY,
    "base": "",
    "page": "/",
    "is_demonstration": False,
    "notice": "",
}
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(store: Store, path: str) -> list[dict[str, str]]:
    feed = ET.fromstring(feed_document(store, path, "https://ward.example").content)
    return [
        {
            "title": entry.findtext(f"{ATOM}title") or "",
            "id": entry.findtext(f"{ATOM}id") or "",
            "content": entry.findtext(f"{ATOM}content") or "",
            "href": entry.findall(f"{ATOM}link")[0].get("href") or "",
        }
        for entry in feed.iter(f"{ATOM}entry")
    ]


def test_a_ward_s_feed_tells_each_figure_and_its_revision(city: Store) -> None:
    found = entries(city, "ward/E05900032.atom")
    assert [entry["title"] for entry in found] == [
        "Figures of 1 ward as at 3 July 2020: 1 confirmed",
        "Revised figures of 1 ward as at 18 April 2018: 1 confirmed",
        "Figures of 1 ward as at 18 April 2018: 1 confirmed",
        "South Quay was to stay open 24 hours",
        "Figures of 1 ward as at 28 December 2017: 1 announced",
    ]
    assert found[1]["content"] == (
        "Why it was revised: The minutes had been misread. Marsh: two constables, confirmed by Ward panels. "
        "Source: Ward panels, Minutes."
    )
    assert found[0]["href"] == "https://ward.example/ward/E05900032?as_at=2020-07-03"
    assert len({entry["id"] for entry in found}) == 5


def test_a_ward_of_today_has_its_counters_and_its_crime_in_its_feed() -> None:
    found = {entry["title"]: entry["content"] for entry in entries(shared_store(), "ward/E05013663.atom")}
    assert found["Holloway closed, 1.9 km away"].startswith("November 2020: Holloway closed, 1.9 km away.")
    crime = "In the year to February 2026, 688 offences were recorded in Kentish Town North"
    content = next(content for title, content in found.items() if title.startswith(crime))
    assert "There were 9% more than in the year before" in content


def test_london_s_feed_tells_wards_figures_and_sites_and_says_a_declaration_once(city: Store) -> None:
    found = {entry["title"]: entry["content"] for entry in entries(city, "london.atom")}
    assert found["Figures of 9 wards as at 28 December 2017: 9 announced"] == (
        "Each of 9 wards: at least two constables and at least one PCSO, announced by City Hall; not "
        "checked for any one ward. Source: City Hall, Every ward has its team."
    )
    assert found["North Gate, closed, December 2017"].startswith("North Gate (Northbank).")
    assert "2 figures by City Hall as at 4 January 2017" in found
    assert not any("target" in content or "promised" in content.lower() for content in found.values())


def test_a_borough_s_feed_tells_its_own_only(city: Store) -> None:
    titles = [entry["title"] for entry in entries(city, "borough/E09000092.atom")]
    assert "South Quay, decided to keep, 1 November 2017" in titles
    assert "North Gate, closed, December 2017" not in titles


def test_identifiers_stay_and_every_feed_can_be_made(city: Store) -> None:
    paths = feed_paths(city)
    assert {"london.atom", "borough/E09000091.atom", "ward/E05900037.atom"} <= set(paths)
    for path in paths:
        assert feed_document(city, path).content == feed_document(city, path).content


def test_an_invented_feed_says_so(demonstration: Store) -> None:
    assert b"Demonstration data: invented" in feed_document(demonstration, "london.atom").content
    assert all("Demonstration data: invented." in entry["content"] for entry in entries(demonstration, "london.atom"))


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("paris.atom", UnknownFileError),
        ("london.rss", UnknownFileError),
        ("ward/E05999999.atom", UnknownPlaceError),
        ("borough/E05900011.atom", UnknownPlaceError),
        ("site/north-gate.atom", UnknownFileError),
    ],
)
def test_no_feed_of_no_place(city: Store, path: str, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        feed_document(city, path)


@given(text=st.text(min_size=1))
def test_a_feed_is_well_formed_whatever_a_source_is_called(text: str) -> None:
    entry = Entry("a", text, (text, text), DAY, DAY, f"https://x.example/{text}", (text,))
    content = text_bytes(render("feed.xml", entries=[entry], **FEED))
    feed = ET.fromstring(content)
    (title,) = (each.findtext(f"{ATOM}title") for each in feed.iter(f"{ATOM}entry"))
    assert title == without_control_characters(text).replace("\r\n", "\n").replace("\r", "\n")


@given(text=st.text(min_size=1))
def test_a_sitemap_and_a_picture_are_well_formed_whatever_a_place_is_called(text: str) -> None:
    ET.fromstring(text_bytes(render("sitemap.xml", addresses=[f"/{text}"], site="https://x.example", changed_on=None)))
    drawing = Drawing(10, 10, text, text)
    drawing.add("text", text, class_=text)
    ET.fromstring(drawing.text())
