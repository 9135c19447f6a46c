"""What is counted in each borough, and one borough as its page shows it."""

from __future__ import annotations

from datetime import date

import pytest

from transparency.boroughs.measures import reading
from transparency.boroughs.one import (
    borough_verdict,
    counters_exhibit,
    figures_exhibit,
    map_image,
    measure_cards,
    ward_lines,
    wards_exhibit,
    wards_known,
)
from transparency.boroughs.queries import borough_changes, borough_figures, counters_between, people_per_ward
from transparency.boroughs.wards import wards_exhibit as every_ward
from transparency.core.errors import UnknownPlaceError
from transparency.core.vocabulary import PROMISED_ON
from transparency.exhibits.exhibit import Link, cell_text
from transparency.places.queries import all_boroughs, find_borough
from transparency.store.store import Store

JANUARY, END, TODAY = date(2017, 1, 4), date(2017, 12, 31), date(2026, 11, 28)
CAMDEN, TOWER_HAMLETS, REDBRIDGE = "E09000007", "E09000030", "E09000026"


@pytest.fixture(scope="module")
def store(store_of_facts: Store) -> Store:
    return store_of_facts


def test_counters_lost_are_those_of_two_days(store: Store) -> None:
    rows = {row["borough_name"]: row for row in counters_between(store, date(2017, 7, 14), TODAY)}
    assert len(rows) == 32
    assert sum(row["earlier_counters_open_count"] for row in rows.values()) == 73
    assert sum(row["counters_open_count"] for row in rows.values()) == 27
    richmond = rows["Richmond upon Thames"]
    assert (richmond["counters_lost_at_least_count"], richmond["counters_lost_at_most_count"]) == (3, 3)
    assert [round(rows["Merton"][name] / 1000, 1) for name in ("earlier_counter_distance_m", "counter_distance_m")] == [
        1.7,
        5.2,
    ]


def test_a_closing_known_to_its_month_leaves_a_borough_between_two_numbers(store: Store) -> None:
    rows = {row["borough_name"]: row for row in counters_between(store, date(2017, 7, 14), date(2017, 12, 28))}
    westminster = rows["Westminster"]
    assert (westminster["counters_open_count"], westminster["counters_open_at_most_count"]) == (2, 4)
    assert (westminster["counters_lost_at_least_count"], westminster["counters_lost_at_most_count"]) == (0, 2)


def test_before_2017_counters_are_not_known(store: Store) -> None:
    assert {row["counters_open_count"] for row in counters_between(store, date(2016, 9, 1), date(2016, 9, 1))} == {None}
    assert [reading(store, name, date(2016, 9, 1)) for name in ("counters", "distance", "night")] == [None] * 3


def test_population_is_left_out_where_a_ward_has_none(store: Store) -> None:
    rows = people_per_ward(store, date(2019, 1, 1))
    without = {row["borough_name"] for row in rows if row["population_per_ward_count"] is None}
    assert without == {"Bexley", "Croydon", "Redbridge", "Southwark"}
    kensington = next(row for row in people_per_ward(store, END) if row["borough_name"] == "Kensington and Chelsea")
    assert round(kensington["population_per_ward_count"]) == 8784


@pytest.mark.parametrize(
    ("borough_code", "day", "sentence"),
    [
        (CAMDEN, TODAY, "Camden has one police counter, Kentish Town. It is not open at night. In 2017 it had two."),
        ("E09000027", TODAY, "Richmond upon Thames has no police counter. In 2017 it had three."),
        ("E09000023", TODAY, "Lewisham has one police counter, Lewisham. It is open 24 hours. In 2017 it had three."),
        ("E09000033", date(2017, 12, 28), "Westminster has between 2 and 4 police counters. In 2017 it had four."),
        (CAMDEN, JANUARY, "Camden has two police counters. One is open at night."),
        (CAMDEN, date(2016, 9, 1),
         "We have no list of Camden's counters for 1 September 2016. The earliest is January 2017."),
    ],
)  # fmt: skip
def test_a_borough_in_a_sentence(store: Store, borough_code: str, day: date, sentence: str) -> None:
    assert borough_verdict(store, borough_code, day) == sentence


def test_every_borough_s_sentence_is_short(store: Store) -> None:
    for day in (END, TODAY):
        for each in all_boroughs(store):
            assert len(borough_verdict(store, each.borough_code, day).split()) <= 20, each.borough_name


def test_what_is_known_of_a_borough_s_wards(store: Store) -> None:
    assert wards_known(store, CAMDEN, TODAY) == "We have no figures for single wards in Camden."
    # Ten wards of September 2016: of posts alone, and by now out of date.
    of_ten = "10 of Tower Hamlets' 20 wards"
    assert wards_known(store, "E09000030", date(2017, 1, 4)) == f"We have part of the figures for {of_ten}."
    assert wards_known(store, "E09000030", TODAY) == f"We have figures for {of_ten}, and none that still holds."
    lines = ward_lines(store, CAMDEN, TODAY, None)
    assert len(lines) == 20 and {line.mark for line in lines} == {None}
    assert (lines[0].number, lines[0].link) == (1, Link("Belsize", "/?ward=E05013652"))
    croydon = [line.mark for line in ward_lines(store, "E09000008", TODAY, None) if line.mark]
    assert [mark.word for mark in croydon] == ["last known"]


def test_a_map_names_each_ward_or_gives_its_number_in_the_list(store: Store) -> None:
    for each in all_boroughs(store):
        image = map_image(store, each.borough_code, TODAY)
        assert image is not None and image.alt.startswith(f"Map of {each.borough_name} with its ")
    camden = map_image(store, CAMDEN, TODAY)
    assert camden is not None and ">Bloomsbury</text>" in camden.svg
    assert camden.alt == "Map of Camden with its 20 wards. Open counters: Kentish Town."


def test_a_borough_stands_among_the_others_on_four_measures(store: Store) -> None:
    cards = {card.name: card for card in measure_cards(store, CAMDEN, TODAY)}
    assert list(cards) == ["officers", "elsewhere", "known", "crime"]
    assert cards["officers"].image is None and cards["officers"].words.startswith("no figure: no strengths")
    assert (cards["elsewhere"].words, cards["elsewhere"].beside) == ("16.4%", "London 16.9%")
    assert cards["crime"].beside == "London 101"
    image = cards["known"].image
    assert image is not None and image.svg.count('class="faint"') == 31


def test_all_wards_are_sorted_and_those_without_a_value_stand_last(store: Store) -> None:
    exhibit = every_ward(store, TODAY, "night")
    assert exhibit is not None and len(exhibit.table.rows) == 679
    assert exhibit.headline == (
        "Harefield Village in Hillingdon is 26.7 km from a counter open 24 hours, more than any other ward."
    )
    redrawn = every_ward(store, date(2019, 6, 30), "distance")
    assert redrawn is not None and redrawn.table.rows[-1][2] is None
    assert every_ward(store, date(2016, 9, 1), "distance") is None


def test_an_opening_we_infer_is_marked_in_the_boroughs_table(store: Store) -> None:
    shown = counters_exhibit(store, "E09000020", date(2020, 6, 30))
    assert shown is not None
    states = {cell_text(row[0]): cell_text(row[1]) for row in shown.table.rows}
    assert states["Royalty Studios (counter near Grenfell Tower)"] == "● open (opening inferred: 2019)"
    assert states["Kensington"] == "● open"


def test_a_figure_known_only_to_its_year_is_not_shown_before_that_year_has_ended(store: Store) -> None:
    vacant = {day: [it.note for it in borough_figures(store, CAMDEN, day) if it.metric == "dwo_posts_vacant"]
              for day in (date(2019, 2, 1), date(2019, 12, 30), date(2019, 12, 31))}  # fmt: skip
    assert [len(notes) for notes in vacant.values()] == [0, 0, 1]
    assert (vacant[date(2019, 12, 31)][0] or "").startswith("Summer 2019")


def test_a_plan_is_shown_from_the_day_it_was_published(store: Store) -> None:
    plans = [it.as_at for it in borough_figures(store, TOWER_HAMLETS, date(2016, 10, 1)) if it.kind == "planned"]
    assert plans == [date(2017, 12, 31), date(2016, 12, 31), date(2016, 12, 31)]
    assert borough_figures(store, TOWER_HAMLETS, date(2016, 8, 1)) == []
    exhibit = figures_exhibit(store, TOWER_HAMLETS, date(2016, 12, 25), False)
    assert exhibit is not None
    assert exhibit.headline == (
        "Tower Hamlets has one published figure and three plans of its own since the promise, and none from before it."
    )


def test_what_changed_in_one_borough(store: Store) -> None:
    changed = borough_changes(store, TOWER_HAMLETS, END)
    assert len(changed) == 10
    assert {item["dedicated_pcs_change"] for item in changed} == {None}
    assert borough_changes(store, TOWER_HAMLETS, JANUARY) == []


def test_posts_are_not_shown_as_officers(store: Store) -> None:
    exhibit = wards_exhibit(store, TOWER_HAMLETS, date(2016, 12, 25))
    rows = {row[0].text: row for row in exhibit.table.rows if isinstance(row[0], Link)}
    assert [cell_text(cell, "not known") for cell in rows["Poplar"][1:5]] == [
        "◐ partly known", "1 post", "not known", "posts",
    ]  # fmt: skip
    assert [cell_text(cell, "not known") for cell in rows["Bow East"][1:3]] == ["◐ partly known", "2 posts"]
    assert exhibit.table.columns[4].name == "basis"


def test_counters_then_and_now(store: Store) -> None:
    exhibit = counters_exhibit(store, REDBRIDGE, END)
    assert exhibit is not None
    assert [[cell_text(cell) for cell in (row[0], row[1], row[3])] for row in exhibit.table.rows] == [
        ["Barkingside", "▽ not open", "● open"],
        ["Ilford", "● open", "● open"],
    ]


@pytest.mark.parametrize(
    ("borough_code", "day", "note"),
    [
        (
            "E09000025",
            date(2025, 12, 18),
            "Proposed to close, nothing decided as far as we know: Stratford (18 December 2025: Station to close once "
            "Forest Gate and Kentish Town are redeveloped).",
        ),
        ("E09000025", date(2025, 12, 17), ""),
        (
            "E09000019",
            date(2026, 11, 22),
            "Proposed to close, nothing decided as far as we know: Holloway (18 December 2025: Station (no counter "
            "since 2017) to close once Forest Gate and Kentish Town are redeveloped).",
        ),
        (REDBRIDGE, END, ""),
    ],
)
def test_a_proposal_to_close_stands_beside_the_counters_until_it_is_decided(
    store: Store, borough_code: str, day: date, note: str
) -> None:
    exhibit = counters_exhibit(store, borough_code, day)
    assert exhibit is not None
    assert exhibit.note == note
    assert any(source.publisher == "Mayor of London" for source in exhibit.sources) is bool(note)


def test_figures_older_than_the_promise_are_history(store: Store) -> None:
    rows = borough_figures(store, REDBRIDGE, END)
    history = [(item.as_at, item.value) for item in rows if item.as_at < PROMISED_ON]
    assert history == [(date(2015, 6, 1), 45), (date(2010, 5, 1), 112)]
    havering = borough_figures(store, "E09000016", END)
    assert {item.metric for item in havering if item.as_at >= PROMISED_ON} >= {"dwo_total", "pcso_total"}


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("E09000001", "City of London"),
        ("E09000099", "No borough of London has the code E09000099"),
        ("E05000026", "is the code of a ward"),
        ("Camden", "is not a borough code"),
    ],
)
def test_bad_codes_say_what_they_are(store: Store, code: str, message: str) -> None:
    with pytest.raises(UnknownPlaceError, match=message):
        find_borough(store, code)


def test_codes_are_read_in_any_case(store: Store) -> None:
    assert find_borough(store, " e09000007 ").borough_name == "Camden"
