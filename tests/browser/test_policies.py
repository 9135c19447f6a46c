"""Under their policies the pages still do all they should: no browser complains, plain pages keep their style."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page as BrowserPage

from tests.browser.noticing import Noticed, settled
from transparency.outlets.plain import dated_paths

pytestmark = pytest.mark.browser

PLAIN = ["/ward/E05000139", "/borough/E09000007", "/plain/find", "/plain/about", "/data/", "/nothing-here", "/ward/x"]
PLAIN += dated_paths()
# A refused address answers 404, which the browser's console tells by itself.
TOLD_ANYWAY = "Failed to load resource: the server responded with a status of 404"


def test_plain_pages_and_files_open_without_a_word_on_the_console(
    page: BrowserPage, live_server: str, noticed: Noticed
) -> None:
    for path in [*PLAIN, "/api/v1/london", "/assets/favicon.svg", "/feeds/london.atom", "/data/sites/latest.json"]:
        page.goto(live_server + path)
        told = [said for said in noticed.console_errors if not said.startswith(TOLD_ANYWAY)]
        assert told == [], path
    assert noticed.other_hosts(live_server) == set()


def test_a_plain_page_keeps_its_style_and_its_form(page: BrowserPage, live_server: str) -> None:
    page.goto(f"{live_server}/plain/find")
    family = page.evaluate("getComputedStyle(document.body).fontFamily")
    assert "Times" not in family
    page.get_by_label("Enter a postcode or ward").fill("kentish town")
    page.get_by_role("button", name="Find").click()
    page.wait_for_url("**/plain/find?q=kentish+town")
    assert page.get_by_role("link", name="Kentish Town").count() > 0


def test_no_script_runs_on_a_plain_page_even_where_one_is_put(page: BrowserPage, live_server: str) -> None:
    def with_script(route: object) -> None:
        answer = route.fetch()  # type: ignore[attr-defined]
        put_in = "<script>window.ran = true</script><img src=x onerror='ran=true'>"
        body = answer.text().replace("</main>", f"{put_in}</main>")
        route.fulfill(response=answer, body=body)  # type: ignore[attr-defined]

    page.route("**/ward/E05000139", with_script)
    page.goto(f"{live_server}/ward/E05000139")
    assert page.locator("main script").count() == 1
    assert page.evaluate("window.ran") is None


def test_no_script_put_into_the_dashboard_runs(page: BrowserPage, live_server: str) -> None:
    page.goto(live_server)
    settled(page)
    page.evaluate(
        """() => {
            const script = document.createElement("script")
            script.textContent = "window.ran = true"
            document.body.append(script)
            const image = document.createElement("img")
            image.setAttribute("onerror", "window.ran = true")
            image.src = "/nothing-here"
            document.body.append(image)
        }"""
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None


@pytest.mark.parametrize("path", ["/counters", "/boroughs?borough=E09000007", "/ring_fencing", "/progress"])
def test_maps_and_charts_are_drawn_under_the_policy(
    page: BrowserPage, live_server: str, noticed: Noticed, path: str
) -> None:
    page.goto(live_server + path)
    settled(page)
    for folded in page.locator("details summary").all()[:3]:
        folded.click()
    settled(page)
    assert [said for said in noticed.console_errors if "Content Security Policy" in said] == []
