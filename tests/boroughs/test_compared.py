"""Boroughs side by side: the headline follows the boroughs chosen, and no gap is called real that may not be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from transparency.boroughs.compared import chosen_exhibit, compared_exhibit, measures_exhibit
from transparency.boroughs.measures import MEASURES, Known, Reading, counters_of, known_measures, reading
from transparency.boroughs.months import lines_exhibit
from transparency.boroughs.sentences import compared_headline, not_known_sentence
from transparency.exhibits.exhibit import Chart, Exhibit, Rows, cell_text
from transparency.exhibits.strips import scale_to
from transparency.store.current import shared_store

TODAY = date(2026, 11, 28)
CAMDEN, ISLINGTON, RICHMOND, WESTMINSTER = "E09000007", "E09000019", "E09000027", "E09000033"


def compared(measure: str, *codes: str, day: date = TODAY) -> Exhibit:
    exhibit = compared_exhibit(shared_store(), day, measure, codes)
    assert exhibit is not None
    return exhibit


def places(exhibit: Exhibit) -> dict[str, str]:
    """What the picture says of each place, by name in its order."""
    assert isinstance(exhibit.picture, Rows)
    return {cell_text(row.place): row.words for row in exhibit.picture.rows}


@pytest.mark.rule("C2")
@pytest.mark.parametrize(
    ("measure", "of_all", "of_two"),
    [
        (
            "counters",
            "Richmond upon Thames and Westminster have each lost three counters since July 2017, more than any other "
            "borough. Richmond upon Thames has none left.",
            "Richmond upon Thames has no counter, down from three in July 2017. Camden has one counter, down from two.",
        ),
        (
            "distance",
            "In Merton the middle ward is 5.2 km from a counter, in Islington and Hackney 1.5 km. In London it is 2.7 "
            "km.",
            "In Richmond upon Thames the middle ward is 3.5 km from a counter, in Camden 1.6 km.",
        ),
        (
            "night",
            "In Hillingdon the middle ward is 22.1 km from a counter open at night, in Lewisham 2.7 km. In London it "
            "is 10.2 km.",
            "In Richmond upon Thames the middle ward is 15.8 km from a counter open at night, in Camden 4.8 km.",
        ),
        (
            "officers",
            "In Tower Hamlets a ward has 5.6 officers on average, in Kingston upon Thames 3.0. Three were promised.",
            "In Richmond upon Thames a ward has 3.6 officers on average. There is no figure for Camden.",
        ),
        (
            "elsewhere",
            "In Hackney 24.3% of recorded time was spent elsewhere, in Southwark 9.4%. In London it was 16.9%.",
            "In Camden 16.4% of recorded time was spent elsewhere, in Richmond upon Thames 15.3%.",
        ),
        (
            "known",
            "From 9% to 17% of people asked knew how to contact their ward officer, by borough. In London it was 13%.",
            "In Camden 15% of people asked knew how to contact their ward officer, in Richmond upon Thames 14%. This "
            "may be no difference.",
        ),
        (
            "crime",
            "In Westminster 391 offences were recorded per 1,000 residents, in Richmond upon Thames 59. Visitors raise "
            "it in the centre.",
            "In Camden 189 offences were recorded per 1,000 residents, in Richmond upon Thames 59.",
        ),
        (
            "people",
            "In Barnet a ward has 16,224 people on average, in Kensington and Chelsea 7,965. In London it is 12,947.",
            "In Richmond upon Thames a ward has 10,849 people on average, in Camden 10,505.",
        ),
    ],
)
def test_the_headline_follows_the_measure_and_the_boroughs(measure: str, of_all: str, of_two: str) -> None:
    every, two = compared(measure), compared(measure, CAMDEN, RICHMOND)
    assert (every.headline, two.headline) == (of_all, of_two)
    assert len(places(every)) == 32
    assert {"Camden", "Richmond upon Thames"} <= places(two).keys() <= {"Camden", "Richmond upon Thames", "London"}


def test_those_who_lost_most_stand_first_and_equals_have_no_rank() -> None:
    shown = compared("counters")
    assert list(places(shown).items())[:3] == [
        ("Richmond upon Thames", "3 → 0"),
        ("Westminster", "4 → 1"),
        ("Harrow", "2 → 0"),
    ]
    assert "rank" not in {column.name for column in shown.table.columns}
    assert compared("counters", CAMDEN, ISLINGTON).headline == (
        "Camden and Islington each have one counter, down from two in July 2017."
    )
    assert compared("counters", CAMDEN).headline == "Camden has one counter, down from two in July 2017."


def test_a_borough_without_a_usable_value_is_an_open_ring_with_its_reason() -> None:
    shown = compared("officers", CAMDEN, ISLINGTON)
    assert shown.headline == "There is no figure for Camden or Islington."
    assert isinstance(shown.picture, Rows)
    assert [(row.drawing is None, row.words.split(":")[0]) for row in shown.picture.rows] == [
        (True, "no figure"),
        (True, "no figure"),
        (False, "4.1"),
    ]


def test_between_two_numbers_nobody_is_said_to_have_lost_most() -> None:
    shown = compared("counters", day=date(2017, 12, 28))
    assert shown.headline == (
        "Between 37 and 64 counters are open in the 32 boroughs shown. In July 2017 there were 73."
    )
    assert places(shown)["Westminster"] == "4 → between 2 and 4"


def test_before_the_list_of_counters_the_page_says_so() -> None:
    day = date(2016, 9, 1)
    assert compared_exhibit(shared_store(), day, "counters") is None
    assert not_known_sentence(MEASURES["counters"], day) == (
        "We have no list of counters for 1 September 2016. The earliest is January 2017."
    )
    assert list(known_measures(shared_store(), day)) == ["known", "crime", "people"]


@pytest.mark.rule("C9")
def test_a_gap_is_real_only_where_the_ranges_do_not_meet() -> None:
    def told(*ranges: tuple[float, float]) -> str:
        known = tuple(Known(f"E0900000{n}", f"Borough {n}", low, "", high) for n, (low, high) in enumerate(ranges, 1))
        return compared_headline(MEASURES["wards"], Reading("July 2026", known, (), ""), known, True, lambda: known[0])

    assert told((50, 60), (70, 80)) == ("In Borough 1 50% to 60% of wards had their officers, in Borough 2 70% to 80%.")
    assert told((50, 70), (70, 80)).endswith("This may be no difference.")
    assert told((50, 70), (70, 80), (90, 90)) == (
        "In Borough 3 at least 90% of wards had their officers in July 2026, in Borough 1 at most 70%."
    )
    assert told((50, 70), (60, 80), (70, 90)) == (
        "In July 2026 the ranges of all boroughs meet, so none can be said to have more of its officers."
    )


def test_a_few_boroughs_stand_beside_each_other_on_every_measure() -> None:
    shown = chosen_exhibit(shared_store(), TODAY, (CAMDEN, RICHMOND))
    assert shown is not None
    rows = {cell_text(row[0]).split(",")[0]: [cell_text(cell, "–") for cell in row[1:]] for row in shown.table.rows}
    assert [row[-1] for row in rows.values()] == [
        "27",
        "2.7 km",
        "10.2 km",
        "4.1",
        "16.9%",
        "13%",
        "101",
        "12,947",
    ]
    assert rows["Counters open"] == ["1", "0", "27"]
    assert rows["Middle ward's distance to the nearest counter open 24 hours"] == ["4.8 km", "15.8 km", "10.2 km"]
    assert chosen_exhibit(shared_store(), TODAY, ()) is None
    every = measures_exhibit(shared_store(), TODAY, "crime")
    assert every is not None and cell_text(every.table.rows[0][0]) == "Westminster"
    assert len(every.table.rows) == 32 and len(every.table.columns) == 9


def test_lines_are_of_monthly_measures_and_few_boroughs_alone() -> None:
    store = shared_store()
    elsewhere = lines_exhibit(store, TODAY, "elsewhere", (CAMDEN, RICHMOND))
    assert elsewhere is not None and isinstance(elsewhere.picture, Chart)
    assert elsewhere.headline == "Camden, Richmond upon Thames and London, month by month."
    assert elsewhere.picture.still is not None and elsewhere.picture.still().count("<path") == 3
    hollow = [trace for trace in elsewhere.picture.figure.data if trace.name == "London" and trace.mode == "markers"]
    assert sum(value is not None for value in hollow[0].y) == 10  # nine months of fewer boroughs, and March 2020
    survey = lines_exhibit(store, TODAY, "known", (CAMDEN,))
    assert survey is not None and survey.headline == "Camden and London, quarter by quarter."
    assert lines_exhibit(store, TODAY, "crime", (CAMDEN,)) is None
    assert lines_exhibit(store, TODAY, "elsewhere", ()) is None


def test_headlines_keep_to_their_length() -> None:
    store = shared_store()
    for name, measure in MEASURES.items():
        read = reading(store, name, TODAY)
        if read is None:
            continue
        longest = sorted(read.boroughs, key=lambda each: -len(each.borough_name.split()))[:2]
        for shown in (longest, longest[:1]):
            together = partial(counters_of, store, TODAY, shown)
            headline = compared_headline(measure, replace(read, boroughs=tuple(shown)), shown, True, together)
            assert len(headline.split()) <= 27, headline


@pytest.mark.parametrize(("greatest", "steps"), [(22.1, (5, 5)), (5.6, (2, 3)), (391, (100, 4)), (16_224, (5000, 4))])
def test_a_scale_has_at_most_five_even_steps(greatest: float, steps: tuple[float, int]) -> None:
    scale = scale_to(greatest)
    assert (scale.step, scale.steps) == steps
