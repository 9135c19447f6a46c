"""The citation of a page's finding, ready to copy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode, urlsplit

import streamlit as st

from transparency.core.settings import settings
from transparency.exhibits.exhibit import Source
from transparency.exhibits.html import render
from transparency.outlets.citation import Citation, page_citation
from transparency.outlets.dashboard.exhibits import fragment
from transparency.outlets.dashboard.pickers import DAY_PARAMETER
from transparency.store.store import Store


def cite(store: Store, sentence: str, day: date, sources: Sequence[Source] = ()) -> None:
    """The citation of the finding of the page being read, at its address with its day."""
    asked = {name: value for name, value in st.query_params.items() if name != DAY_PARAMETER}
    path = urlsplit(st.context.url or "").path or "/"
    citation = page_citation(store, sentence, day, path + (f"?{urlencode(asked)}" if asked else ""), sources)
    fragment(citation_html(citation, site_address()))


def site_address() -> str:
    """The site's address without a slash at its end: the operator's, else the one in the reader's browser, if known."""
    if settings().site:
        return settings().site
    here = urlsplit(st.context.url or "")
    return f"{here.scheme}://{here.netloc}" if here.netloc else ""


def citation_html(citation: Citation, site: str) -> str:
    """The citation in full, folded; a click in it selects all of it.

    A framework's code block would copy by a button, and bring 0.8 MB of highlighter and icons to every page.
    """
    return render("citation_to_copy.html", text=citation.text(site))
