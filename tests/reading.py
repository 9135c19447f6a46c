"""What a page or a query gives, for tests to read: sentences without the links of their terms, rows as a table."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest

from transparency.pages.ward import ward_answer_html, ward_rest_html
from transparency.pages.ward_record import WardPage
from transparency.store.store import Store


def without_terms(html: str) -> str:
    """The same HTML with its terms unlinked."""
    return re.sub(r'<a class="term" href="[^"]*">([^<]*)</a>', r"\1", html)


def without_roles(html: str) -> str:
    """The same HTML without what keeps a table a table where a narrow screen shows its rows as cards."""
    return re.sub(
        r' (?:role="(?:table|row|rowgroup|cell|rowheader|columnheader)"|data-label="[^"]*"|class="cards")', "", html
    )


def words(page: AppTest) -> str:
    """Everything a page of the dashboard shows as HTML or warning."""
    shown = [without_roles(without_terms(element.proto.body)) for element in page.get("html")]
    return " ".join([*shown, *(str(warning.value) for warning in page.warning)])


def frame(store: Store, sql: str, **parameters: Any) -> pd.DataFrame:
    """The rows of a query as a table."""
    with store.connection.cursor() as cursor:
        return cursor.execute(sql, parameters).df()


def ward_html(store: Store, page: WardPage, *, level: int = 1) -> str:
    """The whole answer for a ward."""
    return ward_answer_html(store, page, level=level) + ward_rest_html(store, page, level=level)
