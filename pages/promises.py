"""The promise ledger, and what people asked."""

import streamlit as st

from transparency.exhibits.html import render
from transparency.outlets.dashboard.citation import cite
from transparency.outlets.dashboard.exhibits import fragment, in_one_piece, show
from transparency.outlets.dashboard.failures import warn
from transparency.outlets.dashboard.frame import page_frame, part
from transparency.outlets.dashboard.memory import remembered
from transparency.outlets.dashboard.pickers import chosen_day, day_picker
from transparency.progress.queries import progress_days
from transparency.promises.exhibits import ledger_exhibit, ledger_html, ledger_verdict, questions_exhibit
from transparency.promises.ledger import promises

with page_frame() as store:
    fragment(render("promises_head.html"))
    day = chosen_day()
    opened = st.query_params.get("promise", "").strip() or None
    made = {promise.promise_id: promise.made_on for promise in promises()}
    if opened is not None and opened not in made:
        warn(f"No promise is followed here under {opened[:40]!r}. All of them are listed below.")
    elif opened is not None and made[opened] > day:
        warn("The promise asked for had not been made by that day. Those made by then are listed below.")
    with part("The choice of day"):
        day_picker(remembered(store, progress_days, None), day, "Show what was known on")
    with in_one_piece():
        with part("The standing of the promises"):
            sentence = remembered(store, ledger_verdict, day)
            fragment(render("verdict.html", sentence=sentence, lines=[]))
            cite(store, sentence, day)
        with part("The list of promises"):
            show(remembered(store, ledger_exhibit, day))
        with part("The promises in full"):
            fragment(remembered(store, ledger_html, day, opened))
        with part("What people asked"):
            show(remembered(store, questions_exhibit))
