"""The places of the counters page: their search, the two filters, and list and map of what fits."""

from __future__ import annotations

from datetime import date

import streamlit as st

from transparency.core.vocabulary import SiteKind
from transparency.counters.sentences import KIND_WORDS
from transparency.outlets.dashboard.maps import show_remembered_map
from transparency.places.postcodes import looks_like_postcode, read_query
from transparency.places.queries import all_boroughs
from transparency.store.store import Store
from transparency.wards.maps import counters_map

SEARCH = "places-search"


def keep_district_only() -> None:
    """A full postcode is cut to its district before anything else sees it."""
    typed = st.session_state[SEARCH]
    if looks_like_postcode(typed):
        st.session_state[SEARCH] = read_query(typed).value.split()[0]


def show_places(store: Store, day: date) -> None:
    """The search, the two filters, and list and map of what fits."""
    boroughs = {borough.borough_name: borough.borough_code for borough in all_boroughs(store)}
    kinds = {words.split(",")[0]: kind for kind, words in KIND_WORDS.items()}
    row = st.container(horizontal=True, vertical_alignment="bottom")
    text = row.text_input(
        "Search by name, street or postcode district",
        key=SEARCH,
        max_chars=60,
        placeholder="Kentish Town or NW5",
        autocomplete="off",
        on_change=keep_district_only,
    )
    chosen_borough = row.selectbox(
        "Borough", boroughs, index=None, placeholder="All boroughs", key="borough", bind="query-params"
    )
    chosen_kind = row.selectbox(
        "Kind of place", kinds, index=None, placeholder="All kinds", key="kind", bind="query-params"
    )
    code = boroughs[chosen_borough] if chosen_borough else None
    site_kind = SiteKind(kinds[chosen_kind]) if chosen_kind else None
    show_remembered_map(store, counters_map, day, text, code, site_kind)
