"""The pages as the framework wants them, for its menu."""

from __future__ import annotations

from copy import copy
from functools import cache, partial
from types import CodeType

import streamlit as st

from transparency.core.project import PROJECT_ROOT
from transparency.pages.page import Page

PAGES_FOLDER = PROJECT_ROOT / "pages"


@cache
def _script(name: str) -> CodeType:
    path = PAGES_FOLDER / f"{name}.py"
    return compile(path.read_text(encoding="utf-8"), path, "exec")


@cache
def _made(name: str, title: str, is_landing: bool) -> st.Page:
    return st.Page(
        partial(exec, _script(name), {"__name__": "__main__"}),
        title=title,
        url_path="" if is_landing else name,
        default=is_landing,
    )


def framework_page(page: Page) -> st.Page:
    """The page by its script in the top-level `pages/`; the menu shows its title.

    The framework is not given the script's path: in each run of any page it looks for every page's file again, which
    lets the server's loop in between and took 4 ms of a rerun of 9. It gets a copy, in which it marks what it runs.
    """
    return copy(_made(page.name, page.title, page.is_landing))
