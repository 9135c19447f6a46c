"""What this site is, how to read it, and how to report an error."""

import streamlit as st

from transparency.outlets.about import about_html
from transparency.ui.exhibits import fragment
from transparency.ui.frame import page_frame, part

with page_frame() as store, part("The account of this site"):
    fragment(about_html(store, st.query_params.to_dict()))
