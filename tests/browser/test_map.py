"""The map in a real browser: drawn without another host, zoomed by buttons, leading to wards and sites."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Page, TimeoutError, expect

from tests.browser.noticing import MAP, Noticed, watch
from transparency.exhibits.maps import LONDON

pytestmark = pytest.mark.browser


LARGEST_VISIT_BYTES = 2_500_000
TIME_TO_DRAW_MS = 2_500
TIME_TO_NOTICE_MS = 300
TIME_TO_OPEN_MS = 20_000
HOLDS_LONDON = """map => {
    const box = document.querySelector(map).getBoundingClientRect()
    return Math.abs(box.width / box.height - 51 / 40) < 0.02
}"""


@dataclass(frozen=True)
class Visit:
    """A page whose map was opened by a first visitor, and what the browser noticed meanwhile."""

    page: Page
    noticed: Noticed
    address: str

    def open_map(self) -> Page:
        """The page with the map as it opens, in view and drawn."""
        self.page.goto(f"{self.address}/counters?as_at=2026-03-03")
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
        self.page.locator(f"{MAP} canvas").first.wait_for()
        self.page.locator(MAP).scroll_into_view_if_needed()
        self.page.wait_for_timeout(TIME_TO_DRAW_MS)
        return self.page


@pytest.fixture(scope="module")
def visit(browser: Browser, live_server: str) -> Iterator[Visit]:
    """One visit for all tests of this file: the first three read the map as it opened, the others open it anew."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    opened = Visit(page, Noticed(), live_server)
    watch(page, opened.noticed)
    opened.open_map()
    yield opened
    page.close()


# A click takes no time on the page's clock. Drawn by software on a busy machine, finding what was pressed takes longer
# than the quarter of a second after which the map takes a click for a long press.
CLICK_AT = """([x, y]) => {
    const now = Date.now
    const pressed = now()
    const at = {bubbles: true, composed: true, clientX: x, clientY: y, pointerId: 1, pointerType: "mouse"}
    const there = document.elementFromPoint(x, y)
    Date.now = () => pressed
    there.dispatchEvent(new PointerEvent("pointerdown", {...at, buttons: 1}))
    there.dispatchEvent(new PointerEvent("pointerup", at))
    there.dispatchEvent(new PointerEvent("click", at))
    Date.now = now
}"""


def choose_on_map(page: Page, lat: float, lon: float, address: str) -> None:
    """Point to where a position is drawn at first (Web Mercator, EPSG:3857) and click, until `address` opens."""
    (west, south), (east, north) = LONDON

    def northing(degrees: float) -> float:
        return math.degrees(math.asinh(math.tan(math.radians(degrees))))

    for _ in range(9):
        box = page.locator(MAP).bounding_box()
        assert box is not None
        x = box["x"] + box["width"] * (lon - west) / (east - west)
        y = box["y"] + box["height"] * (northing(north) - northing(lat)) / (northing(north) - northing(south))
        for left_of_it in (3, 0):
            page.mouse.move(x - left_of_it, y)
            page.wait_for_timeout(TIME_TO_NOTICE_MS)
        page.evaluate(CLICK_AT, [x, y])
        with suppress(TimeoutError):
            page.wait_for_url(re.compile(address), timeout=TIME_TO_OPEN_MS)
            return
    raise AssertionError(f"{page.url} is not {address}")


@pytest.mark.rule("P3")
def test_the_map_is_drawn_without_another_host_or_a_fault(visit: Visit) -> None:
    assert visit.noticed.other_hosts(visit.address) == set()
    assert visit.noticed.console_errors == []
    wire = sum(
        request.sizes()["responseHeadersSize"] + request.sizes()["responseBodySize"]
        for request in visit.noticed.finished
    )
    assert 0 < wire < LARGEST_VISIT_BYTES


@pytest.mark.rule("A9", "A11")
def test_a_link_skips_the_map_to_the_table_of_the_same_wards(visit: Visit) -> None:
    page = visit.page
    expect(page.get_by_role("link", name="Skip the map")).to_have_attribute("href", "#ward-distances-list")
    expect(page.locator("#ward-distances-list table tbody tr")).to_have_count(679)


def test_the_map_is_zoomed_by_buttons_of_a_fingers_size(visit: Visit) -> None:
    page = visit.page
    for name in ("Zoom in", "Zoom out"):
        box = page.get_by_role("button", name=name).bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
    before = page.locator(MAP).screenshot()
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(1500)
    assert page.locator(MAP).screenshot() != before


def test_choosing_a_cell_opens_its_ward_on_the_day(visit: Visit) -> None:
    page = visit.open_map()
    choose_on_map(page, 51.32493, 0.05869, "ward=E05013996")
    expect(page.get_by_role("heading", level=1)).to_have_text("Darwin")
    assert "as_at=2026-03-03" in page.url


def test_choosing_a_symbol_opens_its_site(visit: Visit) -> None:
    page = visit.open_map()
    choose_on_map(page, 51.39953, 0.01727, "site=bromley")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bromley")


def test_a_press_that_a_slow_machine_handles_late_is_a_press_all_the_same(visit: Visit) -> None:
    page = visit.open_map()
    slowed = page.context.new_cdp_session(page)
    slowed.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    box = page.locator(MAP).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 0.5 * box["height"])
    page.mouse.down()
    page.wait_for_timeout(400)
    page.mouse.up()
    page.wait_for_url(re.compile("ward=E05"))
    slowed.send("Emulation.setCPUThrottlingRate", {"rate": 1})


def test_the_map_holds_all_of_london_at_any_width(visit: Visit) -> None:
    page = visit.open_map()
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(TIME_TO_DRAW_MS)
        page.wait_for_function(HOLDS_LONDON, arg=MAP)


def test_without_webgl_the_map_says_so_and_leads_to_the_list_and_the_plain_page(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], live_server: str
) -> None:
    arguments = [*browser_type_launch_args["args"], "--disable-3d-apis"]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": arguments})
    page = browser.new_page()
    page.goto(f"{live_server}/counters?as_at=2026-03-03")
    said = page.locator(".without-map")
    expect(said).to_be_visible()
    expect(said).to_contain_text(
        "The map cannot be drawn: this browser has no WebGL 2, or has it switched off. "
        "The table below has the same wards"
    )
    expect(said.get_by_role("link", name="The table below")).to_have_attribute("href", "#ward-distances-list")
    expect(page.locator("#ward-distances-list table")).to_have_count(1)
    plain = said.get_by_role("link", name="the plain page")
    expect(plain).to_have_attribute("href", "/plain/counters?as_at=2026-03-03")
    expect(page.locator(MAP)).to_be_hidden()
    browser.close()


def test_with_webgl_nothing_is_said_of_its_absence(visit: Visit) -> None:
    expect(visit.open_map().locator(".without-map")).to_be_hidden()
