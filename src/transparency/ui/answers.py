"""Answers kept between visits: decided by the data's version, the ward and the day, and by nothing else."""

from __future__ import annotations

from datetime import date

import streamlit as st

from transparency.outlets.citation import Citation, ward_citation
from transparency.outlets.landing import landing_html
from transparency.outlets.ward import ward_html, ward_page
from transparency.queries.days import published_days
from transparency.store import Store


@st.cache_data(show_spinner=False, max_entries=2000)
def ward_answer(data_version: str, _store: Store, ward_code: str, day: date) -> tuple[str, Citation]:
    """The HTML of a ward's page and its citation; raises UnknownPlaceError for a code of no ward."""
    page = ward_page(_store, ward_code, day)
    return ward_html(page), ward_citation(page)


@st.cache_data(show_spinner=False, max_entries=2000)
def ward_days(data_version: str, _store: Store, ward_code: str) -> list[tuple[date, str]]:
    """The days on which something was published about the ward or London, newest first."""
    return [
        (published.day, "this ward" if published.is_of_ward else "London")
        for published in published_days(_store, ward_code)
    ]


@st.cache_data(show_spinner=False, max_entries=10)
def landing_answer(data_version: str, _store: Store, day: date) -> str:
    """The HTML of the examples, of the two headlines where London's figures are held, and of what more exists."""
    return landing_html(_store, day)
