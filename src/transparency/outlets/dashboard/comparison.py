"""What a reader compares boroughs by: which of them, which measures, and a second day; all held in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from transparency.boroughs.queries import PATHFINDER_NAMES, in_selection
from transparency.boroughs.sentences import CONTEXT_WORDS, MEASURE_WORDS
from transparency.core.vocabulary import Borough
from transparency.outlets.dashboard.pickers import (
    boroughs_picker,
    chosen_boroughs,
    chosen_of,
    chosen_second_day,
    picker,
    second_day_picker,
)
from transparency.store.store import Store


@dataclass(frozen=True)
class Comparison:
    """The boroughs chosen (empty: all), the measure of the promise, what to sort the rest by, and a second day."""

    codes: tuple[str, ...]
    measure: str
    context: str
    second_day: date | None


def comparison_picker(store: Store, every: Sequence[Borough], days: Sequence[date]) -> Comparison:
    """The lists to choose from, folded while nothing is chosen, and what is chosen."""
    names = {borough.borough_code: borough.borough_name for borough in every}
    units = {borough.bcu_code: borough.bcu_name for borough in sorted(every, key=lambda each: each.bcu_name)}
    own, unit = chosen_boroughs(store), chosen_of("bcu", units)
    pathfinder, measure = chosen_of("pathfinder", PATHFINDER_NAMES), chosen_of("measure", MEASURE_WORDS)
    context, second = chosen_of("sort", CONTEXT_WORDS), chosen_second_day()
    # Six lists are sent to those alone who open them.
    choices = st.expander(
        "Choose boroughs, measures and a second day",
        expanded=bool(own or unit or pathfinder or second),
        key="comparison",
        on_change="rerun",
    )
    if choices.open:
        with choices:
            boroughs_picker("Your own set of boroughs", names, own)
            left, right = st.columns(2)
            with left:
                picker("Command unit", "bcu", units, unit, "All command units")
                picker("Measure of the promise", "measure", MEASURE_WORDS, measure, "The whole promise")
                second_day_picker(days, second)
            with right:
                picker("Pathfinder area", "pathfinder", PATHFINDER_NAMES, pathfinder, "All areas")
                picker("Sort what can be compared by", "sort", CONTEXT_WORDS, context, "Front counters open")
    shown = tuple(each.borough_code for each in in_selection(every, own, unit, pathfinder))
    if not shown:
        st.warning("No borough is in all the groups chosen. All boroughs are shown.")
    codes = shown if len(shown) < len(every) else ()
    return Comparison(codes, measure or "promise", context or "counters", second)
