"""Find your ward: the landing page."""

import streamlit as st

st.title("Find your ward")
