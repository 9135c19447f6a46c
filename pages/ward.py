"""Find your ward, and read what is known of it: the landing page."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from transparency.core.errors import UnknownPlaceError
from transparency.core.vocabulary import today
from transparency.exhibits.html import render
from transparency.outlets.dashboard.answers import ward_answer
from transparency.outlets.dashboard.citation import site_address
from transparency.outlets.dashboard.exhibits import fragment
from transparency.outlets.dashboard.frame import page_frame, part
from transparency.outlets.dashboard.lookup import lookup_box
from transparency.outlets.dashboard.memory import remembered
from transparency.outlets.dashboard.pickers import chosen_day, day_picker
from transparency.pages.landing import landing_html
from transparency.store.store import Store


def ward(store: Store, ward_code: str, choices: DeltaGenerator) -> str:
    """The answer for one ward; its days go beside the box, so that the answer is on a telephone's first screen."""
    day = chosen_day()
    try:
        answer = remembered(store, ward_answer, ward_code, day, site_address())
    except UnknownPlaceError as fault:
        return render("unknown_place.html", message=str(fault))
    with choices:
        day_picker(answer.days, day, "Known on")
    return answer.html


ending: list[str] = []
with page_frame(ending) as store:
    ward_code = st.query_params.get("ward", "").strip().upper()
    if not ward_code:
        fragment(render("landing_title.html"))
    with part("The look-up"):
        if ward_code:
            choices = st.container(horizontal=True, key="choices")
            lookup_box(store, None, choices, "Find another ward")
        else:
            asked = chosen_day()
            lookup_box(store, None if asked == today() else asked)
    with part("The answer for this ward" if ward_code else "The overview"):
        if ward_code:
            ending.append(ward(store, ward_code, choices))
        else:
            ending.append(remembered(store, landing_html, today()))
