"""The script Streamlit runs for every visit: it finds the page asked for and runs it."""

import streamlit as st

from transparency.ui.failures import begin_run
from transparency.ui.pages import PAGES, SITE_NAME

begin_run()
chosen = st.navigation(
    [st.Page(page.script, title=page.title, url_path=page.url_path, default=page is PAGES[0]) for page in PAGES],
    position="top",
)
st.set_page_config(page_title=f"{chosen.title} · {SITE_NAME}")
chosen.run()
