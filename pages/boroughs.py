"""Boroughs side by side, or one of them, on any day."""

from datetime import date

import streamlit as st

from transparency.model import Borough
from transparency.outlets.boroughs import (
    borough_exhibits,
    borough_verdict,
    change_exhibit,
    comparison_sentence,
    overview_exhibits,
)
from transparency.outlets.html import render
from transparency.queries.boroughs import PATHFINDER_NAMES, all_boroughs, in_selection
from transparency.queries.progress import progress_days
from transparency.store import Store
from transparency.ui.citation import cite
from transparency.ui.exhibits import fragment, show
from transparency.ui.frame import page_frame, part
from transparency.ui.memory import remembered
from transparency.ui.pickers import (
    BOROUGH_PARAMETER,
    boroughs_picker,
    chart_colours,
    chosen_borough,
    chosen_boroughs,
    chosen_day,
    chosen_of,
    chosen_second_day,
    day_picker,
    picker,
    second_day_picker,
)
from transparency.wording_boroughs import CONTEXT_WORDS, MEASURE_WORDS


def one_borough(store: Store, borough: Borough, day: date) -> None:
    """What is known of one borough."""
    sentence = remembered(store, borough_verdict, borough.borough_code, day)
    fragment(render("verdict.html", sentence=sentence, lines=[]))
    cite(store, sentence, day)
    for exhibit in remembered(store, borough_exhibits, borough.borough_code, day):
        with part("A part of this borough's page"):
            show(exhibit)


def comparison(store: Store, day: date, every: tuple[Borough, ...]) -> None:
    """Boroughs side by side: all of them, or those a reader picked."""
    names = {borough.borough_code: borough.borough_name for borough in every}
    units = {borough.bcu_code: borough.bcu_name for borough in sorted(every, key=lambda each: each.bcu_name)}
    own, unit = chosen_boroughs(store), chosen_of("bcu", units)
    pathfinder, measure = chosen_of("pathfinder", PATHFINDER_NAMES), chosen_of("measure", MEASURE_WORDS)
    context, second = chosen_of("sort", CONTEXT_WORDS), chosen_second_day()
    with st.expander("Choose boroughs, measures and a second day", expanded=bool(own or unit or pathfinder or second)):
        boroughs_picker("Your own set of boroughs", names, own)
        left, right = st.columns(2)
        with left:
            picker("Command unit", "bcu", units, unit, "All command units")
            picker("Measure of the promise", "measure", MEASURE_WORDS, measure, "The whole promise")
            second_day_picker([known for known, _ in remembered(store, progress_days, None)], second)
        with right:
            picker("Pathfinder area", "pathfinder", PATHFINDER_NAMES, pathfinder, "All areas")
            picker("Sort what can be compared by", "sort", CONTEXT_WORDS, context, "Front counters open")
    shown = tuple(each.borough_code for each in in_selection(every, own, unit, pathfinder))
    if not shown:
        st.warning("No borough is in all the groups chosen. All boroughs are shown.")
    codes = shown if len(shown) < len(every) else ()
    sentence = remembered(store, comparison_sentence, day, measure or "promise")
    fragment(render("verdict.html", sentence=sentence, lines=[]))
    cite(store, sentence, day)
    if second is not None:
        show(remembered(store, change_exhibit, second, day, codes))
    asked = (day, measure or "promise", context or "counters", codes, chart_colours())
    for exhibit in remembered(store, overview_exhibits, *asked):
        with part("A part of the comparison"):
            show(exhibit, is_table_open=exhibit.key != "not-published" or bool(codes))


with page_frame() as store:
    borough = chosen_borough(store)
    fragment(render("boroughs_head.html", borough=borough, day=st.query_params.get("as_at")))
    day = chosen_day()
    with part("The choice of borough and day"):
        every = all_boroughs(store)
        left, right = st.columns(2)
        with left:
            names = {each.borough_code: each.borough_name for each in every}
            code = borough.borough_code if borough else None
            picker("Borough", BOROUGH_PARAMETER, names, code, "All boroughs side by side")
        with right:
            day_picker(remembered(store, progress_days, code), day, "Show what was known on")
    with part("The boroughs"):
        if borough is not None:
            one_borough(store, borough, day)
        else:
            comparison(store, day, every)
