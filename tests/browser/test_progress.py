"""Progress, boroughs and promises in a real browser: choices in the address, nothing amiss."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect

from tests.browser.noticing import settled

pytestmark = pytest.mark.browser


def test_a_choice_changes_the_address_and_the_address_restores_the_choice(page: BrowserPage, live_server: str) -> None:
    page.goto(live_server + "/progress?as_at=2017-01-04")
    settled(page)
    page.get_by_role("combobox", name=re.compile("Your borough")).press_sequentially("tower")
    page.get_by_role("option", name="Tower Hamlets").click()
    expect(page).to_have_url(re.compile("borough=E09000030"))
    expect(page.get_by_text("In September 2016, 7 of 20 wards had two constables.").first).to_be_visible()

    page.reload()
    settled(page)
    expect(page.get_by_text("In September 2016, 7 of 20 wards had two constables.").first).to_be_visible()


def test_a_promise_opens_to_its_dated_history(page: BrowserPage, live_server: str) -> None:
    page.goto(live_server + "/promises")
    settled(page)
    card = page.locator(".card", has_text="32,000 police officers in London")
    history = card.get_by_role("cell", name="The Mayor said that the target has to be scrapped")
    expect(history).to_be_hidden()
    card.locator("summary", has_text="Rule, history, what is missing").click()
    expect(history.first).to_be_visible()


def test_the_days_to_choose_from_open_from_the_line_that_names_the_day(page: BrowserPage, live_server: str) -> None:
    page.goto(live_server + "/progress")
    settled(page)
    page.get_by_role("button", name="As at today").click()
    page.get_by_role("combobox", name="As at").press_sequentially("4 January 2017")
    page.get_by_role("option", name=re.compile("4 January 2017")).click()
    expect(page).to_have_url(re.compile("as_at=2017-01-04"))
    expect(page.get_by_role("button", name="4 January 2017 · change")).to_be_visible()
