"""Finding a ward and reading its answer in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.noticing import Noticed, settled

pytestmark = pytest.mark.browser

BOX = "Enter a postcode or ward"
KENTISH_TOWN_2017 = "/?ward=E05000139&as_at=2017-01-04"


def test_a_misspelt_name_leads_to_the_ward_and_back(page: Page, live_server: str) -> None:
    page.goto(live_server)
    settled(page)
    page.get_by_label(BOX).press_sequentially("kentsh twon", delay=20)
    page.get_by_role("link", name="Kentish Town North", exact=True).first.click()
    expect(page.get_by_role("heading", level=1, name="Kentish Town North")).to_be_visible()
    assert "ward=E05013663" in page.url
    page.go_back()
    settled(page)
    expect(page.get_by_role("heading", level=1, name="How many police does your ward have?")).to_be_visible()


@pytest.mark.rule("P1")
def test_a_postcode_leaves_no_trace(page: Page, live_server: str, noticed: Noticed) -> None:
    page.goto(live_server)
    settled(page)
    box = page.get_by_label(BOX)
    box.press_sequentially("NW5 2AA", delay=20)
    expect(page.get_by_text("Your postcode (NW5 2A…) is in Kentish Town South").first).to_be_visible()
    expect(page.locator(".chip").first).to_have_text("NW5 2A…")
    expect(box).to_have_value("")
    assert not any(re.search("NW5.?2AA", url, re.IGNORECASE) for url in [page.url, *noticed.asked])


@pytest.mark.rule("P1")
@pytest.mark.parametrize("delay", [0, 20])
def test_enter_opens_the_ward_of_a_postcode_and_find_a_borough(
    page: Page, live_server: str, noticed: Noticed, delay: int
) -> None:
    page.goto(live_server)
    settled(page)
    page.get_by_label(BOX).press_sequentially("NW5 2AA", delay=delay)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Kentish Town South")).to_be_visible()
    assert page.url == f"{live_server}/?ward=E05013664"
    page.get_by_label("Find another ward").press_sequentially("Camden", delay=delay)
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("heading", level=1, name="Camden")).to_be_visible()
    assert not any(re.search("NW5.?2AA", url, re.IGNORECASE) for url in [page.url, *noticed.asked])


def test_enter_guesses_no_ward(page: Page, live_server: str) -> None:
    page.goto(live_server)
    settled(page)
    page.get_by_label(BOX).press_sequentially("NW5", delay=20)
    page.keyboard.press("Enter")
    expect(page.get_by_text("NW5 covers six wards. Which is yours?").first).to_be_visible()
    expect(page.get_by_label(BOX)).to_have_value("NW5")


def test_the_address_alone_restores_the_view(page: Page, live_server: str, noticed: Noticed) -> None:
    page.goto(live_server + KENTISH_TOWN_2017)
    settled(page)
    expect(page.locator("#verdict")).to_contain_text("Kentish Town had two constables and one PCSO on 4 January 2017.")
    assert noticed.console_errors == []
    assert noticed.other_hosts(live_server) == set()


FIRST_SCREEN = (
    ("the ward", "h1"),
    ("borough and date", ".place"),
    ("the verdict", "#verdict"),
    ("the mark", ".officers-line .mark"),
    ("the officers", "img.officers >> nth=0"),
    ("how we know", ".how >> nth=0"),
    ("the nearest counter with its hours", ".card >> nth=0"),
    ("the emergency line", "text=Call 101, or 999 in an emergency."),
)


@pytest.mark.parametrize("address", [KENTISH_TOWN_2017, "/?ward=E05000566&as_at=2019-06-30", "/?ward=E05009319"])
def test_the_answer_stands_on_the_first_screen_of_a_telephone_and_of_a_desk(
    page: Page, live_server: str, address: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 780})
    page.goto(live_server + address)
    settled(page)
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 780})
        page.wait_for_timeout(500)
        boxes = {what: page.locator(where).first.bounding_box() for what, where in FIRST_SCREEN}
        below = [what for what, box in boxes.items() if box is None or box["y"] + box["height"] > 780]
        assert below == [], f"not on the first screen at {width} pixels"
