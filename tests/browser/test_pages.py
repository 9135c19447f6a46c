"""Every page of the dashboard, opened by its own address."""

import pytest
from playwright.sync_api import Page as BrowserPage

from tests.browser.noticing import Noticed, settled
from transparency.ui.pages import PAGES, Page

pytestmark = pytest.mark.browser


@pytest.mark.rule("A13", "P3")
@pytest.mark.parametrize("declared", PAGES, ids=lambda page: page.address)
def test_page_opens_by_its_address_without_a_word_on_the_console(
    page: BrowserPage, live_server: str, noticed: Noticed, declared: Page
) -> None:
    page.goto(live_server + declared.address)
    settled(page)

    assert page.url.removesuffix("/") == (live_server + declared.address).removesuffix("/")
    assert page.title() == declared.full_title
    assert page.get_by_role("heading", level=1).count() == 1
    assert noticed.console_errors == []
    assert noticed.other_hosts(live_server) == set()
