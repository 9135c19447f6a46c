"""The citation of a page's finding, with a button that copies it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode, urlsplit

import streamlit as st

from transparency.outlets.citation import Citation, page_citation, ward_citation
from transparency.outlets.exhibit import Source
from transparency.outlets.ward import ward_page
from transparency.store import Store
from transparency.ui.pickers import DAY_PARAMETER


def cite(store: Store, sentence: str, day: date, sources: Sequence[Source] = ()) -> None:
    """The citation of the finding of the page being read, at its address with its day."""
    asked = {name: value for name, value in st.query_params.items() if name != DAY_PARAMETER}
    path = urlsplit(st.context.url or "").path or "/"
    _show(page_citation(store, sentence, day, path + (f"?{urlencode(asked)}" if asked else ""), sources))


def cite_ward(store: Store, ward_code: str, day: date) -> None:
    """The citation of a ward's verdict, at the ward's permanent address."""
    _show(_of_ward(store.data_version, store, ward_code, day))


@st.cache_data(show_spinner=False, max_entries=2000)
def _of_ward(data_version: str, _store: Store, ward_code: str, day: date) -> Citation:
    return ward_citation(ward_page(_store, ward_code, day))


def _show(citation: Citation) -> None:
    here = urlsplit(st.context.url or "")
    with st.expander("Copy citation"):
        st.code(citation.text(f"{here.scheme}://{here.netloc}" if here.netloc else ""), language=None, wrap_lines=True)
