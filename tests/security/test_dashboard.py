"""What an address or the box puts into the dashboard: shown as text, never as markup, a link or a fault."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from tests.security.attacks import ATTACKS, acting_elements, leaks
from tests.security.test_injection import PARAMETERS
from transparency.core.limits import RateLimit
from transparency.outlets.dashboard.menu import PAGES_FOLDER
from transparency.pages.page import Page
from transparency.pages.registry import PAGES

LINK = "[sign in](https://evil.example)![x](//evil.example/x.png)<https://evil.example> www.evil.example a@evil.example"
# In Markdown what begins a link, a picture or an address in angle brackets, where it is not escaped.
BEGINS_A_LINK = re.compile(r"(?<!\\)(?:\\\\)*[\[<]|https?://|www\.|\w@\w", re.IGNORECASE)


def shown(page: AppTest) -> str:
    assert not page.exception
    html = " ".join(element.proto.body for element in page.get("html"))
    warnings = " ".join(warning.value for warning in page.warning)
    assert not BEGINS_A_LINK.search(warnings), warnings
    assert acting_elements(html) == []
    assert leaks(html + warnings) == []
    return html + warnings


@pytest.mark.parametrize("declared", PAGES, ids=lambda page: page.address)
def test_no_try_in_the_address_of_a_page_works(declared: Page) -> None:
    attacks = [LINK, " ".join(ATTACKS["html"][:4]), " ".join((ATTACKS["sql"][1], *ATTACKS["template"][:1]))]
    for attack in attacks:
        page = AppTest.from_file(str(PAGES_FOLDER / f"{declared.name}.py"), default_timeout=180)
        for name in PARAMETERS:
            page.query_params[name] = attack
        shown(page.run())


def test_no_try_in_the_box_works() -> None:
    page = AppTest.from_file(str(PAGES_FOLDER / "ward.py"), default_timeout=180).run()
    for attack in [LINK, *(payloads[0] for payloads in ATTACKS.values())]:
        page.text_input(key="lookup").set_value(attack[:80]).run()
        shown(page)


def test_a_warning_names_what_was_asked_without_making_a_link_of_it() -> None:
    page = AppTest.from_file(str(PAGES_FOLDER / "progress.py"), default_timeout=180)
    page.query_params["as_at"] = "[x](https://evil.example)"
    said = page.run().warning[0].value
    assert "\\[x](https:\N{WORD JOINER}//evil.example)" in said


def test_typing_on_is_one_search(monkeypatch: pytest.MonkeyPatch) -> None:
    limit = RateLimit(1, lambda: 0.0)
    searches = SimpleNamespace(seconds_to_wait=lambda _client: limit.seconds_to_wait("one"))
    monkeypatch.setattr("transparency.outlets.dashboard.lookup.SEARCHES", searches)
    page = AppTest.from_file(str(PAGES_FOLDER / "ward.py"), default_timeout=180).run()
    for text in ("k", "ken", "kentish", "kentish town", "kentish"):
        page.text_input(key="lookup").set_value(text).run()
        assert not page.warning


def test_the_box_answers_only_so_many_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    limit = RateLimit(2, lambda: 0.0)
    # Without a server each reading of the reader's address gives another one.
    searches = SimpleNamespace(seconds_to_wait=lambda _client: limit.seconds_to_wait("one"))
    monkeypatch.setattr("transparency.outlets.dashboard.lookup.SEARCHES", searches)
    page = AppTest.from_file(str(PAGES_FOLDER / "ward.py"), default_timeout=180).run()
    for text in ("abbey", "camden"):
        page.text_input(key="lookup").set_value(text).run()
        assert not page.warning
    page.text_input(key="lookup").set_value("village").run()
    assert page.warning[0].value == "That was a lot of searches. Wait 30 seconds and try again."
    assert page.text_input(key="lookup").value == ""
