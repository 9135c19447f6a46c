"""Running a page of the dashboard as its script, for the tests of pages."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from transparency.outlets.dashboard.menu import PAGES_FOLDER


def run_page(file: str, **parameters: str) -> AppTest:
    """The page of a file of `pages/`, run once with these query parameters."""
    page = AppTest.from_file(str(PAGES_FOLDER / file), default_timeout=180)
    for name, value in parameters.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page
