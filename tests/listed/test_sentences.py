"""Sentences about what official services list and hold, written out."""

from __future__ import annotations

from datetime import date

import pytest

from transparency.listed import sentences as words
from transparency.listed.queries import ListedEvent, ListedRank, ListedTeam

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("is_listed", "people_count", "counts", "sentence"),
    [
        (True, 3, [("constable", 2), ("pcso", 1)], "On 22 November 2026 police.uk listed two constables and one PCSO "
         "for Abbey."),
        (True, 1, [("sergeant", 1)], "On 22 November 2026 police.uk listed one sergeant for Abbey."),
        (True, 12, [("not_given", 12)], "On 22 November 2026 police.uk listed 12 people whose rank is not given for "
         "Abbey."),
        (True, 0, [], "On 22 November 2026 police.uk listed nobody for Abbey."),
        (True, None, [], "On 22 November 2026 police.uk gave no list of people for Abbey: that is not known, not "
         "nobody."),
        (False, None, [], "On 22 November 2026 police.uk listed no team for Abbey."),
    ],
)  # fmt: skip
def test_who_was_listed(
    is_listed: bool, people_count: int | None, counts: list[tuple[str, int]], sentence: str
) -> None:
    people = tuple(ListedRank(rank, "", count) for rank, count in counts)
    team = ListedTeam(DAY, is_listed, people_count=people_count, people=people)
    assert words.listed_sentence(team, "Abbey") == sentence


def test_the_heading_says_today_of_today_only() -> None:
    assert words.listed_heading(DAY, DAY) == "Who is listed today"
    assert words.listed_heading(date(2026, 11, 1), DAY) == "Who was listed by 1 November 2026"


@pytest.mark.rule("P4")
@pytest.mark.parametrize(
    ("priorities_count", "old", "undated", "sentence"),
    [
        (3, 2, 1, "Three priorities were listed, two older than three months and one without a date."),
        (1, 0, 0, "One priority was listed, none older than three months."),
        (None, 0, 0, "The team's priorities were not answered."),
    ],
)
def test_how_old_priorities_are(priorities_count: int | None, old: int, undated: int, sentence: str) -> None:
    assert words.priorities_sentence(priorities_count, old, undated) == sentence


@pytest.mark.parametrize(
    ("start_time", "end_on", "end_time", "said"),
    [
        ("18:00", None, "19:30", "2 December 2026, 6pm to 7.30pm"),
        ("18:00", date(2026, 12, 2), None, "2 December 2026, 6pm"),
        (None, date(2026, 12, 3), None, "2 December 2026 to 3 December 2026"),
        (None, None, None, "2 December 2026"),
        ("12:00", date(2025, 12, 2), "12:00",
         "2 December 2026, midday (listed to end on 2 December 2025, midday, before it begins)"),
        ("18:00", None, "17:00", "2 December 2026, 6pm (listed to end on 2 December 2026, 5pm, before it begins)"),
        (None, date(2026, 12, 1), None, "2 December 2026 (listed to end on 1 December 2026, before it begins)"),
        ("18:00", date(9999, 12, 31), "23:59", "2 December 2026, 6pm to 31 December 9999, 11.59pm"),
    ],
)  # fmt: skip
def test_when_an_event_is(start_time: str | None, end_on: date | None, end_time: str | None, said: str) -> None:
    event = ListedEvent("Briefing", None, None, None, date(2026, 12, 2), start_time, end_on, end_time)
    assert words.event_when(event) == said


def test_events_to_come() -> None:
    assert words.events_sentence(None, 0) == "Whether any meeting is planned was not answered."
    assert words.events_sentence(2, 0) == "No meeting or other event to come was listed."
    assert words.events_sentence(2, 1) == "One event to come:"


def test_a_channel_as_a_label() -> None:
    assert [words.channel_words(channel) for channel in ("email", "e_messaging", "sms_line")] == [
        "Email",
        "E-messaging",
        "Sms line",
    ]
