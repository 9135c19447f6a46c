"""Boroughs side by side, or one of them, on any day."""

from datetime import date
from functools import partial

import streamlit as st

from transparency.boroughs.compared import change_exhibit, comparison_sentence, overview_exhibits
from transparency.boroughs.months import boroughs_exhibit
from transparency.boroughs.one import borough_exhibits, borough_verdict
from transparency.core.vocabulary import Borough
from transparency.exhibits.html import render
from transparency.months.exhibits import months_exhibit, strength_exhibit, wards_exhibit
from transparency.outlets.dashboard.citation import cite, site_address
from transparency.outlets.dashboard.comparison import comparison_picker
from transparency.outlets.dashboard.exhibits import fragment, in_one_piece, show
from transparency.outlets.dashboard.frame import page_frame, part
from transparency.outlets.dashboard.memory import remembered
from transparency.outlets.dashboard.pickers import (
    BOROUGH_PARAMETER,
    chosen_borough,
    chosen_day,
    day_picker,
    picker,
)
from transparency.outlets.dashboard.programme import beside_programme, show_monthly
from transparency.outlets.embeds import embed_to_copy
from transparency.places.queries import all_boroughs
from transparency.progress.queries import progress_days
from transparency.store.store import Store

MONTHLY_OF_BOROUGH = (months_exhibit, strength_exhibit)


def one_borough(store: Store, borough: Borough, day: date) -> None:
    """What is known of one borough."""
    code = borough.borough_code
    monthly = [partial(show_monthly, store, make, day, code) for make in MONTHLY_OF_BOROUGH]
    of_wards = partial(show_monthly, store, wards_exhibit, code, day)
    with in_one_piece(), beside_programme(store, day, code, of_wards, *monthly):
        sentence = remembered(store, borough_verdict, code, day)
        fragment(render("verdict.html", sentence=sentence, lines=[]))
        cite(store, sentence, day)
        for exhibit in remembered(store, borough_exhibits, code, day):
            with part("A part of this borough's page"):
                show(exhibit)
    fragment(embed_to_copy("borough", code, borough.borough_name, site_address()))


def comparison(store: Store, day: date, every: tuple[Borough, ...]) -> None:
    """Boroughs side by side: all of them, or those a reader picked."""
    chosen = comparison_picker(store, every, [known for known, _ in remembered(store, progress_days, None)])
    side_by_side = partial(show_monthly, store, boroughs_exhibit, day, chosen.measure, chosen.codes)
    with in_one_piece(), beside_programme(store, day, None, side_by_side):
        sentence = remembered(store, comparison_sentence, day, chosen.measure)
        fragment(render("verdict.html", sentence=sentence, lines=[]))
        cite(store, sentence, day)
        if chosen.second_day is not None:
            show(remembered(store, change_exhibit, chosen.second_day, day, chosen.codes))
        asked = (day, chosen.measure, chosen.context, chosen.codes)
        for exhibit in remembered(store, overview_exhibits, *asked):
            with part("A part of the comparison"):
                show(exhibit, is_table_open=exhibit.key != "not-published" or bool(chosen.codes))


with page_frame() as store:
    borough = chosen_borough(store)
    fragment(render("boroughs_head.html", borough=borough, day=st.query_params.get("as_at")))
    day = chosen_day()
    with part("The choice of borough and day"):
        every = all_boroughs(store)
        with st.container(horizontal=True):
            names = {each.borough_code: each.borough_name for each in every}
            code = borough.borough_code if borough else None
            picker("Borough", BOROUGH_PARAMETER, names, code, "All boroughs side by side")
            day_picker(remembered(store, progress_days, code), day, "Show what was known on")
    with part("The boroughs"):
        if borough is not None:
            one_borough(store, borough, day)
        else:
            comparison(store, day, every)
