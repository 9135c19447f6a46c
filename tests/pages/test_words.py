"""The rules of the words on every page: short answers, plain sentences, one name for one thing, no word of the builder.

What is folded, in a table or in code is not running text. Every page is read with all connections to other machines
refused, and none may ask for one.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from html.parser import HTMLParser
from typing import NamedTuple

import pytest
from demo.build import build_demonstration

from tests.offline import refusing_connections
from tests.pages.running import run_page
from tests.reading import words
from tests.small_city import build_small_city
from transparency.about import rules
from transparency.about.rules import PASSED, SelfCheck, rulebook
from transparency.core.project import EMBEDDED_DATA
from transparency.core.text import full_date
from transparency.core.vocabulary import today
from transparency.exhibits.addresses import borough_path, months_path, section_path, ward_path
from transparency.outlets.plain import document_at, plain_paths
from transparency.pages.landing import find_sheet
from transparency.pages.registry import PAGES, SHEETS
from transparency.places.queries import all_boroughs
from transparency.store.database import open_store
from transparency.store.store import Store

# Its reasons are stored with the snapshots they revise, which never change.
QUOTED = section_path("corrections")
BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "dd", "figcaption"}
LEFT_OUT = {"details", "table", "nav", "pre", "code", "svg", "script", "style", "form", "head", "header"}
BUILD_WORDS = re.compile(
    r"\bmake (?:demo|run|test|docs)\b|transparency (?:fetch|import|publish)|/\w+\.json\b|TRANSPARENCY_|\.xlsx\b"
)
NOWHERE = re.compile(r"24/7|round[- ]the[- ]clock|\d %|\bper cent\b|\be-mail|\bhand-out|\bclosings\b", re.IGNORECASE)
SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z0-9“])")


class Block(NamedTuple):
    """A paragraph, list item or heading of running text, with the classes it has."""

    tag: str
    classes: frozenset[str]
    text: str


class Reader(HTMLParser):
    """The blocks of running text of a page, without what is folded, in a table, in the menu or in code."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self._left_out: list[str] = []
        self._open: list[tuple[str, frozenset[str], list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in LEFT_OUT:
            self._left_out.append(tag)
        elif tag in BLOCKS and not self._left_out:
            self._open.append((tag, frozenset((dict(attrs).get("class") or "").split()), []))

    def handle_endtag(self, tag: str) -> None:
        if self._left_out and tag == self._left_out[-1]:
            self._left_out.pop()
        elif self._open and tag == self._open[-1][0]:
            name, classes, parts = self._open.pop()
            if text := " ".join("".join(parts).split()):
                self.blocks.append(Block(name, classes, text))

    def handle_data(self, data: str) -> None:
        if self._open and not self._left_out:
            self._open[-1][2].append(data)


def read(html: str) -> list[Block]:
    reader = Reader()
    reader.feed(html)
    return reader.blocks


def length(text: str) -> int:
    return len(re.findall(r"\w[\w'’.,&/-]*", text))


def finding_is_long(css_class: str, most: int, blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        if css_class in block.classes and (length(block.text) > most or ";" in block.text or block.text.count(":") > 1):
            yield block.text


def long_sentences(blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        if block.tag in ("p", "li"):
            sentences = SENTENCE_END.split(block.text)
            # A line of links is no sentence.
            yield from (each for each in sentences if length(each) > 30 and " · " not in each)


def dates_of_today(blocks: list[Block]) -> Iterator[str]:
    said = [block.text for block in blocks if full_date(today()) in block.text]
    if sum(text.count(full_date(today())) for text in said) > 1:
        yield from said


def matching(pattern: re.Pattern[str], blocks: list[Block]) -> Iterator[str]:
    return (block.text for block in blocks if pattern.search(block.text))


RULES: dict[str, Callable[[list[Block]], Iterator[str]]] = {
    "an answer has at most 20 words, no semicolon and one colon": partial(finding_is_long, "verdict", 20),
    "a headline has at most 25 words, no semicolon and one colon": partial(finding_is_long, "headline", 25),
    "a sentence has at most 30 words": long_sentences,
    "today's date is said once": dates_of_today,
    "what was announced is called declared only under About": partial(matching, re.compile(r"\bdeclared\b", re.I)),
    "no command, file name or setting is shown": partial(matching, BUILD_WORDS),
    "one thing has one name, and a share no blank": partial(matching, NOWHERE),
}
# Pages that are still to be laid out anew: their exhibits each say their day, and join findings with semicolons.
NOT_YET = {
    "what was announced is called declared only under About": {"about"},
}


def some_paths(store: Store) -> Iterator[str]:
    """Every plain page, of wards, boroughs and counters some: a ward of each set, one borough, every tenth site."""
    wards = [row["ward_code"] for row in store.rows("SELECT ward_code FROM ward ORDER BY ward_code")]
    places = (borough_path, months_path)
    yield from (path for path in plain_paths(store) if not path.startswith(("/ward/", "/borough/", "/site/", QUOTED)))
    yield from [path for path in plain_paths(store) if path.startswith("/site/")][::10]
    yield from (path(all_boroughs(store)[0].borough_code) for path in places)
    yield from (ward_path(code) for code in (wards[0], wards[len(wards) // 2], wards[-1]))


def shown(store: Store) -> Iterator[tuple[str, list[Block]]]:
    """The name of each page with what it shows, in plain and on the dashboard."""
    sheets = (find_sheet(is_exported=True), *SHEETS)
    for path in some_paths(store):
        name = next(sheet.page.name for sheet in sheets if sheet.asked_at(store, path, None) is not None)
        yield name, read(document_at(store, path).content.decode())
    ward = store.rows("SELECT max(ward_code) AS code FROM ward")[0]["code"]
    chosen = {"ward": {"ward": ward}, "boroughs": {"borough": all_boroughs(store)[0].borough_code}}
    for page in PAGES:
        for choice in ({}, *([chosen[page.name]] if page.name in chosen else [])):
            yield page.name, read(words(run_page(f"{page.name}.py", **choice)))


@pytest.fixture(scope="module")
def asked_elsewhere() -> Iterator[list[str]]:
    """What was asked of another machine while every page was read."""
    with refusing_connections() as attempts:
        yield attempts


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory, asked_elsewhere: list[str]) -> Mapping[str, dict[str, str]]:
    """For each rule the pages that break it in the real store, the small city or the demonstration, with the words.

    They are read as on the day on which every test of this code passed.
    """
    passed_today = SelfCheck(today(), None, {rule.rule_id: {"every test": PASSED} for rule in rulebook()})
    invented = tmp_path_factory.mktemp("demonstration") / "store"
    build_demonstration(invented, first_month=date(2026, 5, 1))
    folders = (EMBEDDED_DATA, build_small_city(tmp_path_factory.mktemp("city"), is_demonstration=False), invented)
    found: dict[str, dict[str, str]] = {rule: {} for rule in RULES}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules, "read_self_check", lambda: passed_today)
        for store in (open_store(folder, run_checks=False) for folder in folders):
            for outlet in ("run", "lookup"):
                patch.setattr(f"transparency.outlets.dashboard.{outlet}.shared_store", lambda store=store: store)
            for name, blocks in shown(store):
                for rule, breaks in RULES.items():
                    found[rule].update((name, text) for text in breaks(blocks))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_every_page_keeps_the_rule(broken: Mapping[str, dict[str, str]], rule: str) -> None:
    allowed = NOT_YET.get(rule, set())
    assert {name: text for name, text in broken[rule].items() if name not in allowed} == {}
    assert allowed <= broken[rule].keys()


@pytest.mark.slow
def test_no_page_asks_another_machine_for_anything(
    broken: Mapping[str, dict[str, str]], asked_elsewhere: list[str]
) -> None:
    assert broken.keys() == RULES.keys()
    assert asked_elsewhere == []


def test_a_connection_to_another_machine_is_refused_and_told() -> None:
    with refusing_connections() as attempts, socket.socket() as client:
        with pytest.raises(ConnectionRefusedError):
            client.connect(("192.0.2.1", 443))
        with pytest.raises(ConnectionRefusedError):
            socket.getaddrinfo("police.example", 443)
        with socket.create_server(("127.0.0.1", 0)) as here:
            client.connect(here.getsockname())
    assert attempts == ["socket.connect 192.0.2.1", "socket.getaddrinfo police.example"]


def test_what_breaks_a_rule_is_found() -> None:
    page = """<h1>Ward</h1><p class="verdict">One; two.</p><h2 class="headline">A: b: c.</h2><p>10 %, 24/7.</p>
        <details><p>make demo</p></details><table><tr><td>round the clock</td></tr></table>
        <p>Run <b>make demo</b>. It was declared.</p><pre>transparency fetch dwo</pre>"""
    found = {rule: list(breaks(read(page + f"<p>{'word ' * 31}.</p>"))) for rule, breaks in RULES.items()}
    assert [len(texts) for texts in found.values()] == [1, 1, 1, 0, 1, 1, 1]
    day = full_date(today())
    assert list(dates_of_today(read(f"<p>On {day}.</p><li>By {day}.</li>"))) == [f"On {day}.", f"By {day}."]
