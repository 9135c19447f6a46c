"""What a page says, for tests that look for its sentences: without the links that terms in them have."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest


def without_terms(html: str) -> str:
    """The same HTML with its terms unlinked."""
    return re.sub(r'<a class="term" href="[^"]*">([^<]*)</a>', r"\1", html)


def words(page: AppTest) -> str:
    """Everything a page of the dashboard shows as HTML or warning."""
    shown = [without_terms(element.proto.body) for element in page.get("html")]
    return " ".join([*shown, *(str(warning.value) for warning in page.warning)])
