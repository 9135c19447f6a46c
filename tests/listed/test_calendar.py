"""A ward's events as a calendar: ends that are possible only, and well formed whatever a team writes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from transparency.core.text import without_control_characters
from transparency.listed.exhibits import events_calendar
from transparency.listed.queries import ListedEvent, ListedTeam

EVENT = ListedEvent("Briefing", "meeting", "Tea.", "Town Hall", date(2027, 1, 12), "12:00", None, None)


def calendar_of(event: ListedEvent) -> Calendar:
    team = ListedTeam(date(2026, 11, 22), is_listed=True, events_count=1, events=(event,))
    return Calendar.from_ical(events_calendar(team, "E05900011", "Abbey"))


def entry(event: ListedEvent) -> dict[str, str]:
    (found,) = calendar_of(event).walk("VEVENT")
    return {name.lower(): value.to_ical().decode() for name, value in found.items()}


@pytest.mark.parametrize(
    ("changes", "begins", "ends"),
    [
        ({"end_time": "13:30"}, "20270112T120000", "20270112T133000"),
        ({"end_on": date(2027, 1, 13), "end_time": "09:00"}, "20270112T120000", "20270113T090000"),
        ({"end_on": date(2026, 1, 12), "end_time": "12:00"}, "20270112T120000", None),
        ({"end_time": "11:00"}, "20270112T120000", None),
        ({"end_time": "12:00"}, "20270112T120000", None),
        ({"end_on": date(2027, 1, 13)}, "20270112T120000", None),
        ({"start_time": None}, "20270112", "20270113"),
        ({"start_time": None, "end_on": date(2026, 1, 12)}, "20270112", None),
        ({"start_time": None, "event_on": date.max}, "99991231", None),
        ({"event_on": date.max, "end_on": date.max, "end_time": "23:59"}, "99991231T120000", "99991231T235900"),
        ({"event_on": date.min, "end_on": date.max, "end_time": "23:59"}, "00010101T120000", "99991231T235900"),
    ],
)
def test_no_event_ends_before_it_begins(changes: dict[str, date | str | None], begins: str, ends: str | None) -> None:
    found = entry(replace(EVENT, **changes))  # type: ignore[arg-type]
    assert (found["dtstart"], found.get("dtend")) == (begins, ends)


def test_an_impossible_end_is_said() -> None:
    found = entry(replace(EVENT, end_on=date(2026, 1, 12), end_time="12:00"))
    assert found["description"] == (
        r"Tea. Listed to end on 12 January 2026\, midday\, before it begins. "
        r"Listed on police.uk\, read 22 November 2026."
    )
    assert entry(EVENT)["description"] == r"Tea. Listed on police.uk\, read 22 November 2026."


# A backslash before N is a line end to the library that writes the calendar.
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: r"\N" not in text))
def test_any_text_makes_a_calendar(text: str) -> None:
    event = replace(EVENT, event_title=text, description=text, address=text)
    (found,) = calendar_of(event).walk("VEVENT")
    shown = without_control_characters(text).replace("\r\n", "\n").replace("\r", "\n")
    assert str(found["summary"]) == str(found["location"]) == shown
