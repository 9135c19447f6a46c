"""The rulebook: what this site is, how it is made, who answers for it, and how to report an error."""

import streamlit as st

from transparency.about.pages import about_html, overview_html
from transparency.core.errors import UnknownPlaceError
from transparency.outlets.dashboard.exhibits import fragment
from transparency.outlets.dashboard.failures import warn
from transparency.outlets.dashboard.frame import page_frame, part

with page_frame() as store, part("The account of this site"):
    try:
        body = about_html(store, st.query_params.to_dict())
    except UnknownPlaceError as fault:
        warn(str(fault))
        body = overview_html(store)
    fragment(body)
