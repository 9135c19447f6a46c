"""The declared pages as the framework wants them, for its menu."""

from __future__ import annotations

from copy import copy
from functools import cache

import streamlit as st

from transparency.outlets.dashboard.pages import PAGES


@cache
def _made_once() -> tuple[st.Page, ...]:
    """Every page of the list; to make one, the framework looks for its script on disk."""
    return tuple(
        st.Page(page.script, title=page.title, url_path=page.url_path, default=page is PAGES[0]) for page in PAGES
    )


def framework_pages() -> list[st.Page]:
    """The pages for one run. They are copies, since a run marks the one it is for."""
    return [copy(page) for page in _made_once()]
