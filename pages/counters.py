"""Counters, hubs and stations: what was open on a day, what closed, how far it was, and one site's history."""

import streamlit as st

from transparency.model import SiteKind, today
from transparency.outlets import counters
from transparency.outlets.exhibit import Exhibit
from transparency.outlets.maps import counters_map
from transparency.queries.postcodes import looks_like_postcode, read_query
from transparency.queries.sites import boroughs_sites
from transparency.store import Store
from transparency.ui.calendar import calendar
from transparency.ui.exhibits import fragment, show
from transparency.ui.frame import page_frame, part
from transparency.ui.maps import is_narrow, show_map, theme
from transparency.ui.pickers import chosen_day, day_picker
from transparency.wording_access import KIND_WORDS
from transparency.wording_sites import DAYS_THAT_MATTER

SEARCH = "places-search"


def keep_district_only() -> None:
    """A full postcode is cut to its district before anything else sees it."""
    typed = st.session_state[SEARCH]
    if looks_like_postcode(typed):
        st.session_state[SEARCH] = read_query(typed).value.split()[0]


def places(store: Store) -> None:
    """The search, the two filters, and list and map of what fits."""
    boroughs = {row["borough_name"]: row["borough_code"] for row in boroughs_sites(store, day)}
    kinds = {words.split(",")[0]: kind for kind, words in KIND_WORDS.items()}
    search, borough, kind = st.columns(3, vertical_alignment="bottom")
    text = search.text_input(
        "Search by name, street or postcode district",
        key=SEARCH,
        max_chars=60,
        placeholder="Kentish Town or NW5",
        autocomplete="off",
        on_change=keep_district_only,
    )
    chosen_borough = borough.selectbox(
        "Borough", boroughs, index=None, placeholder="All boroughs", key="borough", bind="query-params"
    )
    chosen_kind = kind.selectbox(
        "Kind of place", kinds, index=None, placeholder="All kinds", key="kind", bind="query-params"
    )
    shown = counters_map(
        store,
        day,
        text,
        boroughs[chosen_borough] if chosen_borough else None,
        SiteKind(kinds[chosen_kind]) if chosen_kind else None,
        theme(),
        is_narrow(),
    )
    show_map(shown, day)


def show_held(exhibit: Exhibit | None, *, is_table_open: bool = True) -> None:
    """An exhibit, where its rows are known on the day."""
    if exhibit is not None:
        show(exhibit, is_table_open=is_table_open)


with page_frame() as store:
    st.title("Counters, hubs and stations")
    day = chosen_day()
    days = [(matters, words) for matters, words in DAYS_THAT_MATTER if matters <= today()]
    listed, other = st.columns(2)
    with listed:
        day_picker(days, day, "Show what was known on")
    with other:
        calendar(day)
    site_id = st.query_params.get("site", "").strip().lower()
    if site_id:
        with part("The history of this site"):
            show(counters.site_exhibit(store, site_id, day))
        fragment(f'<p><a href="/counters?as_at={day.isoformat()}">All counters, hubs and bases</a></p>')
    else:
        with part("The state of the counters"):
            fragment(f'<p class="verdict">{counters.verdict(store, day)}</p>')
        with part("The comparison of boroughs"):
            show_held(counters.boroughs_exhibit(store, day))
        with part("The list and map of places"):
            places(store)
        with part("The distances"):
            show_held(counters.distances_exhibit(store, day), is_table_open=False)
            show_held(counters.growth_exhibit(store, day))
        with part("The plans and closings"):
            show_held(counters.plans_exhibit(store, day), is_table_open=False)
            show_held(counters.closures_exhibit(store, day), is_table_open=False)
        with part("The published totals"):
            show(counters.published_totals_exhibit(store, day), is_table_open=False)
            show(counters.reconciliation_exhibit(store))
