"""The sentences about counters, hubs and the map, written out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from transparency.core.vocabulary import Figure, Precision, SiteKind, SiteOnDay, SiteStatus
from transparency.counters.changes import CounterChange
from transparency.counters.queries import CounterTotals
from transparency.counters.sentences import (
    DAYS_THAT_MATTER,
    EVENT_WORDS,
    answer_sentence,
    bases_sentence,
    before_list_sentence,
    borough_sentence,
    closures_sentence,
    far_sentence,
    growth_sentence,
    hours,
    last_word,
    newest_total_sentence,
    none_left_sentence,
    open_when,
    openings_sentence,
    plans_sentence,
    published_totals_sentence,
    reconciliation_sentence,
    site_answer,
    site_line,
    small_maps_sentence,
)

HOLLOWAY = SiteOnDay(
    site_id="holloway",
    site_name="Holloway",
    site_kind=SiteKind.FRONT_COUNTER,
    borough_code="E09000019",
    borough_name="Islington",
    address=None,
    postcode=None,
    lat=None,
    lon=None,
    location_precision="none",
    ward_code_2014=None,
    site_status=SiteStatus.NOT_OPEN,
    last_event="closed",
    last_event_on=date(2017, 12, 1),
    last_event_precision=Precision.MONTH,
    evidence="inferred",
    source_id="list",
    closed_on=date(2017, 12, 1),
    closed_precision=Precision.MONTH,
    opening_hours=None,
    opening_hours_since=None,
    opening_hours_evidence=None,
    opening_hours_source_id=None,
    opening_hours_decided=None,
    is_24_7=None,
)

TOTALS = CounterTotals(
    counters_open_count=27,
    counters_open_at_most_count=27,
    counters_24_7_count=2,
    counters_24_7_inferred_count=0,
    counters_hours_not_published_count=0,
    counters_hours_inferred_count=0,
    boroughs_count=32,
    boroughs_without_counter_count=5,
    boroughs_with_hub=(),
    boroughs_with_24_7_count=2,
    boroughs_24_7_inferred_count=0,
    boroughs_without_24_7_count=30,
    boroughs_24_7_not_known_count=0,
)


def test_before_the_list_the_newest_total_is_all_that_is_said() -> None:
    total = Figure(
        "E12000007", "front_counters_open", 73, "counters", "reported", date(2013, 5, 22), Precision.DAY, None, "s",
        "f", "A publisher", "A title", None,
    )  # fmt: skip
    assert before_list_sentence(date(2016, 9, 1)) == (
        "We do not know which counters were open: our list begins on 1 January 2017."
    )
    assert newest_total_sentence(total) == "The newest published total was 73, on 22 May 2013."
    assert newest_total_sentence(None) == "No total had been published."


@pytest.mark.parametrize(
    ("event", "given", "said"),
    [
        (
            "hours_changed",
            "Mon-Fri 10:00-22:00",
            "Monday to Friday 10am to 10pm (reported for 25 counters together, not confirmed for this one)",
        ),
        (
            "decided_keep",
            "24/7",
            "open 24 hours (promised for each borough, not confirmed for this one)",
        ),
        ("reopened", "24/7", "open 24 hours (inferred, not confirmed for this one)"),
    ],
)
def test_inferred_hours_say_what_they_rest_on(event: str, given: str, said: str) -> None:
    counter = replace(
        HOLLOWAY,
        site_status=SiteStatus.OPEN,
        opening_hours=given,
        opening_hours_evidence="inferred",
        opening_hours_event=event,
        is_24_7=given == "24/7",
    )
    assert hours(counter) == said
    assert hours(replace(counter, opening_hours_evidence="police")) == said.split(" (")[0]


def test_hours_no_source_gives_are_not_known() -> None:
    assert hours(HOLLOWAY) == "hours not known"


def test_reconciliations_say_how_many_prove_something() -> None:
    assert reconciliation_sentence(4, 12, 4) == (
        "We checked our list in 12 ways. Four are independent of how we made it, and all four agree."
    )
    assert reconciliation_sentence(3, 12, 4) == (
        "We checked our list in 12 ways. Four are independent of how we made it, and three agree."
    )


def test_a_contact_point_not_heard_of_has_no_word_of_it_since_a_day() -> None:
    silent = replace(
        HOLLOWAY,
        site_kind=SiteKind.CONTACT_POINT,
        site_status=SiteStatus.NOT_KNOWN,
        last_event="open",
        last_event_on=date(2013, 3, 26),
        last_event_precision=Precision.DAY,
    )
    assert site_line(silent) == "contact point; no word of it since 26 March 2013"


def test_a_closing_of_which_only_the_month_is_known_is_said_to_be_so() -> None:
    holborn = replace(
        HOLLOWAY,
        site_name="Holborn",
        site_status=SiteStatus.NOT_KNOWN,
        closed_on=None,
        undated_event="closed",
        undated_event_on=date(2017, 12, 1),
        undated_event_precision=Precision.MONTH,
        undated_event_evidence="residents_group",
    )
    assert site_answer(holborn, is_today=False) == "Holborn closed in December 2017, on a day not known."
    assert last_word(replace(holborn, undated_event_evidence="inferred")) == (
        "closed in December 2017, on a day not known, as we infer"
    )


def test_short_sentences() -> None:
    assert last_word(HOLLOWAY) == "closed, December 2017"
    assert last_word(replace(HOLLOWAY, last_event=None)) == "nothing heard by then"
    assert plans_sentence(14) == ("For 14 counters the final decision or what happened differed from the draft plan.")
    assert closures_sentence(38, 20) == "38 closures since 2017. We worked out the date of 20."
    assert published_totals_sentence(4) == "Four totals of counters have been published."
    assert none_left_sentence(["Harrow", "Merton"]) == "Two boroughs have none: Harrow and Merton."
    assert none_left_sentence(["Harrow"]) == "Harrow has none."
    assert bases_sentence(42, 5) == (
        "42 police bases are listed, five heard of in the last two years. None is open to the public."
    )
    assert (
        borough_sentence("Camden", 1, 1, 2, is_today=True) == "Camden has one police counter. In July 2017 it had two."
    )
    assert borough_sentence("Brent", 0, 1, None, is_today=False) == "Brent had 0 or 1 police counter."


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "London has 27 police counters, down from 73 in July 2017. Two are open 24 hours."),
        (
            {"counters_hours_not_published_count": 4, "counters_24_7_count": 1},
            "London has 27 police counters, down from 73 in July 2017. At least one is open 24 hours.",
        ),
        (
            {"counters_24_7_count": 20, "counters_24_7_inferred_count": 12},
            "London has 27 police counters, down from 73 in July 2017. Open 24 hours: eight reported, 12 promised.",
        ),
        (
            {"counters_open_at_most_count": 64, "counters_24_7_count": 0},
            "London has 27 to 64 police counters, down from 73 in July 2017. None is known to be open 24 hours.",
        ),
    ],
)
def test_the_answer_tells_reported_promised_and_not_known_apart(changed: dict[str, Any], said: str) -> None:
    assert answer_sentence(replace(TOTALS, **changed), 73, is_today=True) == said


def test_a_sum_is_given_only_where_it_is_right() -> None:
    assert openings_sentence(CounterChange(73, 54, 8, 27, True)) == (
        "Eight counters opened or reopened since July 2017: 73 − 54 + 8 = 27."
    )
    assert openings_sentence(CounterChange(73, 10, 1, 37, False)) == "One counter opened or reopened since July 2017."


def test_small_maps_are_told_in_one_sentence() -> None:
    between = replace(TOTALS, counters_open_count=37, counters_open_at_most_count=38)
    assert small_maps_sentence([("in July 2025", between), ("today", TOTALS)]) == (
        "37 or 38 counters in July 2025 and 27 today."
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("24/7", "open 24 hours"),
        (
            "Mon-Fri 10:00-22:00; Sat-Sun 09:00-19:00",
            "open Monday to Friday 10am to 10pm, Saturday and Sunday 9am to 7pm",
        ),
        ("Daytime", "open in the daytime"),
        ("Restricted hours", "open for restricted hours"),
        ("40 hours a week", "open 40 hours a week"),
    ],
)
def test_hours_end_a_sentence(written: str, said: str) -> None:
    assert open_when(written) == said


def test_how_far_it_is_at_night_is_told_only_where_it_is_known_which_counters_are_open() -> None:
    london = {"wards_count": 679, "wards_over_5_km_count": 75, "wards_over_5_km_of_24_7_count": 565}
    assert far_sentence(london, True) == (
        "75 of 679 wards are more than 5 km from a counter, and 565 from one open 24 hours."
    )
    assert far_sentence(london, False) == "75 of 679 wards are more than 5 km from a counter."
    most = {"ward_name": "Pinner", "earlier_distance_m": 574, "counter_distance_m": 7982}
    assert growth_sentence(most, is_today=True) == "Pinner's nearest counter was 0.6 km away. Now it is 8 km."


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "Holloway closed in December 2017."),
        ({"closed_on": None}, "Holloway was not open."),
        (
            {"site_kind": SiteKind.DWO_HUB, "site_status": SiteStatus.OPEN},
            "Holloway was in use.",
        ),
        ({"site_status": SiteStatus.OPEN}, "Holloway was open. Its hours are not known."),
        (
            {"site_status": SiteStatus.OPEN, "opening_hours": "Mon-Fri 10:00-22:00"},
            "Holloway was open: Monday to Friday 10am to 10pm.",
        ),
        (
            {"site_status": SiteStatus.NOT_KNOWN, "last_event": "open"},
            "It is not known if Holloway was open. Last word: December 2017.",
        ),
        ({"last_event": None, "last_event_on": None}, "Nothing is known of Holloway by this day."),
    ],
)
def test_what_is_said_of_one_place(changed: dict[str, Any], said: str) -> None:
    assert site_answer(replace(HOLLOWAY, **changed), is_today=False) == said


def test_the_days_that_matter_are_newest_first_and_every_event_has_words() -> None:
    assert [day for day, _ in DAYS_THAT_MATTER] == sorted((day for day, _ in DAYS_THAT_MATTER), reverse=True)
    assert {"closure_quashed", "decided_close", "proposed_open"} <= set(EVENT_WORDS)


@pytest.mark.parametrize(
    ("lat", "lon", "precision", "position"),
    [
        (51.5, -0.1, "postcode", (-0.1, 51.5)),
        (51.5, -0.1, "street", None),
        (None, -0.1, "postcode", None),
        (51.5, None, "postcode", None),
    ],
)
def test_a_site_is_drawn_only_where_it_is_known_to_its_postcode(
    lat: float | None, lon: float | None, precision: str, position: tuple[float, float] | None
) -> None:
    assert replace(HOLLOWAY, lat=lat, lon=lon, location_precision=precision).position == position
