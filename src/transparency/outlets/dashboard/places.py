"""The search of the counters page, and its two filters: what they ask of the list and map of places."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from transparency.core.vocabulary import SiteKind
from transparency.counters.sentences import KIND_WORDS
from transparency.pages.counters import NAMED, OF_BOROUGH, OF_KIND
from transparency.pages.page import Asked
from transparency.places.postcodes import looks_like_postcode, read_query
from transparency.places.queries import all_boroughs
from transparency.store.store import Store

SEARCH = "places-search"


def keep_district_only() -> None:
    """A full postcode is cut to its district before anything else sees it."""
    typed = st.session_state[SEARCH]
    if looks_like_postcode(typed):
        st.session_state[SEARCH] = read_query(typed).value.split()[0]


def places_asked(store: Store, asked: Asked) -> Asked:
    """The same day, and the places that the search and both filters ask for."""
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
    borough = row.selectbox(
        "Borough", boroughs, index=None, placeholder="All boroughs", key="borough", bind="query-params"
    )
    kind = row.selectbox("Kind of place", kinds, index=None, placeholder="All kinds", key="kind", bind="query-params")
    chosen = {
        NAMED: text,
        OF_BOROUGH: boroughs[borough] if borough else "",
        OF_KIND: SiteKind(kinds[kind]).value if kind else "",
    }
    return replace(asked, chosen=tuple(chosen.items()))
