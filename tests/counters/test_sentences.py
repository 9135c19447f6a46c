"""The sentences about counters, hubs and the map, written out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from transparency.core.vocabulary import Figure, Precision, SiteKind, SiteOnDay, SiteStatus
from transparency.counters.queries import CounterTotals
from transparency.counters.sentences import (
    DAYS_THAT_MATTER,
    EVENT_WORDS,
    before_list_sentence,
    change_sentence,
    closures_sentence,
    counters_sentence,
    distances_sentence,
    found_sentence,
    growth_sentence,
    hours,
    hubs_sentence,
    in_use_words,
    last_word,
    map_sentence,
    plans_sentence,
    published_totals_sentence,
    reconciliation_sentence,
    round_the_clock_sentence,
    site_line,
    site_sentence,
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


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((27, 2, 0), "On 3 March 2026, 27 counters were open, two of them open 24 hours."),
        (
            (73, 19, 40),
            "On 3 March 2026, 73 counters were open: 19 of them open 24 hours, 14 at other hours and "
            "40 whose hours are not known.",
        ),
        (
            (3, 1, 2),
            "On 3 March 2026, 3 counters were open: one of them open 24 hours and two whose hours are not known.",
        ),
    ],
)
def test_counters_open_and_hours_not_published_are_told_apart(counts: tuple[int, int, int], said: str) -> None:
    open_count, round_the_clock, not_published = counts
    totals = replace(
        TOTALS,
        counters_open_count=open_count,
        counters_open_at_most_count=open_count,
        counters_24_7_count=round_the_clock,
        counters_hours_not_published_count=not_published,
    )
    assert counters_sentence(date(2026, 3, 3), totals) == said


def test_hours_promised_are_not_said_to_be_reported_where_every_counters_hours_are_known() -> None:
    totals = replace(TOTALS, counters_24_7_count=20, counters_24_7_inferred_count=12)
    assert counters_sentence(date(2026, 3, 3), totals) == (
        "On 3 March 2026, 27 counters were open: eight of them reported open 24 hours, 12 promised so, not confirmed "
        "and seven at other hours."
    )


def test_counters_that_closed_on_a_day_not_known_leave_the_count_between_two_numbers() -> None:
    totals = replace(TOTALS, counters_open_count=37, counters_open_at_most_count=64, counters_24_7_count=19)
    assert counters_sentence(date(2017, 12, 28), totals) == (
        "On 28 December 2017, between 37 and 64 counters were open: of some only the month or year is known in "
        "which they closed or opened. At least 19 were open 24 hours."
    )
    assert change_sentence(date(2017, 12, 28), 73, totals).endswith("between 37 and 64 on 28 December 2017.")


def test_before_the_list_the_newest_total_is_all_that_is_said() -> None:
    total = Figure(
        "E12000007", "front_counters_open", 73, "counters", "reported", date(2013, 5, 22), Precision.DAY, None, "s",
        "f", "A publisher", "A title", None,
    )  # fmt: skip
    assert before_list_sentence(date(2016, 9, 1), total) == (
        "Which counters were open on 1 September 2016 is not known: our list begins on 1 January 2017. "
        "The newest published total was 73, on 22 May 2013."
    )
    assert before_list_sentence(date(2016, 9, 1), None).endswith("No total had been published.")


def test_change_since_the_consultation() -> None:
    assert change_sentence(date(2026, 3, 3), 73, TOTALS) == (
        "73 counters were open on 14 July 2017, when the consultation began; 27 on 3 March 2026."
    )


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((32, 0, 0), "All 32 boroughs had a counter open 24 hours."),
        ((2, 30, 0), "2 of 32 boroughs (6%) had a counter open 24 hours and 30 had none."),
        (
            (19, 1, 12),
            "19 of 32 boroughs (59%) had a counter open 24 hours, one had none and of 12 it is not known, since "
            "the hours of an open counter are not known.",
        ),
    ],
)
def test_not_known_is_never_said_to_be_none(counts: tuple[int, int, int], said: str) -> None:
    with_one, without, not_known = counts
    totals = replace(
        TOTALS,
        boroughs_with_24_7_count=with_one,
        boroughs_without_24_7_count=without,
        boroughs_24_7_not_known_count=not_known,
    )
    assert round_the_clock_sentence(totals) == said


def test_boroughs_with_a_known_hub_are_named_and_the_others_are_not_said_to_have_none() -> None:
    assert hubs_sentence(replace(TOTALS, boroughs_with_hub=("Greenwich", "Redbridge"))) == (
        "Hubs of dedicated ward officers in use are known in 2 of 32 boroughs (6%): Greenwich and Redbridge. "
        "In the other 30 we know of none."
    )
    assert hubs_sentence(TOTALS) == "We know of no hub of dedicated ward officers in use."
    assert hubs_sentence(replace(TOTALS, boroughs_with_hub=("Camden",) * 32)) == (
        "Hubs of dedicated ward officers in use are known in 32 of 32 boroughs (100%)."
    )


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


def test_distances_say_where_another_counter_could_be_nearer() -> None:
    london = {
        "counter_distance_m": 2739,
        "wards_count": 679,
        "wards_in_force_count": 679,
        "wards_within_2_km_count": 218,
        "wards_possibly_nearer_count": 0,
    }
    assert distances_sentence(date(2026, 3, 3), london) == (
        "Half of London's wards had an open counter within 2.7 km of their centre on 3 March 2026; "
        "218 of 679 wards (32%) had one within 2 km."
    )
    before = london | {"counter_distance_m": 1800, "wards_possibly_nearer_count": 126}
    assert distances_sentence(date(2026, 3, 3), london, before).endswith(
        "had one within 2 km. On 14 July 2017 it was 1.8 km."
    )
    assert distances_sentence(date(2017, 7, 1), before).endswith(
        "For 126 wards another counter, whose place or closing day is not known exactly, could be nearer."
    )


def test_growth_names_the_ward_and_how_many_can_be_compared() -> None:
    most = {
        "ward_name": "Pinner",
        "borough_name": "Harrow",
        "earlier_distance_m": 574,
        "counter_distance_m": 7982,
        "comparable_count": 536,
        "wards_count": 679,
    }
    assert growth_sentence(most) == (
        "The distance grew most in Pinner (Harrow), from 0.6 to 8.0 km, among the 536 of 679 wards that can be "
        "compared."
    )
    assert growth_sentence(most | {"counter_distance_m": 574, "comparable_count": 2}) == (
        "The distance grew in no ward among the 2 of 679 wards that can be compared."
    )


def test_reconciliations_say_how_many_prove_something() -> None:
    assert reconciliation_sentence(4, 12, 4) == "Of 12 checks four are independent, and all agree."
    assert reconciliation_sentence(3, 12, 4) == "Of 12 checks four are independent, and three agree."


def test_the_map_says_what_it_shows_and_what_it_cannot() -> None:
    assert map_sentence(date(2026, 3, 3), 81, 65, "each ward by distance") == (
        "London on 3 March 2026: each ward by distance, and 81 places whose position is known to the postcode. "
        "65 places in the list are not drawn."
    )
    assert map_sentence(date(2026, 3, 3), 1, 1, "wards").endswith(
        "and one place whose position is known to the postcode. One place in the list is not drawn."
    )


def test_a_closed_counter_is_said_to_be_closed_as_exactly_as_it_is_known() -> None:
    assert site_sentence(HOLLOWAY, date(2018, 1, 1)) == (
        "Holloway was not open on 1 January 2018: it closed in December 2017."
    )


def test_a_hub_is_in_use_and_not_open() -> None:
    hub = replace(HOLLOWAY, site_kind=SiteKind.DWO_HUB, site_status=SiteStatus.OPEN, closed_on=None)
    assert site_sentence(hub, date(2018, 1, 1)) == "Holloway was in use on 1 January 2018."


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


def test_a_site_not_known_is_said_to_be_so_with_its_last_word() -> None:
    lost = replace(HOLLOWAY, site_status=SiteStatus.NOT_KNOWN, last_event="open")
    assert site_sentence(lost, date(2020, 1, 1)) == (
        "Whether Holloway was in use on 1 January 2020 is not known; it was last heard of in December 2017."
    )
    silent = replace(lost, last_event=None, last_event_on=None)
    assert site_sentence(silent, date(2020, 1, 1)) == "Nothing was known of Holloway by 1 January 2020."


@pytest.mark.parametrize(
    ("is_silent", "kinds", "said"),
    [
        (False, (("hub", 0, 0), ("base", 0, 0)), "none known"),
        (False, (("hub", 1, 0), ("base", 2, 1)), "1 hub; 2 bases (1 more, no recent word of it)"),
        (True, (("contact point", 0, 1),), "1 contact point, no word of it for over two years"),
        (True, (("contact point", 0, 3),), "3 contact points, no word of them for over two years"),
    ],
)
def test_a_place_not_heard_of_is_not_said_to_be_none(
    is_silent: bool, kinds: tuple[tuple[str, int, int], ...], said: str
) -> None:
    assert in_use_words(is_silent, *kinds) == said


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
    assert site_sentence(holborn, date(2017, 12, 28)) == (
        "Whether Holborn was open on 28 December 2017 is not known: it closed in December 2017, on a day not known."
    )
    assert last_word(replace(holborn, undated_event_evidence="inferred")) == (
        "closed in December 2017, on a day not known, as we infer"
    )


def test_short_sentences() -> None:
    assert last_word(HOLLOWAY) == "closed, December 2017"
    assert last_word(replace(HOLLOWAY, last_event=None)) == "nothing heard by then"
    assert found_sentence(3, 146) == "3 of 146 places fit."
    assert found_sentence(0, 146).startswith("No place of the list fits.")
    assert plans_sentence(14) == ("For 14 counters the final decision or what happened differed from the draft plan.")
    assert closures_sentence(date(2018, 1, 1), 38, 20) == (
        "38 closures of counters by 1 January 2018. We worked out the date of 20."
    )
    assert published_totals_sentence(date(2016, 9, 1), 4) == (
        "Four totals of counters were published up to 1 September 2016."
    )


def test_the_days_that_matter_are_newest_first_and_every_event_has_words() -> None:
    assert [day for day, _ in DAYS_THAT_MATTER] == sorted((day for day, _ in DAYS_THAT_MATTER), reverse=True)
    assert {"closure_quashed", "decided_close", "proposed_open"} <= set(EVENT_WORDS)
