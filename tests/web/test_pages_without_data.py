"""What a reader sees when the store cannot be opened."""

import pytest
from streamlit.testing.v1 import AppTest

from transparency.core.errors import StoreError


def test_page_says_why_and_shows_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise StoreError("The store 'x' has a flipped byte: restore it from a copy.")

    monkeypatch.setattr("transparency.outlets.dashboard.run.shared_store", refuse)
    page = AppTest.from_string(
        "import streamlit as st\n"
        "from transparency.outlets.dashboard.run import run\n"
        "from transparency.pages.about import ABOUT\n"
        "run(ABOUT)\nst.write('after')\n"
    ).run()
    assert [title.value for title in page.title] == ["The data cannot be shown at the moment"]
    assert [error.value for error in page.error] == ["The store 'x' has a flipped byte: restore it from a copy."]
    assert not page.markdown
    assert not page.exception
