"""Recorded crime as a reader of a ward's page sees it, on the facts."""

from __future__ import annotations

from datetime import date

import pytest

from transparency.pages.ward import ward_html, ward_page
from transparency.store.store import Store

TODAY = date(2026, 11, 28)
KENTISH_TOWN_SOUTH, HOLBORN_OF_2014, WEST_END = "E05013664", "E05000138", "E05013808"


def page(store: Store, ward_code: str, day: date = TODAY) -> str:
    return ward_html(ward_page(store, ward_code, day))


def test_a_ward_says_how_much_was_recorded_and_how_that_changed(store_of_facts: Store) -> None:
    assert (
        "In the year to February 2026 1,304 offences were recorded in Kentish Town South: in the upper half of "
        "London&#39;s wards. That is 131 per 1,000 residents of 2021. It is 7 % fewer than in the year before, and "
        "27 % more than in the year to February 2017, the year of the promise. The Met changed its recording system "
        "at the end of February 2024; years before and after are not fully comparable."
    ) in page(store_of_facts, KENTISH_TOWN_SOUTH)


@pytest.mark.parametrize(
    "words",
    [
        "Recorded crime is one measure of demand, of our choosing: not the measure by which officers are placed.",
        "In central wards most offences are against visitors, so a rate per resident misleads there.",
        "Read from a public copy",
        "Metropolitan Police (copy): Recorded crime, geographic breakdown by ward, April 2010 to February 2026",
    ],
)
def test_the_section_says_what_it_is_and_where_it_was_read(store_of_facts: Store, words: str) -> None:
    assert words in page(store_of_facts, WEST_END)


def test_a_past_day_shows_the_twelve_months_ended_by_it_without_the_later_system(store_of_facts: Store) -> None:
    shown = page(store_of_facts, WEST_END, date(2023, 6, 30))
    assert "In the year to June 2023 35,025 offences were recorded in West End" in shown
    assert "The Met changed its recording system" not in shown


def test_a_ward_of_an_older_set_has_no_crime_of_its_own(store_of_facts: Store) -> None:
    assert "Recorded crime" not in page(store_of_facts, HOLBORN_OF_2014, date(2017, 12, 28))


def test_the_groups_of_a_year_are_listed_the_largest_first(store_of_facts: Store) -> None:
    shown = page(store_of_facts, KENTISH_TOWN_SOUTH)
    first, second = shown.index("Theft"), shown.index("Violence against the person")
    assert "Recorded offences in Kentish Town South by group, year to 28 February 2026" in shown
    assert first < second
