"""Progress to the end-of-year target: London or one borough, on any day."""

from functools import partial

import streamlit as st

from transparency.exhibits.html import render
from transparency.months.exhibits import months_exhibit, strength_exhibit
from transparency.outlets.dashboard.citation import cite
from transparency.outlets.dashboard.exhibits import fragment, in_one_piece, show
from transparency.outlets.dashboard.frame import page_frame, part
from transparency.outlets.dashboard.maps import show_remembered_map
from transparency.outlets.dashboard.memory import remembered
from transparency.outlets.dashboard.pickers import (
    BOROUGH_PARAMETER,
    chosen_borough,
    chosen_day,
    day_picker,
    picker,
)
from transparency.outlets.dashboard.programme import beside_programme, show_monthly
from transparency.places.queries import all_boroughs
from transparency.progress.exhibits import (
    after_due_exhibit,
    boroughs_exhibit,
    chart_exhibit,
    evidence_exhibit,
    interim_exhibit,
    pace_exhibit,
)
from transparency.progress.queries import progress, progress_days
from transparency.wards.maps import month_map, status_map

with page_frame() as store:
    borough = chosen_borough(store)
    code = borough.borough_code if borough else None
    fragment(render("progress_head.html", place=borough.borough_name if borough else "London"))
    day = chosen_day()
    with part("The choice of place and day"):
        names = {each.borough_code: each.borough_name for each in all_boroughs(store)}
        with st.container(horizontal=True):
            picker("Place", BOROUGH_PARAMETER, names, code, "London")
            day_picker(remembered(store, progress_days, code), day, "Show what was known on")
    asked = (day, code)
    monthly = [partial(show_monthly, store, make, *asked) for make in (months_exhibit, strength_exhibit)]
    if borough is None:
        monthly.append(partial(show_remembered_map, store, month_map, day))
    with in_one_piece(), beside_programme(store, day, code, *monthly) as programme:
        with part("The standing on this day"):
            known = remembered(store, progress, day, code)
            lines = [known.pace_sentence] if known.pace_sentence else []
            fragment(render("verdict.html", sentence=known.sentence, lines=lines))
        with part("The chart"):
            chart = remembered(store, chart_exhibit, *asked)
            if chart is not None:
                show(chart)
            cite(store, known.sentence, day, chart.sources if chart else ())
        with part("The required pace"):
            pace = remembered(store, pace_exhibit, day, code)
            if pace is not None:
                show(pace)
        with part("The interim target"):
            interim = remembered(store, interim_exhibit, day)
            if interim is not None and borough is None:
                show(interim)
        with part("What followed the due date"):
            after_due = remembered(store, after_due_exhibit, day)
            if after_due is not None and borough is None:
                show(after_due)
        with part("The wards by evidence"):
            show(remembered(store, evidence_exhibit, day, code))
        with part("The boroughs"):
            if borough is None:
                show(remembered(store, boroughs_exhibit, day))
        with part("The map of wards"):
            if borough is None and not (programme and programme.is_leading):
                show_remembered_map(store, status_map, day)
