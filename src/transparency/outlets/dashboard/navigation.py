"""The script Streamlit runs for every visit: it finds the page asked for and runs it."""

import streamlit as st

from transparency.outlets.dashboard.failures import begin_run
from transparency.outlets.dashboard.menu import framework_pages

begin_run()
chosen = st.navigation(framework_pages(), position="top")
chosen.run()
