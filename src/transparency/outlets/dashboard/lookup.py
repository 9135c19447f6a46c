"""The one box: a ward, borough, place, postcode or position in; links out. A postcode leaves no trace."""

from __future__ import annotations

from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from transparency.core.limits import SEARCHES, too_many
from transparency.exhibits.html import render
from transparency.outlets.dashboard.exhibits import fragment
from transparency.outlets.dashboard.failures import warn
from transparency.outlets.dashboard.store import opened_store
from transparency.places.lookup import Answer, answer_position, answer_postcode, answer_text
from transparency.places.postcodes import QueryKind, looks_like_postcode, read_query
from transparency.places.search import shared_index
from transparency.store.store import Store

BOX = "lookup"
ANSWER = "lookup_answer"
WAIT = "lookup_wait"


def lookup_box(
    store: Store,
    day: date | None,
    row: DeltaGenerator | None = None,
    label: str = "Find your ward: type a ward, borough, postcode or place",
) -> None:
    """The box, in `row` where one is given, and below it what it finds.

    `day` is carried into the links when it is not today.
    """

    def read_and_forget() -> None:
        """Empty the box when it holds a postcode: only the answer, by prefix, is kept for this page."""
        typed = st.session_state[BOX]
        st.session_state.pop(ANSWER, None)
        # Readers on this machine have no address here, and count as one.
        st.session_state[WAIT] = SEARCHES.seconds_to_wait(str(st.context.ip_address)) if typed else 0
        if st.session_state[WAIT]:
            st.session_state[BOX] = ""
        elif looks_like_postcode(typed):
            # Not the store of the run that drew the box, which may have been replaced and closed since.
            st.session_state[ANSWER] = answer_postcode(opened_store(), typed, day)
            st.session_state[BOX] = ""

    typed = (row or st).text_input(
        label,
        key=BOX,
        live=True,
        max_chars=80,
        placeholder="Kentish Town, NW5 2AA or Camden",
        autocomplete="off",
        on_change=read_and_forget,
    )
    if st.session_state.get(WAIT):
        warn(too_many(st.session_state[WAIT]))
    answer: Answer | None = st.session_state.get(ANSWER)
    if typed:
        query = read_query(typed)
        if query.kind is QueryKind.POSITION:
            answer = answer_position(store, query)
        elif query.kind in (QueryKind.PREFIX, QueryKind.SECTOR, QueryKind.OUTWARD):
            answer = answer_postcode(store, typed)
        else:
            answer = answer_text(shared_index(store), typed)
    if answer is not None:
        fragment(render("lookup.html", answer=answer, day=day))
