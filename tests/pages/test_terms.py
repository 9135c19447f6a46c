"""Terms on the pages: each one used is linked once to its meaning, where the page uses it first.

A page is read here by a parser of its own, as a browser would, and not by the expressions that set the links.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from tests.browser.views import VIEWS, View
from tests.reading import without_terms
from transparency.about.pages import top_sections
from transparency.core.project import EMBEDDED_DATA
from transparency.exhibits.glossary import glossary
from transparency.exhibits.terms import SPELLINGS, with_terms
from transparency.outlets.dashboard.menu import PAGES_FOLDER
from transparency.outlets.plain import dated_paths, document_at
from transparency.pages.page import Page
from transparency.pages.registry import PAGES
from transparency.store.database import open_store
from transparency.store.store import Store

# The words of each term by its place in the glossary.
WORDS = {
    "dedicated-ward-officer": "dedicated constable, dedicated constables, dedicated police constable, "
    "dedicated police constables, ward officer, ward officers, (?-i:DWO)",
    "dedicated-pcso": "PCSO, PCSOs",
    "in-post": "in post",
    "vacant": "vacant, vacancy, vacancies",
    "full-time-equivalent": "FTE, full-time equivalent, full-time equivalents",
    "abstraction": "abstracted, abstraction, abstractions, time elsewhere, time spent elsewhere",
    "ring-fencing": "ring-fenced, ring-fencing",
    "front-counter": "counter, counters",
    "hub": "hub, hubs",
    "base": "base, bases",
    "contact-point": "contact point, contact points",
    "command-unit": "command unit, command units",
    "pathfinder": "pathfinder, pathfinders",
    "promise": "promise, promises",
    "lapsed": "lapsed, no longer kept",
    "status": "status, statuses",
    "evidence": "evidence",
    "declaration": "declared, declaration, declarations",
    "required-pace": "pace",
    "as-at-date": "as at",
    "snapshot": "snapshot, snapshots",
    "revision": "revision, revisions",
    "data-version": "data version, data versions",
}
OTHERWISE = ("a", "button", "code", "form", "label", "nav", "pre", "svg")
HEADED = ("caption", "details", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "table")
VOID = ("br", "img", "input", "link", "meta", "hr")


def written(words: str) -> re.Pattern[str]:
    """The words, whole, in large or small letters; the site's own name is none of them."""
    return re.compile(rf"(?<!London )\b({'|'.join(words.split(', '))})\b", re.IGNORECASE)


@dataclass
class Read(HTMLParser):
    """A page's running text in order, and its links to terms with their place."""

    running: str = ""
    links: list[tuple[str, str, int]] = field(default_factory=list)
    _open: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def _is_in(self, names: tuple[str, ...], *classes: str) -> bool:
        return any(tag in names or css in classes for tag, css in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("class") == "term":
            assert not self._is_in((*OTHERWISE, *HEADED), "foot", "glossary"), given
            self.links.append((given["href"] or "", "", len(self.running)))
            tag = "term"
        if tag not in VOID:
            self._open.append((tag, given.get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] not in (tag, "term" if tag == "a" else tag):
            pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] == "term":
            href, text, place = self.links[-1]
            self.links[-1] = (href, text + data, place)
        if not self._is_in((*OTHERWISE, *HEADED), "foot", "glossary", "verdict"):
            self.running += data


def link(anchor: str, words: str) -> str:
    """A term's link as it is written."""
    return f'<a class="term" href="/plain/glossary#{anchor}">{words}</a>'


def read(html: str) -> Read:
    page = Read()
    page.feed(html)
    return page


def faults(html: str) -> Iterator[str]:
    """What a page does otherwise than the rule asks."""
    page = read(html)
    for href, count in Counter(href for href, _, _ in page.links).items():
        if count > 1:
            yield f"{href} is linked {count} times"
    for anchor, words in WORDS.items():
        linked = [(place, place + len(text)) for href, text, place in page.links if href.endswith(f"#{anchor}")]
        used = written(words).search(page.running)
        if used and not any(start <= used.start() and used.end() <= end for start, end in linked):
            yield f"{anchor}: linked at {linked}, and used first at {used}"


def body(document: bytes) -> str:
    """A plain page without what is in print alone."""
    return re.sub('<p class="note print-only">.*?</p>', "", document.decode().partition("<body")[2])


def shown(file: str, parameters: dict[str, str]) -> str:
    """All HTML of a page of the dashboard, in its order."""
    page = AppTest.from_file(file, default_timeout=180)
    for name, value in parameters.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return "".join(element.proto.body for element in page.get("html"))


def at(address: str) -> str:
    """What the dashboard shows at an address."""
    parts = urlsplit(address)
    (page,) = (page for page in PAGES if page.address == parts.path)
    return shown(str(PAGES_FOLDER / f"{page.name}.py"), dict(parse_qsl(parts.query)))


@pytest.fixture(scope="module")
def store() -> Store:
    return open_store(EMBEDDED_DATA, run_checks=False)


@pytest.mark.rule("T13")
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_term_is_linked_where_a_page_of_the_dashboard_uses_it_first(view: View) -> None:
    assert list(faults(at(view.address))) == []


@pytest.mark.rule("T13")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_term_is_linked_on_the_pages_with_months_too(
    months: Store, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("transparency.outlets.dashboard.run.shared_store", lambda: months)
    assert list(faults(shown(str(PAGES_FOLDER / f"{page.name}.py"), {"as_at": "2022-07-01"}))) == []


PLAIN = (
    "/plain/find",
    "/plain/about",
    *dated_paths(),
    *(f"/plain/{section.name}" for section in top_sections()),
    "/plain/methods/ward_status_on",
    "/plain/sources/press",
    "/plain/promises/two-constables-one-pcso",
    "/ward/E05000139",
    "/ward/E05013663",
    "/borough/E09000007",
    "/borough/E09000007/months",
)


@pytest.mark.rule("T13")
@pytest.mark.parametrize("address", PLAIN)
def test_a_term_is_linked_where_a_plain_page_uses_it_first(store: Store, address: str) -> None:
    html = body(document_at(store, address).content)
    if address == "/plain/glossary":
        assert read(html).links == []
    else:
        assert list(faults(html)) == []


@pytest.mark.rule("T13")
def test_every_link_leads_to_a_place_in_the_glossary(store: Store) -> None:
    terms = {each.term for group in glossary().values() for each in group}
    assert SPELLINGS.keys() - terms == set()
    places = set(re.findall(r'<p id="([a-z-]+)"', document_at(store, "/plain/glossary").content.decode()))
    assert WORDS.keys() - places == set()
    linked = {href for address in PLAIN for href, _, _ in read(body(document_at(store, address).content)).links}
    assert len(linked) >= 15
    assert {href.removeprefix("/plain/glossary#") for href in linked} - places == set()


# ---------------------------------------------------------------- a piece of HTML by itself

HUB = link("hub", "{}")


@pytest.mark.parametrize(
    ("html", "linked"),
    [
        ("<p>A hub, and a hub.</p>", f"<p>A {HUB.format('hub')}, and a hub.</p>"),
        ("<h2>Hubs</h2><p>Two hubs.</p>", f"<h2>Hubs</h2><p>Two {HUB.format('hubs')}.</p>"),
        ('<p><a href="/hub">The hub</a></p>', '<p><a href="/hub">The hub</a></p>'),
        ('<img alt="a hub"><svg><text>hub</text></svg>', '<img alt="a hub"><svg><text>hub</text></svg>'),
        ("<p>Hubbub at metropolitan github.</p>", "<p>Hubbub at metropolitan github.</p>"),
        ("<p>transparency fetch dwo</p>", "<p>transparency fetch dwo</p>"),
        ("<p>The Met and met.police.uk.</p>", "<p>The Met and met.police.uk.</p>"),
        ('<p class="verdict">One hub.</p>', '<p class="verdict">One hub.</p>'),
        ("<table><tr><td>hub</td></tr></table>", "<table><tr><td>hub</td></tr></table>"),
    ],
)
def test_a_word_is_linked_once_and_only_in_running_text(html: str, linked: str) -> None:
    assert with_terms(html)[0] == linked


def test_the_second_piece_of_a_page_knows_what_the_first_has_linked() -> None:
    first, linked = with_terms("<h1>Evidence</h1><p>A hub.</p>")
    second, _ = with_terms("<p>The hub, on evidence.</p>", linked)
    assert HUB.format("hub") in first
    assert second == f"<p>The hub, on {link('evidence', 'evidence')}.</p>"


PIECES = (
    "<p>",
    "</p>",
    "<h2>",
    "</h2>",
    "<table>",
    "</table>",
    "<a href='/x'>",
    "</a>",
    " hub ",
    " PCSOs ",
    " &amp; ",
    "met",
)


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_nothing_but_links_is_added(html: str) -> None:
    linked, _ = with_terms(html)
    assert without_terms(linked) == html
