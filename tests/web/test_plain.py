"""The plain pages over HTTP: no script, one h1, light, honest about bad addresses, and no trace of a postcode."""

from __future__ import annotations

import gzip
import random
import re
from html.parser import HTMLParser

import httpx
import pytest

from transparency.about.pages import top_sections
from transparency.pages.registry import PAGES

ADDRESSES = [
    "/plain/find",
    "/plain/london",
    "/plain/months",
    "/plain/boroughs",
    "/plain/months_boroughs",
    "/plain/compared",
    "/plain/counters",
    "/plain/closures",
    "/plain/totals",
    "/plain/distances",
    "/plain/bases",
    "/site/kentish-town",
    "/site/holborn?as_at=2017-12-28",
    "/plain/promises",
    "/plain/promises/two-constables-one-pcso",
    "/plain/questions",
    "/plain/about",
    *(f"/plain/{section.name}" for section in top_sections()),
    "/plain/methods/dwo_place_month",
    "/plain/methods/check_dwo_match",
    "/plain/sources/press",
    "/plain/sources/press_2",
    "/ward/E05000139",
    "/ward/E05000139?as_at=2017-01-04",
    "/ward/E05013663",
    "/borough/E09000007",
    "/borough/E09000030?as_at=2017-01-04",
    "/borough/E09000030/months",
]
LIGHT_BYTES = 20_000  # as it is sent, pictures included


class Outline(HTMLParser):
    """Headings, tables and links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.tables = self.captions = self.scripts = 0
        self.row_headers = self.rows = 0
        self.hrefs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.tables += tag == "table"
        self.captions += tag == "caption"
        self.scripts += tag == "script" and given.get("type") != "application/ld+json"
        self.row_headers += tag == "th" and given.get("scope") == "row"
        self.hrefs += [str(given["href"])] if tag == "a" and "href" in given else []


def outline(text: str) -> Outline:
    page = Outline()
    page.feed(text)
    return page


@pytest.mark.rule("A12", "A13")
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_plain_page_is_light_and_well_formed(live_server: str, address: str) -> None:
    answer = httpx.get(live_server + address)
    assert answer.status_code == 200
    text = answer.text
    page = outline(text)
    assert page.headings.count(1) == 1
    steps = zip(page.headings, page.headings[1:], strict=False)
    assert all(after - before <= 1 for before, after in steps)
    assert page.tables == page.captions
    assert page.scripts == 0
    assert '<html lang="en-GB">' in text
    assert 'name="description"' in text
    assert 'property="og:title"' in text
    assert len(gzip.compress(answer.content, 6)) < LIGHT_BYTES
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.rule("D5")
def test_the_ward_page_says_what_the_dashboard_says(live_server: str) -> None:
    text = httpx.get(live_server + "/ward/E05000139?as_at=2017-01-04").text
    assert "<title>Kentish Town, Camden · London ward officers</title>" in text
    sentence = "Kentish Town had two constables and one PCSO on 4 January 2017."
    assert f'<p class="verdict" id="verdict">{sentence}</p>' in text
    assert f'<meta property="og:description" content="{sentence}">' in text
    assert '"@type": "Dataset"' in text
    assert 'href="/?ward=E05000139' not in text.split("<main", 1)[1].split("</main>")[0]
    assert 'href="/?ward=E05000139&amp;as_at=2017-01-04"' in text  # the way to the dashboard, in the footer


@pytest.mark.rule("A5", "C6")
def test_inline_pictures_have_a_title_and_a_description(live_server: str) -> None:
    text = httpx.get(live_server + "/ward/E05000139").text
    assert text.count("<svg") == 2
    assert text.count("<svg") == text.count("<desc>")
    assert "<img" not in text


def test_a_ward_that_ended_answers_on_its_own_last_day(live_server: str) -> None:
    text = httpx.get(live_server + "/ward/E05000139").text
    assert "Kentish Town was abolished in May 2022." in text
    assert 'href="/ward/E05013663"' in text


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/ward/E05999999", "No ward of London has the code E05999999"),
        ("/ward/E05009300", "City of London, which has its own police force"),
        ("/ward/x%3Cscript%3E", "is not a ward code"),
        ("/borough/E09000099", "E09000099"),
        ("/ward/E05000139?as_at=2016-07-20", "Days from 21 July 2016 to"),
        ("/ward/E05000139?as_at=2999-01-01", "is in the future"),
        ("/ward/E05000139?as_at=soon", "is not a day"),
        ("/plain/promises/nothing", "No promise is followed here"),
    ],
)
def test_a_bad_address_is_404_and_says_why(live_server: str, address: str, said: str) -> None:
    answer = httpx.get(live_server + address)
    assert answer.status_code == 404
    assert said in answer.text
    assert "<script>" not in answer.text


@pytest.mark.rule("P1")
def test_a_posted_postcode_is_led_to_its_ward(live_server: str) -> None:
    answer = httpx.post(live_server + "/plain/find", data={"q": " nw5  2aa "})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/ward/E05013664")


@pytest.mark.rule("P1")
@pytest.mark.parametrize(
    ("typed", "said", "link"),
    [
        ("br1 1hw", "Not your ward? Your postcode&#39;s position is within 25 m of", "/ward/E05014005"),
        ("nw5 2ac", "of postcodes in NW5 2A", "/ward/E05013664"),
    ],
)
def test_a_posted_postcode_of_several_wards_is_answered_at_once(
    live_server: str, typed: str, said: str, link: str
) -> None:
    answer = httpx.post(live_server + "/plain/find", data={"q": typed})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert said in answer.text
    assert f'href="{link}"' in answer.text
    assert "We look it up in Ordnance Survey&#39;s list of August 2014" in answer.text
    assert typed.upper() not in answer.text.upper()


@pytest.mark.rule("P1")
def test_a_postcode_in_an_address_is_refused_and_not_repeated(live_server: str) -> None:
    answer = httpx.get(live_server + "/plain/find", params={"q": "NW5 2AA"})
    assert answer.status_code == 400
    assert "A postcode is not accepted in an address" in answer.text
    assert "/plain/find" in answer.text
    assert "NW5 2AA" not in answer.text


@pytest.mark.rule("P1")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("51.5512, -0.1402", "centre 0.4 km away"),
        ("my home is 51.5512, -0.1402", "centre 0.4 km away"),
        ("TQ 28934 85123", "That looks like a grid reference, which is not read here"),
        ("filled.count.soap", "That looks like three words of what3words, which is not read here"),
        ("17 Leighton Road", "No ward, borough or place has that name"),
        ("1 Headstone Drive", ">1 Headstone Drive</a>"),
    ],
)
def test_what_may_name_a_household_is_answered_at_once_and_led_into_no_address(
    live_server: str, typed: str, said: str
) -> None:
    answer = httpx.post(live_server + "/plain/find", data={"q": typed})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert "Location" not in answer.headers
    assert said in answer.text
    assert f'value="{typed}"' not in answer.text


@pytest.mark.rule("P1")
@pytest.mark.parametrize("parameter", ["q", "prefix"])
def test_a_position_in_an_address_is_refused_and_not_repeated(live_server: str, parameter: str) -> None:
    answer = httpx.get(live_server + "/plain/find", params={parameter: "51.5512, -0.1402"})
    assert answer.status_code == 400
    assert "A position is not accepted in an address" in answer.text
    assert "51.5512" not in answer.text


def test_a_name_is_found_by_get_and_by_the_form(live_server: str) -> None:
    assert ">Kentish Town</a>" in httpx.get(live_server + "/plain/find?q=kentsh+twon").text
    led = httpx.post(live_server + "/plain/find", data={"q": "kentsh twon"})
    assert led.headers["Location"] == "/plain/find?q=kentsh+twon"


def test_the_answer_is_not_sent_twice(live_server: str) -> None:
    first = httpx.get(live_server + "/ward/E05000139")
    again = httpx.get(live_server + "/ward/E05000139", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert httpx.head(live_server + "/ward/E05000139").status_code == 200


def test_links_within_the_plain_pages_lead_somewhere(live_server: str) -> None:
    with httpx.Client(base_url=live_server) as client:
        inner = set()
        for address in ADDRESSES:
            inner |= {href.split("#")[0] for href in outline(client.get(address).text).hrefs if href.startswith("/")}
        some = random.Random(629).sample(sorted(inner), 60)
        broken = {href: client.get(href).status_code for href in some}
    assert {href: status for href, status in broken.items() if status not in (200, 308)} == {}


def test_sitemap_and_robots_name_the_permanent_addresses(live_server: str) -> None:
    robots = httpx.get(live_server + "/robots.txt").text
    assert f"Sitemap: {live_server}/sitemap.xml" in robots
    sitemap = httpx.get(live_server + "/sitemap.xml").text
    assert f"<loc>{live_server}/ward/E05000139</loc>" in sitemap
    assert f"<loc>{live_server}/borough/E09000007</loc>" in sitemap


def test_no_plain_route_hides_a_dashboard_page(live_server: str) -> None:
    plain = {f"/{address.split('?')[0].split('/')[1]}" for address in ADDRESSES}
    assert plain.isdisjoint({page.address for page in PAGES})
    for page in PAGES:
        assert '<div id="root">' in httpx.get(live_server + page.address).text


def test_a_report_of_an_error_may_name_a_data_version_of_a_postcode_s_shape(live_server: str) -> None:
    asked = {"report": "ward_status", "ward": "E05013663", "data_version": "2d04ba1c6a54"}
    answer = httpx.get(live_server + "/plain/about", params=asked)
    assert answer.status_code == 200
    assert "data version: 2d04ba1c6a54" in answer.text
    assert httpx.get(live_server + "/plain/about", params={"report": "NW5 2AA"}).status_code == 400
