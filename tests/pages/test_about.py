"""The page about the site as the script runs it: the same words as the plain pages, from one source."""

from __future__ import annotations

from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.running import run_page
from transparency.about.changes_shown import this_month_sentence
from transparency.about.pages import listed_sections, top_sections
from transparency.exhibits.addresses import with_plain_addresses
from transparency.exhibits.html import inline_pictures
from transparency.outlets.plain import document_at
from transparency.store.store import Store


@pytest.fixture(scope="module")
def store(store_of_facts: Store) -> Store:
    return store_of_facts


run = partial(run_page, "about.py")


def body(page: AppTest) -> str:
    """What stands between the banners and the footer."""
    html: str = page.get("html")[0].proto.body
    return html.partition(">")[2].rpartition('</div><div class="tp">')[0]


@pytest.mark.parametrize("name", [*(section.name for section in top_sections()), "methods/ward_status_on"])
def test_a_section_says_the_same_on_the_dashboard_and_on_its_plain_page(store: Store, name: str) -> None:
    shown = with_plain_addresses(body(run(section=name)))
    assert "<h1>" in shown and "More about this site" in shown
    assert shown in document_at(store, f"/plain/{name}").content.decode()


@pytest.mark.rule("T3", "T10")
def test_the_first_page_leads_to_every_section_and_says_what_the_figures_are_good_for(store: Store) -> None:
    shown = body(run())
    for section in listed_sections():
        assert f'href="/about?section={section.name}"' in shown
    assert "Not official statistics" in shown and "We are not the police or City Hall." in shown
    assert "<h2>What we can tell you</h2>" in shown and "<h2>What we cannot tell you</h2>" in shown
    assert shown.count('class="card"') == 4 and this_month_sentence(store) in shown
    assert inline_pictures(with_plain_addresses(shown)) in document_at(store, "/plain/about").content.decode()


def test_a_report_of_an_error_opens_with_what_it_is_about() -> None:
    assert "ward: E05000139\nreport: ward_status\n" in body(run(report="ward_status", ward="E05000139"))


def test_a_section_that_is_not_there_is_named_and_the_contents_are_shown() -> None:
    page = run(section="<b>nothing")
    assert "There is no page about '\\<b>nothing'" in page.warning[0].value
    assert "<h2>Read more</h2>" in body(page)
