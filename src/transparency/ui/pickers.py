"""What a reader can choose, always held in the address: the ward and the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from transparency.errors import DayError
from transparency.model import today
from transparency.queries.days import read_day
from transparency.wording import full_date

DAY_PARAMETER = "as_at"


def chosen_day() -> date:
    """The day in the address; a bad one is explained and today is answered for."""
    try:
        return read_day(st.query_params.get(DAY_PARAMETER))
    except DayError as fault:
        st.warning(f"{fault} This page answers for today.")
        return today()


def day_picker(days: Sequence[tuple[date, str]], chosen: date, label: str = "Day") -> None:
    """A list of days, each with what was published on it; choosing one changes the address.

    `days` are given newest first; today and the chosen day are added where they are missing.
    """
    notes = dict(days)
    options = sorted({*notes, today(), chosen}, reverse=True)
    key = f"day-{chosen}"

    def keep_in_address() -> None:
        picked = st.session_state[key]
        if picked == today():
            st.query_params.pop(DAY_PARAMETER, None)
        else:
            st.query_params[DAY_PARAMETER] = picked.isoformat()

    def words(day: date) -> str:
        note = notes.get(day, "today" if day == today() else "")
        return full_date(day) + (f" ({note})" if note else "")

    st.selectbox(
        label,
        options,
        index=options.index(chosen),
        format_func=words,
        key=key,
        on_change=keep_in_address,
    )
