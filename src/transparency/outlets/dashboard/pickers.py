"""What a reader can choose, always held in the address: the ward, the day, the boroughs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from transparency.core.days import read_day
from transparency.core.errors import DayError, UnknownPlaceError
from transparency.core.text import full_date
from transparency.core.vocabulary import LONDON_CODE, Borough, today
from transparency.months.queries import Place, find_place
from transparency.outlets.dashboard.failures import warn
from transparency.places.queries import find_borough
from transparency.store.store import Store

DAY_PARAMETER = "as_at"


def chosen_day() -> date:
    """The day in the address; a bad one is explained and today is answered for."""
    try:
        return read_day(st.query_params.get(DAY_PARAMETER))
    except DayError as fault:
        warn(f"{fault} This page answers for today.")
        return today()


def day_picker(days: Sequence[tuple[date, str]], chosen: date, label: str = "Day") -> None:
    """A list of days, each with what was published on it; choosing one changes the address.

    `days` are given newest first; today and the chosen day are added where they are missing.
    """
    notes = {today(): "today"} | dict(days)
    options = sorted({*notes, chosen}, reverse=True)
    key = f"day-{chosen}"

    def keep_in_address() -> None:
        picked = st.session_state[key]
        if picked == today():
            st.query_params.pop(DAY_PARAMETER, None)
        else:
            st.query_params[DAY_PARAMETER] = picked.isoformat()

    def words(day: date) -> str:
        return f"{full_date(day)} ({notes[day]})" if day in notes else full_date(day)

    st.selectbox(
        label,
        options,
        index=options.index(chosen),
        format_func=words,
        key=key,
        on_change=keep_in_address,
    )


BOROUGH_PARAMETER = "borough"
BOROUGHS_PARAMETER = "boroughs"
PLACE_PARAMETER = "place"
SECOND_DAY_PARAMETER = "compare_with"


def chosen_borough(store: Store) -> Borough | None:
    """The borough in the address; a bad code is explained and left out."""
    code = st.query_params.get(BOROUGH_PARAMETER, "").strip()
    if not code:
        return None
    try:
        return find_borough(store, code)
    except UnknownPlaceError as fault:
        warn(f"{fault} The rest is shown without it.")
        return None


def chosen_place(store: Store) -> Place:
    """The ward, borough or command unit in the address, London without one; a bad code is explained."""
    try:
        return find_place(store, st.query_params.get(PLACE_PARAMETER, "") or LONDON_CODE)
    except UnknownPlaceError as fault:
        warn(f"{fault} London is shown.")
        return find_place(store, LONDON_CODE)


def chosen_boroughs(store: Store) -> tuple[str, ...]:
    """The codes of a reader's own set of boroughs, as in `?boroughs=E09000007,E09000019`; bad ones are explained."""
    codes = []
    for code in filter(None, (part.strip() for part in st.query_params.get(BOROUGHS_PARAMETER, "").split(","))):
        try:
            codes.append(find_borough(store, code).borough_code)
        except UnknownPlaceError as fault:
            warn(f"{fault} The rest is shown without it.")
    return tuple(dict.fromkeys(codes))


def chosen_second_day() -> date | None:
    """The day to set beside the chosen one, if the address names one; a bad one is explained."""
    asked = st.query_params.get(SECOND_DAY_PARAMETER)
    if not asked:
        return None
    try:
        return read_day(asked)
    except DayError as fault:
        warn(f"{fault} No second day is shown.")
        return None


def second_day_picker(days: Sequence[date], chosen: date | None) -> None:
    """A list of days to set beside the chosen one, newest first."""
    options = sorted({*days, *([chosen] if chosen else [])}, reverse=True)
    names = {day.isoformat(): full_date(day) for day in options}
    asked = chosen.isoformat() if chosen else None
    picker("Set a second day beside it", SECOND_DAY_PARAMETER, names, asked, "No second day")


def chosen_of(parameter: str, options: Mapping[str, str]) -> str | None:
    """The choice a parameter names among the keys of `options`; another word is explained and left out."""
    asked = st.query_params.get(parameter, "").strip()
    if not asked or asked in options:
        return asked or None
    warn(f"{asked[:30]!r} is not one of the choices for {parameter}: {', '.join(options)}.")
    return None


def picker(label: str, parameter: str, options: Mapping[str, str], chosen: str | None, nothing: str) -> None:
    """A list whose choice is kept in the address; `nothing` is what to call no choice at all."""
    key = f"pick-{parameter}"

    def keep_in_address() -> None:
        picked = st.session_state[key]
        if picked:
            st.query_params[parameter] = picked
        else:
            st.query_params.pop(parameter, None)

    st.session_state[key] = chosen or ""
    st.selectbox(
        label,
        ["", *options],
        format_func=lambda value: options.get(value, nothing),
        key=key,
        on_change=keep_in_address,
    )


def boroughs_picker(label: str, options: Mapping[str, str], chosen: Sequence[str]) -> None:
    """A reader's own set of boroughs, kept in the address."""
    key = "pick-boroughs"

    def keep_in_address() -> None:
        picked = st.session_state[key]
        if picked:
            st.query_params[BOROUGHS_PARAMETER] = ",".join(picked)
        else:
            st.query_params.pop(BOROUGHS_PARAMETER, None)

    st.session_state[key] = list(chosen)
    st.multiselect(
        label,
        list(options),
        format_func=lambda code: options[code],
        key=key,
        on_change=keep_in_address,
        placeholder="All boroughs",
    )
