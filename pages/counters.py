"""Counters, hubs and stations: what was open on a day, what closed, how far it was, and one site's history."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from transparency.core.vocabulary import FIRST_SITE_DAY, today
from transparency.counters import exhibits as counters
from transparency.counters.sentences import DAYS_THAT_MATTER
from transparency.exhibits.exhibit import Exhibit
from transparency.outlets.dashboard.calendar import calendar
from transparency.outlets.dashboard.citation import cite
from transparency.outlets.dashboard.exhibits import fragment, in_one_piece, show
from transparency.outlets.dashboard.frame import page_frame, part
from transparency.outlets.dashboard.memory import remembered
from transparency.outlets.dashboard.pickers import chosen_day, day_picker
from transparency.outlets.dashboard.places import show_places
from transparency.store.store import Store


def show_remembered(make: Callable[[Store, date], Exhibit | None], *, is_table_open: bool = True) -> None:
    """The exhibit, where its rows are known on the day."""
    exhibit = remembered(store, make, day)
    if exhibit is not None:
        show(exhibit, is_table_open=is_table_open)


with page_frame() as store:
    fragment("<h1>Counters, hubs and stations</h1>")
    day = chosen_day()
    with st.container(horizontal=True):
        matters = [(on, words) for on, words in DAYS_THAT_MATTER if on <= today()]
        day_picker(matters, day, "Show what was known on")
        calendar(day)
    site_id = st.query_params.get("site", "").strip().lower()
    if site_id:
        with part("The history of this site"):
            show(counters.site_exhibit(store, site_id, day))
        fragment(f'<p><a href="/counters?as_at={day.isoformat()}">All counters, hubs and bases</a></p>')
    else:
        with in_one_piece():
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
                show_places(store, day)
        with in_one_piece():
            with part("The distances"):
                show_remembered(counters.distances_exhibit, is_table_open=False)
                show_remembered(counters.growth_exhibit)
            with part("The plans and closings"):
                show_remembered(counters.plans_exhibit, is_table_open=False)
                show_remembered(counters.closures_exhibit, is_table_open=False)
            with part("The published totals"):
                show_remembered(counters.published_totals_exhibit, is_table_open=False)
                show_remembered(counters.reconciliation_exhibit)
