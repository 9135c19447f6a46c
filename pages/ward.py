"""Find your ward, and read what is known of it: the landing page."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from transparency.errors import UnknownPlaceError
from transparency.model import today
from transparency.outlets.html import render
from transparency.store import Store
from transparency.ui.answers import landing_answer, ward_answer, ward_days
from transparency.ui.citation import citation_html
from transparency.ui.exhibits import fragment
from transparency.ui.frame import page_frame, part
from transparency.ui.lookup import lookup_box
from transparency.ui.pickers import chosen_day, day_picker


def landing(store: Store) -> None:
    """The site in a glance for someone who has not chosen a ward."""
    fragment(landing_answer(store.data_version, store, today()))


def ward(store: Store, ward_code: str, choices: DeltaGenerator) -> None:
    """The answer for one ward; its days go beside the box, so that the answer is on a telephone's first screen."""
    day = chosen_day()
    try:
        html, citation = ward_answer(store.data_version, store, ward_code, day)
    except UnknownPlaceError as fault:
        fragment(render("unknown_place.html", message=str(fault)))
        return
    with choices:
        day_picker(ward_days(store.data_version, store, ward_code), day, "Known on")
    fragment(html + citation_html(citation))


with page_frame() as store:
    ward_code = st.query_params.get("ward", "").strip().upper()
    if not ward_code:
        fragment(render("landing_title.html"))
    choices = st.container(horizontal=True, key="choices")
    with part("The look-up"):
        if ward_code:
            lookup_box(store, None, choices, "Find another ward")
        else:
            asked = chosen_day()
            lookup_box(store, None if asked == today() else asked)
    with part("The answer for this ward" if ward_code else "The overview"):
        if ward_code:
            ward(store, ward_code, choices)
        else:
            landing(store)
