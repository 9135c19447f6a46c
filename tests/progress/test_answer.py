"""Was the promise kept? The answer of London and of every borough, written out, on the days that matter."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.monthly_stores import city_with_months
from transparency.months.queries import place_months_until
from transparency.places.queries import all_boroughs
from transparency.progress.answer import (
    answer,
    answer_in_full,
    answer_lines,
    month_answer,
    month_squares,
    question,
    squares,
)
from transparency.progress.queries import Progress, progress
from transparency.store.store import Store

TODAY = date(2026, 11, 28)
DAYS = (date(2016, 7, 21), date(2016, 12, 25), date(2017, 1, 20), date(2017, 12, 31), date(2019, 1, 21), TODAY)


def answered(store: Store, day: date, code: str | None = None) -> str:
    return answer(progress(store, day, code))


@pytest.mark.parametrize(
    ("day", "code", "expected"),
    [
        (DAYS[0], None, "It was not yet due. On 21 July 2016, about 100 of 629 wards had two constables."),
        (date(2017, 12, 27), None, "It was not yet due. On 4 January 2017, about 395 of 629 wards had two constables."),
        (
            date(2017, 12, 28),
            None,
            "Announced, not checked. The Mayor said in December 2017 every ward had two constables and a PCSO.",
        ),
        (TODAY, None, "Not when last counted. In June 2019, 89% of wards had two constables and 92% a PCSO."),
        (DAYS[1], "E09000030", "It was not yet due. In September 2016, 7 of 20 wards had two constables."),
        (TODAY, "E09000030", "We do not know. When last counted, in September 2016, 7 of 20 wards had two constables."),
        (
            date(2018, 2, 1),
            "E09000006",
            "Announced, not checked. Bromley council said in January 2018 every ward had two constables and a PCSO.",
        ),
        (DAYS[2], "E09000007", "It was not yet due. We found no count of wards with two constables in Camden."),
        (
            TODAY,
            "E09000007",
            "We do not know. It was announced London-wide in December 2017, with no figure for Camden.",
        ),
    ],
)
def test_answers(store_of_facts: Store, day: date, code: str | None, expected: str) -> None:
    assert answered(store_of_facts, day, code) == expected


def test_every_borough_has_a_short_answer_on_every_day(store_of_facts: Store) -> None:
    for day in DAYS:
        london = progress(store_of_facts, day)
        for borough in all_boroughs(store_of_facts):
            known = progress(store_of_facts, day, borough.borough_code)
            said = answered(store_of_facts, day, borough.borough_code)
            assert len(re.findall(r"\w[\w'’.,&/-]*", said)) <= 20, said
            assert ";" not in said and said.count(":") <= 1
            assert len(list(answer_lines(known, london))) >= 1


def test_who_said_a_figure_is_not_who_passed_it_on(store_of_facts: Store) -> None:
    assert answer_in_full(progress(store_of_facts, DAYS[3])).startswith("Announced, not checked. The Mayor said")
    assert answer_in_full(progress(store_of_facts, date(2019, 6, 30))) == (
        "Not when last counted. In June 2019, 89% of wards had two constables and 92% a PCSO. Every ward was said to "
        "have its officers in December 2017. Source: the Deputy Mayor for Policing, published by Caroline Pidgeon AM "
        "without a date (June 2019 is inferred)."
    )
    assert answer_in_full(progress(store_of_facts, DAYS[2])) == (
        "It was not yet due. On 4 January 2017, about 395 of 629 wards had two constables. We found no figure for "
        "PCSOs, so that part of the promise is not known. This is our sum: about 100 before and 295 since."
    )


def test_a_question_names_the_place_it_is_of(store_of_facts: Store) -> None:
    assert question(progress(store_of_facts, TODAY)) == "Was the promise kept?"
    assert question(progress(store_of_facts, TODAY, "E09000007")) == "Was the promise kept in Camden?"


def test_squares_are_filled_where_published_and_hollow_where_announced(store_of_facts: Store) -> None:
    def drawn(day: date, code: str | None = None) -> tuple[str, int, int]:
        known: Progress = progress(store_of_facts, day, code)
        found = squares(known)
        assert found is not None
        first, rest, *_ = (*re.findall(r'<path d="([^"]*)"', found[0].svg), "")
        return found[1], first.count("M"), rest.count("M")

    assert drawn(TODAY) == ("89 of every 100 wards had two constables in June 2019. 92 had a PCSO.", 89, 11)
    assert drawn(DAYS[2]) == ("About 63 of every 100 wards had two constables in January 2017.", 63, 37)
    assert drawn(DAYS[1], "E09000030") == ("7 of 20 wards had two constables in September 2016.", 7, 13)
    announced = squares(progress(store_of_facts, date(2017, 12, 28)))
    assert announced is not None
    assert announced[1] == "Every ward was said to have two constables and a PCSO in December 2017."
    assert 'class="ring"' in announced[0].svg and 'class="met"' not in announced[0].svg
    assert drawn(TODAY, "E09000016")[1:] == (18, 0)  # every one of the wards that Havering then had
    assert squares(progress(store_of_facts, TODAY, "E09000007")) is None


def test_officers_in_all_are_set_beside_the_wards_of_their_own_time_only(store_of_facts: Store) -> None:
    def lines(day: date) -> str:
        return " ".join(answer_lines(progress(store_of_facts, day, "E09000016"), progress(store_of_facts, day)))

    assert "Havering had 45 ward officers. Two in each of 18 wards would be 36." in lines(DAYS[2])
    assert "45 ward officers" not in lines(TODAY)


def test_a_month_of_which_nothing_is_known_has_no_nought_for_an_answer(tmp_path: Path) -> None:
    city = city_with_months(tmp_path)
    newest, *_ = reversed(place_months_until(city, date(2022, 7, 1)))
    assert month_answer(newest) == (
        "Not known of every ward in May 2022: 3 of 9 wards had their officers, 6 are not known."
    )
    some_short = replace(newest, wards_short_count=2)
    assert (
        month_answer(some_short) == "Not in May 2022: 3 of 9 wards had their officers, 2 were short, 4 are not known."
    )
    assert (
        month_squares(some_short)[1] == "Of 9 wards, 3 had their officers, 2 were short and 4 are not known, May 2022."
    )
    nothing = replace(newest, wards_met_count=0)
    assert month_answer(nothing) == "We do not know. No ward of London has both its figures for May 2022."
    assert month_answer(replace(newest, wards_met_count=9)) == "Yes, in May 2022: 9 of 9 wards had their officers."
