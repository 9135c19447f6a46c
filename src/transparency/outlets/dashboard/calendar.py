"""Any day at all, beside the list of days on which something happened."""

from __future__ import annotations

from datetime import date

import streamlit as st

from transparency.core.vocabulary import PROMISED_ON, today
from transparency.outlets.dashboard.pickers import DAY_PARAMETER


def calendar(chosen: date, label: str = "or on any other day") -> None:
    """A date field from the promise to today; a day chosen in it goes into the address."""
    key = f"calendar-{chosen}"

    def keep_in_address() -> None:
        picked = st.session_state[key]
        if isinstance(picked, date):
            st.query_params[DAY_PARAMETER] = picked.isoformat()

    st.date_input(
        label,
        chosen,
        min_value=PROMISED_ON,
        max_value=today(),
        format="DD/MM/YYYY",
        key=key,
        on_change=keep_in_address,
    )
