"""The four journeys of a reader who has a keyboard and no mouse."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.noticing import settled
from tests.browser.walk import measure_with

pytestmark = [pytest.mark.browser, pytest.mark.rule("A11")]

MOST_STOPS = 80
BOX = "Enter a postcode or ward"


def tab_to(page: Page, name: str) -> None:
    """Press Tab from the top of the page until what is called `name` has the focus; its icon is on a second line."""
    measure_with(page)
    page.evaluate("measures.fromTheTop()")
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.evaluate("measures.focused()")
        if focused and focused["words"].split("\n")[0] == name:
            return
    raise AssertionError(f"{name} is not reached within {MOST_STOPS} stops")


def test_a_ward_is_found_and_its_day_changed(page: Page, live_server: str) -> None:
    page.goto(live_server)
    settled(page)
    tab_to(page, BOX)
    page.keyboard.type("kentish town", delay=20)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Kentish Town North")).to_be_visible()

    page.goto(live_server)
    settled(page)
    tab_to(page, BOX)
    page.keyboard.type("kentish town", delay=20)
    expect(page.get_by_text("2 wards, 1 counter and 1 old ward name match").first).to_be_visible()
    tab_to(page, "Kentish Town South")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Kentish Town South")).to_be_visible()

    page.goto(live_server + "/?ward=E05000139&as_at=2019-06-30")
    settled(page)
    tab_to(page, "30 June 2019 · change")
    page.keyboard.press("Enter")
    tab_to(page, "Known on")
    page.keyboard.type("4 January 2017")
    expect(page.get_by_role("option", name=re.compile("4 January 2017"))).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("as_at=2017-01-04"))
    expect(page.locator("#verdict")).to_contain_text("Kentish Town had two constables and one PCSO on 4 January 2017.")


def test_a_borough_is_opened(page: Page, live_server: str) -> None:
    page.goto(live_server + "/boroughs")
    settled(page)
    tab_to(page, "Tower Hamlets")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Tower Hamlets")).to_be_visible()


def test_every_counter_is_reached_by_its_list(page: Page, live_server: str) -> None:
    page.goto(live_server + "/counters?as_at=2026-03-03")
    settled(page)
    tab_to(page, "Charing Cross")
    reached = {"charing-cross"}
    while len(reached) < 27:
        page.keyboard.press("Tab")
        stop = page.evaluate("measures.focused()")
        if stop is None or not (stop["href"] or "").startswith("/counters?"):
            break
        reached.add(re.search(r"site=([^&]+)", stop["href"])[1])  # type: ignore[index]
    assert len(reached) == 27
