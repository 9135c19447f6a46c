"""The pages as the framework wants them, for its menu."""

from __future__ import annotations

import streamlit as st

from transparency.core.project import PROJECT_ROOT
from transparency.pages.page import Page

PAGES_FOLDER = PROJECT_ROOT / "pages"


def framework_page(page: Page) -> st.Page:
    """The page by its script in the top-level `pages/`; the menu shows its title."""
    return st.Page(
        PAGES_FOLDER / f"{page.name}.py",
        title=page.title,
        url_path="" if page.is_landing else page.name,
        default=page.is_landing,
    )
