"""Finding a ward and reading its answer in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.noticing import Noticed, axe_violations, settled

pytestmark = pytest.mark.browser

BOX = "Find your ward: type a ward, borough, postcode or place"
KENTISH_TOWN_2017 = "/?ward=E05000139&as_at=2017-01-04"


def test_a_misspelt_name_leads_to_the_ward_and_back(page: Page, live_server: str) -> None:
    page.goto(live_server)
    settled(page)
    page.get_by_label(BOX).press_sequentially("kentsh twon", delay=20)
    page.get_by_role("link", name="Kentish Town", exact=True).first.click()
    expect(page.get_by_role("heading", level=1, name="Kentish Town")).to_be_visible()
    assert "ward=E05000139" in page.url
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="London ward officers")).to_be_visible()


@pytest.mark.rule("P1")
def test_a_postcode_leaves_no_trace(page: Page, live_server: str, noticed: Noticed) -> None:
    page.goto(live_server)
    settled(page)
    box = page.get_by_label(BOX)
    box.press_sequentially("NW5 2AA", delay=20)
    expect(page.get_by_text("of postcodes in NW5 2A").first).to_be_visible()
    expect(box).to_have_value("")
    assert not any(re.search("NW5.?2AA", url, re.IGNORECASE) for url in [page.url, *noticed.asked])


def test_the_address_alone_restores_the_view(page: Page, live_server: str, noticed: Noticed) -> None:
    page.goto(live_server + KENTISH_TOWN_2017)
    settled(page)
    expect(page.locator("#verdict")).to_contain_text("confirmed by the Mayor on 4 January 2017")
    assert noticed.console_errors == []
    assert noticed.other_hosts(live_server) == set()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_verdict_stands_on_the_first_screen(page: Page, live_server: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 780})
    page.goto(live_server + KENTISH_TOWN_2017)
    settled(page)
    verdict = page.locator("#verdict").bounding_box()
    assert verdict is not None
    assert verdict["y"] + verdict["height"] <= 780
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_on_a_ward(page: Page, live_server: str, colours: str) -> None:
    page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
    page.goto(live_server + "/?ward=E05000566&as_at=2019-06-30")
    settled(page)
    expect(page.locator("#verdict")).to_be_visible()
    assert axe_violations(page) == []
