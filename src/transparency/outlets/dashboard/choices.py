"""What a reader can choose, always kept in the address: places, days, measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from transparency.core.text import full_date
from transparency.core.vocabulary import PROMISED_ON, today
from transparency.outlets.dashboard.lookup import lookup_box
from transparency.outlets.dashboard.show import Writer
from transparency.pages.page import DAY_PARAMETER, Asked, DayChoice, ListChoice, LookUp, View


def show_choices(writer: Writer, view: View) -> None:
    """The choices of a view in a row."""
    if not view.row:
        return
    writer.flush()
    is_found = isinstance(view.row[0], LookUp)
    key = "choices" if is_found and len(view.row) > 1 else None
    row = st.container(horizontal=True, key=key, vertical_alignment="bottom")
    for each in view.row:
        with writer.guarded("The choice"):
            match each:
                case LookUp():
                    lookup_box(writer, each, row)
                case DayChoice():
                    with row:
                        _day(writer, each)
                case ListChoice():
                    with row:
                        _list(writer, each)


def _keep(parameter: str, value: str) -> None:
    """Hold a choice in the address; nothing is chosen by an empty value."""
    if value:
        st.query_params[parameter] = value
    else:
        st.query_params.pop(parameter, None)


def _day(writer: Writer, choice: DayChoice) -> None:
    asked = writer.asked
    label = "As at today · change date" if asked.day == today() else f"{full_date(asked.day)} · change"
    # Filled when it is opened: its two fields took a fifth of each rerun.
    popover = st.popover(label, type="tertiary", key="day", on_change="rerun")
    if not popover.open:
        return
    with popover:
        _day_list(choice.label, choice.days(writer.store, asked), asked.day)
        if choice.has_calendar:
            _calendar(asked.day)


def _day_list(label: str, days: Sequence[tuple[date, str]], chosen: date) -> None:
    """A list of days, each with what was published on it; choosing one changes the address.

    `days` are given newest first; today and the chosen day are added where they are missing.
    """
    notes = {today(): "today"} | dict(days)
    options = sorted({*notes, chosen}, reverse=True)
    key = f"day-{chosen}"

    def keep_in_address() -> None:
        picked = st.session_state[key]
        _keep(DAY_PARAMETER, "" if picked == today() else picked.isoformat())

    def words(day: date) -> str:
        return f"{full_date(day)} ({notes[day]})" if day in notes else full_date(day)

    st.selectbox(label, options, index=options.index(chosen), format_func=words, key=key, on_change=keep_in_address)


def _calendar(chosen: date) -> None:
    """A date field from the promise to today; a day chosen in it goes into the address."""
    key = f"calendar-{chosen}"

    def keep_in_address() -> None:
        picked = st.session_state[key]
        if isinstance(picked, date):
            _keep(DAY_PARAMETER, picked.isoformat())

    st.date_input(
        "or on any other day",
        chosen,
        min_value=PROMISED_ON,
        max_value=today(),
        format="DD/MM/YYYY",
        key=key,
        on_change=keep_in_address,
    )


def _list(writer: Writer, choice: ListChoice) -> None:
    """A list whose choice is kept in the address; nothing where there is nothing to choose from."""
    options = writer.store.memo(choice.options, writer.asked)
    if not options:
        return
    if choice.is_many:
        _many(choice, options, writer.asked)
        return
    if choice.is_switch:
        _switch(choice, options, writer.asked)
        return
    key = f"pick-{choice.parameter}"
    st.session_state[key] = writer.asked.get(choice.parameter)
    st.selectbox(
        choice.label,
        ["", *options],
        format_func=lambda value: options.get(value, choice.nothing),
        key=key,
        on_change=lambda: _keep(choice.parameter, st.session_state[key]),
    )


def _switch(choice: ListChoice, options: Mapping[str, str], asked: Asked) -> None:
    """All of the list beside each other; the first is chosen by no choice."""
    key, first = f"pick-{choice.parameter}", next(iter(options))
    st.session_state[key] = asked.get(choice.parameter) or first

    def keep_in_address() -> None:
        _keep(choice.parameter, "" if st.session_state[key] == first else st.session_state[key])

    st.segmented_control(
        choice.label,
        list(options),
        required=True,
        format_func=options.__getitem__,
        key=key,
        on_change=keep_in_address,
        wrap=True,
    )


def _many(choice: ListChoice, options: Mapping[str, str], asked: Asked) -> None:
    key = f"pick-{choice.parameter}"
    st.session_state[key] = [value for value in asked.get(choice.parameter).split(",") if value]
    st.multiselect(
        choice.label,
        list(options),
        format_func=lambda value: options[value],
        key=key,
        on_change=lambda: _keep(choice.parameter, ",".join(st.session_state[key])),
        placeholder=choice.nothing,
    )
