"""The one box: a ward, borough, place, postcode or position in; links out. A postcode leaves no trace."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from transparency.core.limits import SEARCHES, too_many
from transparency.exhibits.html import render
from transparency.outlets.dashboard.show import Writer
from transparency.pages.page import LookUp
from transparency.places.lookup import Answer, answer_position, answer_postcode, answer_text
from transparency.places.postcodes import QueryKind, looks_like_postcode, read_query
from transparency.places.search import shared_index
from transparency.store.current import shared_store

BOX = "lookup"
ANSWER = "lookup_answer"
WAIT = "lookup_wait"


def lookup_box(writer: Writer, box: LookUp, row: DeltaGenerator) -> None:
    """The box, in its row, and below it what it finds; a day asked for is carried into the links where the box does."""
    store = writer.store
    day = writer.asked.day if box.carries_day and writer.asked.is_dated else None

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
            st.session_state[ANSWER] = answer_postcode(shared_store(), typed, day)
            st.session_state[BOX] = ""

    typed = row.text_input(
        box.label,
        key=BOX,
        live=True,
        max_chars=80,
        placeholder="Kentish Town, NW5 2AA or Camden",
        autocomplete="off",
        on_change=read_and_forget,
    )
    if st.session_state.get(WAIT):
        writer.warn(too_many(st.session_state[WAIT]))
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
        writer.html(render("lookup.html", answer=answer, day=day))
