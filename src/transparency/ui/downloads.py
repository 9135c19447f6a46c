"""The lists of what can be taken away, kept between visits for each version of the data and day."""

from __future__ import annotations

from datetime import date

import streamlit as st

from transparency.model import today
from transparency.outlets.downloads import datasets_exhibit, snapshots_exhibit
from transparency.outlets.exhibit import Exhibit
from transparency.outlets.official import official_exhibit
from transparency.store import Store


def downloads(store: Store) -> tuple[Exhibit, Exhibit, Exhibit]:
    """The tables with their files, the official sources that are here or not, and the snapshots."""
    return _downloads(store.data_version, today(), store)


@st.cache_data(show_spinner=False, max_entries=4)
def _downloads(data_version: str, day: date, _store: Store) -> tuple[Exhibit, Exhibit, Exhibit]:
    return datasets_exhibit(_store), official_exhibit(_store), snapshots_exhibit(_store)
