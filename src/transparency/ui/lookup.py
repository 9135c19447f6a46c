"""The one box: a ward, borough, place, postcode or position in; links out. A postcode leaves no trace."""

from __future__ import annotations

from datetime import date

import streamlit as st

from transparency.outlets.html import render
from transparency.outlets.lookup import Answer, answer_position, answer_postcode, answer_text
from transparency.queries.postcodes import QueryKind, looks_like_postcode, read_query
from transparency.queries.search import SearchIndex
from transparency.store import Store
from transparency.ui.exhibits import fragment

BOX = "lookup"
ANSWER = "lookup_answer"


@st.cache_resource(show_spinner=False)
def _index(data_version: str, _store: Store) -> SearchIndex:
    """One index for each version of the data."""
    return SearchIndex.from_store(_store)


def lookup_box(store: Store, day: date | None) -> None:
    """The box and what it finds; `day` is carried into the links when it is not today."""

    def read_and_forget() -> None:
        """Empty the box when it holds a postcode: only the answer, by prefix, is kept for this page."""
        typed = st.session_state[BOX]
        st.session_state.pop(ANSWER, None)
        if looks_like_postcode(typed):
            st.session_state[ANSWER] = answer_postcode(store, typed, day)
            st.session_state[BOX] = ""

    typed = st.text_input(
        "Find your ward: type a ward, borough, postcode or place",
        key=BOX,
        live="250ms",
        max_chars=80,
        placeholder="Kentish Town, NW5 2AA or Camden",
        autocomplete="off",
        on_change=read_and_forget,
    )
    answer: Answer | None = st.session_state.get(ANSWER)
    if typed:
        query = read_query(typed)
        if query.kind is QueryKind.POSITION:
            answer = answer_position(store, query)
        elif query.kind in (QueryKind.PREFIX, QueryKind.SECTOR, QueryKind.OUTWARD):
            answer = answer_postcode(store, typed)
        else:
            answer = answer_text(_index(store.data_version, store), typed)
    if answer is not None:
        fragment(render("lookup.html", answer=answer, day=day))
