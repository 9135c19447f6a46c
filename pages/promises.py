"""Promises."""

import streamlit as st

st.title("Promises")
