"""Boroughs compared, ranked and shown one by one."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transparency.boroughs.compared import context_exhibit
from transparency.boroughs.one import borough_verdict, counters_exhibit, figures_exhibit, similar_exhibit, wards_exhibit
from transparency.boroughs.queries import (
    borough_changes,
    borough_context,
    borough_figures,
    borough_measure,
    in_selection,
    ranked_by_value,
    ranked_by_wards,
    similar_boroughs,
)
from transparency.boroughs.sentences import hours_words
from transparency.core.errors import UnknownPlaceError
from transparency.core.project import EMBEDDED_DATA
from transparency.core.vocabulary import PROMISED_ON
from transparency.exhibits.exhibit import Image, Link, cell_text
from transparency.places.queries import all_boroughs, find_borough
from transparency.store.database import open_store
from transparency.store.store import Store
from transparency.wards.standing import standings_on

JANUARY, END = date(2017, 1, 4), date(2017, 12, 31)
CAMDEN, TOWER_HAMLETS, REDBRIDGE = "E09000007", "E09000030", "E09000026"


@pytest.fixture(scope="module")
def store() -> Store:
    return open_store(EMBEDDED_DATA)


def row(name: str, met: int, wards: int, is_ranked: bool = True) -> dict[str, Any]:
    return {
        "borough_name": name,
        "wards_met_count": met,
        "wards_count": wards,
        "wards_met_pct": 100 * met / wards,
        "is_ranked": is_ranked,
    }


@pytest.mark.rule("C9")
def test_ties_share_a_rank_and_the_next_rank_counts_them(store: Store) -> None:
    ranked = ranked_by_wards(store, [row("A", 18, 18), row("B", 20, 20), row("C", 10, 20)])
    assert [(item.row["borough_name"], item.rank, item.is_tied) for item in ranked] == [
        ("A", 1, True),
        ("B", 1, True),
        ("C", 3, False),
    ]


def test_a_gap_under_one_ward_is_no_real_difference(store: Store) -> None:
    ranked = ranked_by_wards(store, [row("A", 18, 21), row("B", 17, 20), row("C", 15, 20)])
    assert [(item.row["borough_name"], item.rank, item.is_no_real_difference) for item in ranked] == [
        ("A", 1, False),
        ("B", 1, True),
        ("C", 3, False),
    ]


def test_a_gap_of_exactly_one_ward_is_a_difference(store: Store) -> None:
    ranked = ranked_by_wards(store, [row("A", 20, 20), row("B", 19, 20)])
    assert [(item.rank, item.is_no_real_difference) for item in ranked] == [(1, False), (2, False)]


def test_a_borough_whose_wards_are_not_all_published_is_not_ranked(store: Store) -> None:
    assert [item.row["borough_name"] for item in ranked_by_wards(store, [row("A", 5, 20, False), row("B", 1, 20)])] == [
        "B"
    ]


counts = st.integers(16, 28).flatmap(lambda wards: st.tuples(st.integers(0, wards), st.just(wards)))


@given(st.lists(counts, max_size=32))
def test_ranks_follow_the_shares(store: Store, drawn: list[tuple[int, int]]) -> None:
    ranked = ranked_by_wards(store, [row(f"B{place:02}", met, wards) for place, (met, wards) in enumerate(drawn)])
    shares = [item.row["wards_met_pct"] for item in ranked]
    ranks = [item.rank for item in ranked]
    assert shares == sorted(shares, reverse=True)
    assert ranks == sorted(ranks)
    for above, below in pairwise(ranked):
        if above.row["wards_met_pct"] == below.row["wards_met_pct"]:
            assert above.rank == below.rank
        if above.rank != below.rank:
            assert below.rank == ranked.index(below) + 1


@pytest.mark.rule("C9")
def test_values_equal_as_shown_share_a_rank(store: Store) -> None:
    rows = [{"borough_name": name, "m": metres} for name, metres in (("A", 2049.0), ("B", 1951.0), ("C", 1500.0))]
    assert [item.rank for item in ranked_by_value(store, rows, "m", -2)] == [1, 1, 3]
    assert ranked_by_value(store, [{"borough_name": "A", "m": None}], "m") == []


def test_no_borough_could_be_ranked_in_january_2017(store: Store) -> None:
    rows = {item["borough_name"]: item for item in borough_measure(store, "pcs", JANUARY)}
    assert len(rows) == 32
    assert not any(item["is_ranked"] for item in rows.values())
    tower_hamlets = rows["Tower Hamlets"]  # its posts of 2016 are not officers
    assert (tower_hamlets["wards_known_count"], tower_hamlets["wards_met_count"]) == (
        0,
        0,
    )
    assert all(item["wards_met_pct"] is None for item in rows.values())


def test_a_declaration_for_all_wards_ranks_nobody(store: Store) -> None:
    rows = borough_measure(store, "promise", END)
    assert not any(item["is_ranked"] for item in rows)
    assert sum(item["wards_met_declared_count"] for item in rows) == 629
    assert sum(item["wards_known_count"] for item in rows) == 0


def test_counters_wards_and_population_can_be_compared(store: Store) -> None:
    rows = {item["borough_name"]: item for item in borough_context(store, END)}
    assert sum(item["wards_count"] for item in rows.values()) == 629
    assert sum(item["counters_open_count"] for item in rows.values()) == 37
    assert all(item["has_24_7"] == "yes" for item in rows.values())
    assert round(rows["Kensington and Chelsea"]["population_per_ward_count"]) == 8784


def test_counters_closed_on_a_day_not_known_leave_a_borough_between_two_numbers(store: Store) -> None:
    compared = context_exhibit(store, date(2017, 12, 28))
    assert compared is not None and isinstance(compared.picture, Image)
    assert compared.headline == (
        "Counters known to be open on 28 December 2017: at least one in each borough shown, at most four."
    )
    assert "; Westminster 2 to 4;" in compared.picture.alt
    hours = {row["borough_name"]: hours_words(row) for row in borough_context(store, date(2017, 12, 28))}
    assert hours["Kensington and Chelsea"].startswith("none known to be ")


def test_an_opening_we_infer_is_marked_in_the_boroughs_table(store: Store) -> None:
    shown = counters_exhibit(store, "E09000020", date(2020, 6, 30))
    assert shown is not None
    states = {cell_text(row[0]): cell_text(row[3]) for row in shown.table.rows}
    assert states["Royalty Studios (counter near Grenfell Tower)"] == "● open (opening inferred: 2019)"
    assert states["Kensington"] == "● open"


def test_a_distance_not_known_has_its_reason(store: Store) -> None:
    compared = context_exhibit(store, date(2019, 6, 30))
    assert compared is not None and (
        "No distance in Bexley, Croydon, Redbridge and Southwark: the positions of their redrawn wards are not on this "
        "site." in str(compared.note)
    )
    assert "No distance in" not in str(getattr(context_exhibit(store, END), "note", ""))


def test_a_borough_without_positions_and_people_says_so_and_is_said_to_be_left_out(store: Store) -> None:
    day = date(2019, 6, 30)
    assert borough_verdict(store, "E09000004", day).endswith(
        "The positions and people of its wards are not on this site, so it has no distance and no borough of like size."
    )
    assert "not on this site" not in borough_verdict(store, CAMDEN, day)
    alike = similar_exhibit(store, CAMDEN, day)
    assert alike is not None and str(alike.note).endswith(
        "Left out: Bexley, Croydon, Redbridge and Southwark, whose wards' people are not on this site."
    )


def test_before_2017_counters_are_not_known(store: Store) -> None:
    rows = borough_context(store, date(2016, 9, 1))
    assert {item["counters_open_count"] for item in rows} == {None}
    assert {item["counter_distance_m"] for item in rows} == {None}


def test_population_is_left_out_where_a_ward_has_none(store: Store) -> None:
    without = {
        item["borough_name"] for item in borough_context(store, date(2019, 1, 1)) if not item["population_count"]
    }
    assert without == {"Bexley", "Croydon", "Redbridge", "Southwark"}


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
        "Tower Hamlets has one published figure and three plans of its own since the promise; none from before it."
    )


def test_boroughs_most_alike(store: Store) -> None:
    alike = similar_boroughs(store, TOWER_HAMLETS, JANUARY)
    assert [item["other_borough_name"] for item in alike[:2]] == ["Wandsworth", "Southwark"]
    assert len(alike) == 5
    assert similar_boroughs(store, REDBRIDGE, date(2019, 1, 1)) == []


def test_wards_and_what_changed_in_one_borough(store: Store) -> None:
    assert len(standings_on(store, JANUARY, TOWER_HAMLETS)) == 20
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
    assert "◐ partly known" in exhibit.subtitle
    assert exhibit.table.columns[4].name == "basis"


def test_counters_before_and_after(store: Store) -> None:
    exhibit = counters_exhibit(store, REDBRIDGE, END)
    assert exhibit is not None
    assert [[cell_text(cell) for cell in (row[0], row[1], row[3])] for row in exhibit.table.rows] == [
        ["Barkingside", "● open", "▽ not open"],
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


def test_selections(store: Store) -> None:
    every = all_boroughs(store)
    assert len(every) == 32
    assert [item.borough_name for item in in_selection(every, pathfinder="camden-islington")] == ["Camden", "Islington"]
    assert [item.borough_name for item in in_selection(every, pathfinder="east")] == [
        "Barking and Dagenham",
        "Havering",
        "Redbridge",
    ]
    assert [item.borough_name for item in in_selection(every, bcu_code="CE")] == ["Hackney", "Tower Hamlets"]
    assert [item.borough_name for item in in_selection(every, (CAMDEN,), bcu_code="CN")] == ["Camden"]
    assert in_selection(every) == every


def test_pathfinders_are_those_of_the_register(store: Store) -> None:
    every = all_boroughs(store)
    named = in_selection(every, pathfinder="camden-islington") + in_selection(every, pathfinder="east")
    assert {item.borough_code for item in named} == {item.borough_code for item in every if item.is_pathfinder}


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
