"""The script Streamlit runs for every visit: it finds the page asked for, names the tab after it and runs it."""

from urllib.parse import urlsplit

import streamlit as st

from transparency.outlets.dashboard.failures import begin_run
from transparency.outlets.dashboard.menu import framework_page
from transparency.outlets.dashboard.run import name_first_tab
from transparency.pages.registry import PAGES, page_at

begin_run()
if "is_named" not in st.session_state:
    st.session_state["is_named"] = True
    name_first_tab(page_at(urlsplit(st.context.url or "").path))
chosen = st.navigation([framework_page(page) for page in PAGES], position="top")
chosen.run()
