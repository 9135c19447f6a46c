"""Compare boroughs."""

import streamlit as st

st.title("Boroughs")
