"""The one box: a ward, borough, place, postcode or position in; links out. A postcode leaves no trace."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from transparency.core.limits import SEARCHES, too_many
from transparency.exhibits.html import render
from transparency.outlets.dashboard.menu import framework_page
from transparency.outlets.dashboard.show import Writer
from transparency.pages.finding import found
from transparency.pages.page import DAY_PARAMETER, LookUp
from transparency.pages.registry import PAGES
from transparency.places.lookup import Answer
from transparency.places.postcodes import looks_like_postcode
from transparency.store.current import shared_store
from transparency.store.store import Store

BOX = "lookup"
FIND = "lookup-find"
ANSWER = "lookup_answer"
COUNTED = "lookup_counted"
OPENED = "lookup_opened"
WAIT = "lookup_wait"


def lookup_box(writer: Writer, box: LookUp, row: DeltaGenerator) -> None:
    """The box, in its row, and below it what it finds; a day asked for is carried into the links where the box does.

    Find, and the Enter that presses it, opens the first thing found unless that is a guess.
    """
    day = writer.asked.day if box.carries_day and writer.asked.is_dated else None

    def find(store: Store, typed: str) -> Answer:
        return found(store, typed, day).opening(box.opens)

    def read_and_forget() -> None:
        """Empty the box when it holds a postcode: only the answer, by prefix, is kept for this page."""
        typed = st.session_state[BOX]
        st.session_state.pop(ANSWER, None)
        st.session_state[WAIT] = _seconds_to_wait(typed)
        if st.session_state[WAIT]:
            st.session_state[BOX] = ""
        elif looks_like_postcode(typed):
            # Not the store of the run that drew the box, which may have been replaced and closed since.
            st.session_state[ANSWER] = find(shared_store(), typed)
            st.session_state[BOX] = ""

    def open_first() -> None:
        typed = st.session_state[BOX]
        answer = find(shared_store(), typed) if typed else st.session_state.get(ANSWER)
        if answer is not None and answer.choices and answer.is_sure:
            st.session_state[OPENED] = answer.choices[0].href
            st.session_state[BOX] = ""
            st.session_state.pop(ANSWER, None)

    if OPENED in st.session_state:
        _open(st.session_state.pop(OPENED), {DAY_PARAMETER: day.isoformat()} if day else {})
    typed = row.text_input(
        box.label,
        key=BOX,
        live=True,
        max_chars=80,
        placeholder="Ward or postcode",
        autocomplete="off",
        on_change=read_and_forget,
    )
    row.button("Find", key=FIND, on_click=open_first)
    if st.session_state.get(WAIT):
        writer.warn(too_many(st.session_state[WAIT]))
    answer: Answer | None = find(writer.store, typed) if typed else st.session_state.get(ANSWER)
    if answer is not None:
        writer.html(render("lookup.html", answer=answer, day=day))


def _seconds_to_wait(typed: str) -> int:
    """How long before the reader may search; a text that goes on from the last one is the same search.

    Readers on this machine have no address here, and count as one.
    """
    last = st.session_state.get(COUNTED, "")
    st.session_state[COUNTED] = "" if looks_like_postcode(typed) else typed
    if not typed or (last and (typed.startswith(last) or last.startswith(typed))):
        return 0
    return SEARCHES.seconds_to_wait(str(st.context.ip_address))


def _open(href: str, dated: dict[str, str]) -> None:
    """Open a page of the dashboard by what a link to it says."""
    address = urlsplit(href)
    page = next(page for page in PAGES if page.address == address.path)
    st.switch_page(framework_page(page), query_params=dict(parse_qsl(address.query)) | dated)
