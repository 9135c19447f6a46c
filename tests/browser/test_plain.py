"""Every kind of plain page in a real browser: accessible, narrow, light, quiet, and tidy on paper."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import httpx
import pypdf
import pytest
from playwright.sync_api import Browser

from tests.browser.noticing import Noticed, watch
from tests.browser.walk import axe_violations, measure_with, sideways
from transparency.outlets.tools import CARD_HEIGHT, CARD_WIDTH

pytestmark = pytest.mark.browser

MOST_BYTES = 30_000
MOST_PAGES_OF_PAPER = 12
EVERY_WARD = "/plain/distances"  # a list of every ward takes the paper it needs
SMALLEST_IN_PICTURES = 10  # pixels, on a telephone 360 pixels wide
CARDS = ("/embed/ward/E05000139", "/embed/borough/E09000030")
NOT_IN_THE_SITEMAP = (
    "/data/",
    "/data/staffing/",
    *CARDS,
    "/plain/find?q=kentish+town",
    "/plain/find?prefix=NW5+2",
    "/ward/E05999999",
    "/nowhere",
)


@dataclass
class Seen:
    """What was found on one page of each kind; empty lists are good."""

    addresses: list[str]
    violations: list[str] = field(default_factory=list)
    faint: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    sideways: list[str] = field(default_factory=list)
    untidy_tables: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    heavy: list[str] = field(default_factory=list)
    paper: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)


def one_of_each_kind(address: str) -> list[str]:
    """From the sitemap: the first page of each kind, a code or a name standing for its kind."""
    paths = re.findall(r"<loc>[^<]*?//[^/<]+([^<]*)</loc>", httpx.get(f"{address}/sitemap.xml").text)
    plain = [path for path in paths if re.match(r"/(plain|ward|borough|data)/", path)]
    kinds: dict[str, str] = {}
    for path in plain:
        kind = re.sub(r"^(/ward/|/borough/|/plain/promises/|/plain/methods/|/data/)[^/]+", r"\1", path)
        kinds.setdefault(kind, path)
    return [*kinds.values(), *NOT_IN_THE_SITEMAP]


@pytest.fixture(scope="session")
def seen(browser: Browser, live_server: str) -> Iterator[Seen]:
    found = Seen(one_of_each_kind(live_server))
    page = browser.new_page()
    noticed = Noticed()
    watch(page, noticed)
    for path in found.addresses:
        noticed.forget()
        page.set_viewport_size({"width": 768, "height": 900})
        answer = page.goto(live_server + path)
        measure_with(page)
        found.titles[path] = page.title()
        found.violations += [f"{path}: {fault}" for fault in axe_violations(page)]
        found.untidy_tables += [f"{path}: {fault}" for fault in page.evaluate("measures.untidyTables()")]
        levels = page.evaluate("measures.headings()")
        if not are_in_order(levels):
            found.headings.append(f"{path}: {levels}")
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            found.faint += [f"{path} {scheme}: {fault}" for fault in page.evaluate("measures.faint()")]
        if noticed.bytes_over_the_wire() > MOST_BYTES:
            found.heavy.append(f"{path}: {noticed.bytes_over_the_wire()} bytes")
        found.complaints += [f"{path}: asks {host}" for host in noticed.other_hosts(live_server)]
        if answer is not None and answer.ok:
            found.complaints += [f"{path}: {error}" for error in noticed.console_errors]
        page.set_viewport_size({"width": 360, "height": 780})
        found.pictures += [f"{path}: {fault}" for fault in page.evaluate(f"measures.pictures({SMALLEST_IN_PICTURES})")]
        page.set_viewport_size({"width": 320, "height": 900})
        found.sideways += [f"{path}: {pixels} px" for pixels in [sideways(page)] if pixels > 0]
        if answer is not None and answer.ok and path not in CARDS:
            found.paper += [f"{path}: {fault}" for fault in faults_on_paper(page.pdf(prefer_css_page_size=True), path)]
    page.close()
    yield found


def are_in_order(levels: list[int]) -> bool:
    """One main heading, and no level skipped on the way down."""
    return levels.count(1) == 1 and all(below <= above + 1 for above, below in pairwise(levels))


def faults_on_paper(printed: bytes, path: str) -> Iterator[str]:
    """A4, not too many pages, none of them empty, and the address it was printed from on the last."""
    pages = pypdf.PdfReader(io.BytesIO(printed)).pages
    texts = [" ".join(page.extract_text().split()) for page in pages]
    if (round(pages[0].mediabox.width), round(pages[0].mediabox.height)) != (595, 842):
        yield "not A4"
    if len(pages) > MOST_PAGES_OF_PAPER and path != EVERY_WARD:
        yield f"{len(pages)} pages"
    if not all(texts):
        yield "an empty page"
    if "Address: /" not in texts[-1]:
        yield "no address at the end"


@pytest.mark.rule("A1", "A8")
def test_axe_finds_nothing(seen: Seen) -> None:
    assert len(seen.addresses) > 15
    assert seen.violations == []


@pytest.mark.rule("A7")
def test_text_stands_out_in_light_and_dark(seen: Seen) -> None:
    assert seen.faint == []


@pytest.mark.rule("A12")
def test_tables_are_whole(seen: Seen) -> None:
    assert seen.untidy_tables == []


@pytest.mark.rule("A13")
def test_titles_and_headings(seen: Seen) -> None:
    assert seen.headings == []
    in_the_map = [seen.titles[path] for path in seen.addresses if path not in NOT_IN_THE_SITEMAP]
    assert sorted(title for title in set(in_the_map) if in_the_map.count(title) > 1) == []


@pytest.mark.rule("A14")
def test_nothing_is_wider_than_320_pixels(seen: Seen) -> None:
    assert seen.sideways == []


@pytest.mark.rule("C4")
def test_words_in_pictures_are_whole_and_can_be_read_on_a_telephone(seen: Seen) -> None:
    assert seen.pictures == []


def test_a_page_weighs_less_than_30_kilobytes(seen: Seen) -> None:
    assert seen.heavy == []


@pytest.mark.rule("P3")
def test_no_other_host_and_no_complaint(seen: Seen) -> None:
    assert seen.complaints == []


def test_each_prints_on_a_few_whole_pages_of_a4(seen: Seen) -> None:
    assert seen.paper == []


@pytest.mark.parametrize(
    "address", ["/embed/ward/E05013663", "/embed/ward/E05000139?as_at=2017-01-04", "/embed/borough/E09000007"]
)
def test_a_card_fits_its_frame(browser: Browser, live_server: str, address: str) -> None:
    page = browser.new_page(viewport={"width": CARD_WIDTH, "height": CARD_HEIGHT})
    page.goto(live_server + address)
    box = "[document.documentElement.scrollWidth, document.body.getBoundingClientRect().height]"
    width, height = page.evaluate(box)
    assert (width, height <= CARD_HEIGHT) == (CARD_WIDTH, True)
    page.close()
