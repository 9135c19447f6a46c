"""Counters, hubs and stations: what was open on a day, what closed, how far it was, and one site's history."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from transparency.model import FIRST_SITE_DAY, SiteKind, today
from transparency.outlets import counters
from transparency.outlets.exhibit import Exhibit
from transparency.queries.boroughs import all_boroughs
from transparency.queries.postcodes import looks_like_postcode, read_query
from transparency.store import Store
from transparency.ui.calendar import calendar
from transparency.ui.citation import cite
from transparency.ui.exhibits import fragment, show
from transparency.ui.frame import page_frame, part
from transparency.ui.maps import is_narrow, remembered_map, show_map, theme
from transparency.ui.memory import remembered
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
    boroughs = {borough.borough_name: borough.borough_code for borough in all_boroughs(store)}
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
    code = boroughs[chosen_borough] if chosen_borough else None
    site_kind = SiteKind(kinds[chosen_kind]) if chosen_kind else None
    show_map(remembered_map(store.data_version, store, day, text, code, site_kind, theme(), is_narrow()), day)


def show_remembered(make: Callable[[Store, date], Exhibit | None], *, is_table_open: bool = True) -> None:
    """The exhibit, where its rows are known on the day."""
    exhibit = remembered(store, make, day)
    if exhibit is not None:
        show(exhibit, is_table_open=is_table_open)


with page_frame() as store:
    fragment("<h1>Counters, hubs and stations</h1>")
    day = chosen_day()
    listed, other = st.columns(2)
    with listed:
        matters = [(on, words) for on, words in DAYS_THAT_MATTER if on <= today()]
        day_picker(matters, day, "Show what was known on")
    with other:
        calendar(day)
    site_id = st.query_params.get("site", "").strip().lower()
    if site_id:
        with part("The history of this site"):
            show(counters.site_exhibit(store, site_id, day))
        fragment(f'<p><a href="/counters?as_at={day.isoformat()}">All counters, hubs and bases</a></p>')
    else:
        with part("The state of the counters"):
            verdict = remembered(store, counters.verdict, day)
            fragment(f'<p class="verdict">{verdict}</p>')
            cite(store, verdict, day)
        with part("The comparison of boroughs"):
            show_remembered(counters.boroughs_exhibit)
        if without_list := remembered(store, counters.no_sites_html):
            fragment(without_list)
        elif day >= FIRST_SITE_DAY:
            with part("The list and map of places"):
                places(store)
        with part("The distances"):
            show_remembered(counters.distances_exhibit, is_table_open=False)
            show_remembered(counters.growth_exhibit)
        with part("The plans and closings"):
            show_remembered(counters.plans_exhibit, is_table_open=False)
            show_remembered(counters.closures_exhibit, is_table_open=False)
        with part("The published totals"):
            show_remembered(counters.published_totals_exhibit, is_table_open=False)
            show_remembered(counters.reconciliation_exhibit)
