"""Words for hours, numbers, dates and lists, each written out; and which days can be asked about."""

from __future__ import annotations

from datetime import date

import pytest

from transparency.core.days import period_end, read_day
from transparency.core.errors import DayError
from transparency.core.text import (
    age,
    clock,
    count_of,
    distance,
    in_words,
    listed,
    number,
    on_date,
    possessive,
    precise_date,
    speaker,
)
from transparency.core.vocabulary import Precision, taking_for_today


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        ("00:00", "midnight"),
        ("00:30", "12.30am"),
        ("09:00", "9am"),
        ("09:30", "9.30am"),
        ("11:59", "11.59am"),
        ("12:00", "midday"),
        ("12:15", "12.15pm"),
        ("13:00", "1pm"),
        ("22:00", "10pm"),
    ],
)
def test_an_hour(hour: str, said: str) -> None:
    assert clock(hour) == said


def test_numbers() -> None:
    assert [number(value) for value in (0, 1258, 0.9, 1258.25)] == ["0", "1,258", "0.9", "1,258.2"]
    assert [in_words(value) for value in (0, 1, 10, 11, 0.5, -1)] == ["no", "one", "ten", "11", "0.5", "-1"]
    assert count_of(395, 629, "wards") == "395 of 629 wards (63%)"
    assert distance(1249) == "1.2 km"


def test_dates_as_exactly_as_they_are_known() -> None:
    day = date(2017, 12, 1)
    assert [precise_date(day, precision) for precision in Precision] == ["1 December 2017", "December 2017", "2017"]
    assert [on_date(day, precision) for precision in Precision] == ["on 1 December 2017", "in December 2017", "in 2017"]
    assert [period_end(date(2016, 2, 1), precision) for precision in Precision] == [
        date(2016, 2, 1),
        date(2016, 2, 29),
        date(2016, 12, 31),
    ]


@pytest.mark.parametrize(
    ("since", "said"),
    [
        (date(2017, 1, 5), "0 months"),
        (date(2016, 12, 5), "0 months"),
        (date(2016, 12, 4), "1 month"),
        (date(2016, 1, 5), "11 months"),
        (date(2016, 1, 4), "1 year"),
        (date(2015, 12, 4), "1 year and 1 month"),
        (date(2014, 10, 4), "2 years and 3 months"),
    ],
)
def test_how_long_ago(since: date, said: str) -> None:
    assert age(since, date(2017, 1, 4)) == said


def test_lists_names_and_speakers() -> None:
    assert [listed(items) for items in ([], ["one"], ["one", "two"], ["one", "two", "three"])] == [
        "",
        "one",
        "one and two",
        "one, two and three",
    ]
    assert [possessive(name) for name in ("London", "Tower Hamlets")] == ["London's", "Tower Hamlets'"]
    assert [speaker(name) for name in (None, "City Gazette, on its site", "Metropolitan Police (copy kept by us)")] == [
        "a source",
        "City Gazette",
        "the Metropolitan Police",
    ]


def test_days_from_the_promise_until_today_can_be_asked_for() -> None:
    with taking_for_today(date(2026, 1, 15)):
        assert [read_day(text) for text in (None, " ", "2016-07-21", " 2026-01-15 ")] == [
            date(2026, 1, 15),
            date(2026, 1, 15),
            date(2016, 7, 21),
            date(2026, 1, 15),
        ]
        for text, said in (
            ("2016-07-20", "20 July 2016 is before the promise was made."),
            ("2026-01-16", "16 January 2026 is in the future."),
            ("soon", "'soon' is not a day."),
        ):
            with pytest.raises(DayError, match=said) as refused:
                read_day(text)
            assert "Days from 21 July 2016 to 15 January 2026 can be asked for" in str(refused.value)
