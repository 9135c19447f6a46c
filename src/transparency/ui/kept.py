"""Exhibits and maps kept between visits: decided by the data's version, the question and the day alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import FunctionType
from typing import Any

import streamlit as st

from transparency.model import SiteKind
from transparency.outlets.exhibit import Exhibit
from transparency.outlets.maps import MapExhibit, counters_map
from transparency.store import Store


def _function_name(function: Any) -> str:
    return f"{function.__module__}.{function.__qualname__}"


@st.cache_data(show_spinner=False, max_entries=1000, hash_funcs={FunctionType: _function_name})
def kept(data_version: str, _store: Store, make: Callable[[Store, date], Any], day: date) -> Any:
    """What `make` makes of the store and the day: an exhibit or a sentence."""
    return make(_store, day)


def kept_exhibit(store: Store, make: Callable[[Store, date], Exhibit | None], day: date) -> Exhibit | None:
    """The exhibit of the day, where its rows are known."""
    exhibit: Exhibit | None = kept(store.data_version, store, make, day)
    return exhibit


# Kept as it is and not copied, since a map is large; nothing changes one once it is made.
@st.cache_resource(show_spinner=False, max_entries=100)
def kept_map(
    data_version: str,
    _store: Store,
    day: date,
    text: str,
    borough_code: str | None,
    site_kind: SiteKind | None,
    theme: str | None,
    is_narrow: bool,
) -> MapExhibit:
    """The map of the places that fit."""
    return counters_map(_store, day, text, borough_code, site_kind, theme, is_narrow)
