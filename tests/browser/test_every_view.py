"""Every page of the dashboard in a real browser, as it opens and with something chosen; none is excepted.

Each is loaded once and measured at 1280, 768 and 320 pixels in light, and in dark at one (tests/browser/walk.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise

import pytest
from playwright.sync_api import Browser

from tests.browser.views import VIEWS, View
from tests.browser.walk import Walked, walk
from transparency.pages.registry import PAGES

pytestmark = pytest.mark.browser
TITLES = {view.name: page.full_title for view, page in zip(VIEWS, PAGES, strict=False)}
every_view = pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)


@pytest.fixture(scope="session")
def walked(browser: Browser, live_server: str) -> Iterator[Callable[[View], Walked]]:
    """What one visit to a view found; each is visited once for all tests."""
    context = browser.new_context()
    yield cache(lambda view: walk(context, live_server, view))
    context.close()


@every_view
@pytest.mark.rule("A1", "A8")
def test_axe_finds_nothing_at_any_width_nor_in_dark(walked: Callable[[View], Walked], view: View) -> None:
    assert walked(view).violations == []


@every_view
@pytest.mark.rule("A7")
def test_text_stands_out_in_light_and_dark_charts_included(walked: Callable[[View], Walked], view: View) -> None:
    assert walked(view).faint == []


@every_view
@pytest.mark.rule("A14")
def test_nothing_is_wider_than_the_window_even_with_text_at_twice_its_size(
    walked: Callable[[View], Walked], view: View
) -> None:
    assert walked(view).sideways == []


@every_view
@pytest.mark.rule("A13")
def test_a_title_one_main_heading_no_skipped_level_a_language(walked: Callable[[View], Walked], view: View) -> None:
    found = walked(view)
    assert found.title == TITLES.get(view.name, found.title) != ""
    assert found.language == "en-GB"
    assert found.headings.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(found.headings))


@pytest.mark.rule("A13")
def test_no_two_pages_have_one_title() -> None:
    assert len(set(TITLES.values())) == len(PAGES)


@every_view
@pytest.mark.rule("A12")
def test_tables_have_captions_headers_and_numbers_to_the_right(walked: Callable[[View], Walked], view: View) -> None:
    assert walked(view).untidy_tables == []


@every_view
@pytest.mark.rule("A9", "A11")
def test_the_keyboard_passes_through_and_the_focus_is_seen(walked: Callable[[View], Walked], view: View) -> None:
    found = walked(view)
    assert found.has_come_to_the_end
    assert [stop["name"] for stop in found.stops if stop["visited"] > 1] == []
    assert [stop["name"] for stop in found.stops if not stop["isRinged"]] == []
    assert [stop["name"] for stop in found.stops if stop["isHidden"]] == []


@every_view
def test_the_first_stop_leads_past_the_menu(walked: Callable[[View], Walked], view: View) -> None:
    assert "Skip to main content" in walked(view).stops[0]["name"]


@every_view
@pytest.mark.rule("P3")
def test_no_other_host_no_complaint_no_cookie(walked: Callable[[View], Walked], live_server: str, view: View) -> None:
    found = walked(view)
    assert found.noticed.other_hosts(live_server) == set()
    assert found.noticed.console_errors == []
    assert found.cookies == []


@every_view
def test_nothing_moves_for_a_reader_who_asked_for_less_motion(walked: Callable[[View], Walked], view: View) -> None:
    assert walked(view).moving == []
