"""Every page of the dashboard has a plain page that gives the same answer, word for word."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.reading import without_terms
from transparency.outlets.plain import document_at
from transparency.pages.page import Asked, Page, contents, in_order, read_asked
from transparency.pages.registry import PAGES
from transparency.store.current import shared_store
from transparency.store.store import Store

ASKED = [
    *((page, given) for page in PAGES for given in ({}, {"as_at": "2017-12-31"} if page.has_day else {})),
    (PAGES[0], {"ward": "E05013663"}),
    (PAGES[0], {"ward": "E05000139", "as_at": "2017-01-04"}),
    (PAGES[0], {"ward": "E05000139"}),
    *((page, {"borough": "E09000007"}) for page in PAGES if page.name in ("boroughs", "progress")),
]


def said(html: str) -> str:
    """The text of a page, spaces folded."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", without_terms(html))).split())


def answers(store: Store, page: Page, asked: Asked) -> list[str]:
    """What the dashboard says first of all: its verdicts, or the heading of a page without one."""
    view = page.view(asked)
    shown = (each for part in in_order(store, asked, view.parts) for each in contents(part.make(store, asked)))
    html = view.head(store, asked) + "".join(each for each in shown if isinstance(each, str))
    found = re.findall(r'<p class="verdict"[^>]*>(.*?)</p>', html, re.DOTALL) or re.findall(r"<h1>(.*?)</h1>", html)
    return [said(answer) for answer in found]


@pytest.mark.parametrize(("page", "given"), ASKED, ids=lambda each: each.name if isinstance(each, Page) else str(each))
def test_the_plain_page_gives_the_dashboards_answer(page: Page, given: dict[str, str]) -> None:
    store = shared_store()
    asked, refused = read_asked(store, page, given)
    assert refused == ()
    found = answers(store, page, asked)
    assert found
    if (plain := urlsplit(page.plain_address_of(asked))).path == "/data/":
        return
    day = dict(parse_qsl(plain.query)).get("as_at")
    text = said(document_at(store, plain.path, date.fromisoformat(day) if day else None).content.decode())
    assert [answer for answer in found if answer not in text] == []
