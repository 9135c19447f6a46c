"""The landing page in a real browser, as a first visitor gets it."""

import re

import pytest
from playwright.sync_api import Browser, Geolocation, Page

from tests.browser.noticing import Noticed, settled

pytestmark = pytest.mark.browser

FIRST_VISIT_BYTES = 900_000
SINGLE_KEYS = "abcdefghijklmnopqrstuvwxyzCR0123456789?/.,"


@pytest.mark.rule("P3")
def test_first_visit_is_light_quiet_and_speaks_to_no_other_host(page: Page, live_server: str, noticed: Noticed) -> None:
    page.goto(live_server)
    settled(page)

    assert page.get_by_role("heading", level=1).count() == 1
    assert page.title().startswith("Your ward")
    assert noticed.bytes_over_the_wire() <= FIRST_VISIT_BYTES
    assert noticed.other_hosts(live_server) == set()
    assert noticed.console_errors == []


def test_second_visit_takes_the_bundles_from_the_browsers_cache(page: Page, live_server: str, noticed: Noticed) -> None:
    page.goto(live_server)
    settled(page)
    noticed.forget()

    page.goto(live_server)
    settled(page)

    assert noticed.bytes_over_the_wire() < 50_000


def test_dark_and_light_follow_the_readers_device(page: Page, live_server: str) -> None:
    backgrounds = {}
    for colours in ("light", "dark"):
        page.emulate_media(color_scheme=colours)
        page.goto(live_server)
        settled(page)
        app = page.get_by_test_id("stApp")
        backgrounds[colours] = app.evaluate("element => getComputedStyle(element).backgroundColor")
    assert backgrounds == {"light": "rgb(255, 255, 255)", "dark": "rgb(17, 22, 29)"}


def test_a_readers_location_is_asked_for_and_gives_the_wards_near_it(browser: Browser, live_server: str) -> None:
    in_kentish_town = Geolocation(latitude=51.55148, longitude=-0.14024)
    with browser.new_context(geolocation=in_kentish_town, permissions=["geolocation"]) as context:
        page = context.new_page()
        page.goto(live_server)
        settled(page)
        page.get_by_role("button", name="Use my location").click()

        near = page.locator(".found a")
        near.first.wait_for()

        assert near.all_inner_texts()[:2] == ["Kentish Town North", "Kentish Town South"]
        assert near.count() == 3
        assert page.url.removesuffix("/") == live_server


def test_a_reader_whose_location_is_refused_is_told(browser: Browser, live_server: str) -> None:
    with browser.new_context(permissions=[]) as context:
        page = context.new_page()
        page.goto(live_server)
        settled(page)
        page.get_by_role("button", name="Use my location").click()
        page.get_by_role("button", name="Your browser gave no position. Enter a postcode.").wait_for()


@pytest.mark.rule("A10")
def test_single_key_shortcuts_do_nothing(page: Page, live_server: str) -> None:
    page.goto(live_server)
    settled(page)
    page.evaluate(
        """() => {
            window.messagesSent = 0
            const send = WebSocket.prototype.send
            WebSocket.prototype.send = function (data) {
                window.messagesSent += 1
                return send.call(this, data)
            }
        }"""
    )
    for key in SINGLE_KEYS:
        page.keyboard.press(key)
    page.wait_for_timeout(500)
    assert page.evaluate("window.messagesSent") == 0
    assert page.get_by_role("dialog").count() == 0
    assert page.url.removesuffix("/") == live_server


def test_without_javascript_the_reader_is_led_to_the_plain_pages(browser: Browser, live_server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server)
    assert page.get_by_role("link", name="The same facts as a plain page").get_attribute("href") == "/plain/find"
    context.close()


VERDICT = "Kentish Town had two constables and one PCSO on 4 January 2017."
LONDON = "Not when last counted: in June 2019, 89% of wards had two constables"
WARD_THEN = "/?ward=E05000139&as_at=2017-01-04"


def test_without_javascript_the_verdict_can_be_read(browser: Browser, live_server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server + WARD_THEN)
    assert page.get_by_text(VERDICT).is_visible()
    assert not page.get_by_text("is loading.").is_visible()
    page.get_by_role("link", name="The same facts as a plain page").click()
    assert page.url == f"{live_server}/ward/E05000139?as_at=2017-01-04"
    page.get_by_text("Sources and method").last.click()
    assert page.get_by_role("link", name=re.compile("Mayor on track")).last.is_visible()
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(("path", "said"), [("/", LONDON), (WARD_THEN, VERDICT)])
def test_what_is_read_before_the_dashboard_is_there_stays_in_its_place(
    page: Page, live_server: str, path: str, said: str, width: int
) -> None:
    """Held up by a socket through which nothing comes, and then opened as it is."""
    page.set_viewport_size({"width": width, "height": 800})
    page.route_web_socket("**/_stcore/stream", lambda _: None)
    page.goto(live_server + path)
    page.wait_for_load_state("networkidle")
    before = page.locator("#opening").get_by_text(said).first.bounding_box()
    assert page.get_by_text("is loading.").is_visible()

    fresh = page.context.new_page()
    fresh.set_viewport_size({"width": width, "height": 800})
    fresh.goto(live_server + path)
    settled(fresh)

    assert fresh.locator("#opening").count() == 0
    assert fresh.get_by_role("heading", level=1).count() == 1
    after = fresh.get_by_text(said).first.bounding_box()
    assert before and after
    assert [round(after[part] - before[part]) for part in ("x", "y", "width", "height")] == [0, 0, 0, 0]
