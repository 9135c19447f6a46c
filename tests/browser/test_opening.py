"""What stands on a page before the framework runs and where it cannot, and the title of its tab throughout."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.noticing import settled
from transparency.pages.page import Page as Described
from transparency.pages.registry import PAGES

pytestmark = pytest.mark.browser

TIME_TO_GIVE_UP_MS = 3_000
# Every title that the tab has had, the first by the address alone.
TITLES = """
window.titles = []
new MutationObserver(() => {
    if (document.title && window.titles.at(-1) !== document.title) window.titles.push(document.title)
}).observe(document, { childList: true, subtree: true, characterData: true })
"""


@pytest.mark.parametrize("described", PAGES, ids=lambda described: described.name)
def test_where_the_socket_is_refused_a_page_says_what_is_known_and_links_its_plain_page(
    page: Page, live_server: str, described: Described
) -> None:
    page.route_web_socket("**/_stcore/stream", lambda socket: socket.close())
    page.goto(live_server + described.address)
    page.wait_for_timeout(TIME_TO_GIVE_UP_MS)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    opening = page.locator("#opening")
    expect(opening).to_be_visible()
    assert len(opening.inner_text()) > 150
    opening.get_by_role("link", name=re.compile("(on|as) a plain page")).last.click()
    expect(page.locator("main#main h1")).to_be_visible()
    assert page.evaluate("document.scripts.length") <= 1  # schema.org's description of the data, at most


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/?ward=E05009317", "Bethnal Green, Tower Hamlets · London ward officers"),
        ("/boroughs?borough=E09000030", "Tower Hamlets · Boroughs · London ward officers"),
        ("/counters?site=bromley", "Bromley · Counters · London ward officers"),
        ("/counters", "Counters · London ward officers"),
    ],
)
def test_the_tab_keeps_the_name_of_what_the_address_is_about(
    page: Page, live_server: str, address: str, title: str
) -> None:
    page.add_init_script(TITLES)
    page.goto(live_server + address)
    settled(page)
    page.wait_for_timeout(500)
    assert page.evaluate("window.titles") == [title]


def test_the_tab_is_named_anew_by_the_menu_and_by_a_choice(page: Page, live_server: str) -> None:
    page.goto(f"{live_server}/?ward=E05009317")
    settled(page)
    page.get_by_role("navigation").get_by_role("link", name="The promise", exact=True).click()
    expect(page).to_have_title("The promise · London ward officers")
    page.get_by_role("combobox", name="Your borough").click()
    page.get_by_role("option", name="Camden").click()
    expect(page).to_have_title("Camden · The promise · London ward officers")
