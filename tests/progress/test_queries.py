"""Progress of London and of a borough, from the published snapshots."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transparency.core.days import period_end
from transparency.core.errors import UnknownPlaceError
from transparency.core.project import EMBEDDED_DATA
from transparency.core.vocabulary import LONDON_CODE, Half, KnownAs, PromiseStatus, WardStatus
from transparency.exhibits.bars import ward_strip
from transparency.exhibits.marks import ward_mark
from transparency.progress.exhibits import figures_exhibit, pace_exhibit
from transparency.progress.queries import (
    interim_target,
    is_declared,
    officer_figures,
    progress,
    progress_days,
    progress_points,
    promise_status,
    required_pace,
)
from transparency.store.database import open_store
from transparency.store.store import Store

JANUARY, DECLARED = date(2017, 1, 4), date(2017, 12, 28)
TOWER_HAMLETS, HAVERING = "E09000030", "E09000016"


@pytest.fixture(scope="module")
def store(store_of_facts: Store) -> Store:
    return store_of_facts


def test_required_pace_on_4_january_2017(store: Store) -> None:
    pace = required_pace(store, LONDON_CODE, JANUARY)
    assert pace is not None
    assert (pace.wards_count, pace.latest_count, pace.latest_known_as) == (629, 395, KnownAs.DERIVED)
    assert (pace.wards_to_go_count, pace.days_left) == (234, 361)
    assert (pace.start_on, pace.start_count) == (date(2016, 7, 21), 100)
    assert pace.required_wards_per_month == pytest.approx(234 / (361 / (365.25 / 12)))
    assert round(pace.required_wards_per_month or 0, 1) == 19.7
    assert pace.achieved_wards_per_month == pytest.approx(295 / (167 / (365.25 / 12)))
    assert round(pace.achieved_wards_per_month or 0, 1) == 53.8
    assert pace.reached_at_that_pace_on == date(2017, 5, 16)


def test_a_declaration_leaves_no_ward_to_go_and_is_no_pace_achieved(store: Store) -> None:
    pace = required_pace(store, LONDON_CODE, DECLARED)
    assert pace is not None
    assert pace.wards_to_go_count == 0
    assert pace.reached_at_that_pace_on is None
    assert (pace.previous_on, pace.previous_count) == (JANUARY, 395)
    assert pace.achieved_wards_per_month is None and pace.achieved_since_previous_wards_per_month is None


def test_in_the_last_month_no_pace_a_month_is_worked_out(store: Store) -> None:
    needed = {}
    for day in (date(2017, 11, 30), date(2017, 12, 1)):
        pace = required_pace(store, LONDON_CODE, day)
        assert pace is not None
        needed[pace.days_left] = pace.required_wards_per_month
    assert needed == {31: pytest.approx(234 / 31 * 30.4375), 30: None}


def test_no_pace_is_needed_after_the_due_date(store: Store) -> None:
    pace = required_pace(store, TOWER_HAMLETS, date(2018, 1, 1))
    assert pace is not None
    assert (pace.wards_to_go_count, pace.days_left, pace.required_wards_per_month) == (13, None, None)
    assert required_pace(store, "E09000007", JANUARY) is None


@given(day=st.dates(date(2016, 7, 1), date(2026, 11, 1)))
def test_a_figure_on_a_day_is_the_newest_then_and_a_reported_one_before_an_approximate(store: Store, day: date) -> None:
    told = store.rows("SELECT * FROM published_figure_on($day)", day=day)
    held = store.rows(
        "SELECT * FROM current_published_figures WHERE kind NOT IN ('target', 'planned') "
        "AND as_at >= DATE '2016-07-21'",
    )
    held = [row | {"known_on": period_end(row["as_at"], row["as_at_precision"])} for row in held]
    held = [row for row in held if row["known_on"] <= day]
    preference = ["reported", "approximate", "restated", "derived"]
    newest: dict[tuple[str, str], dict[str, Any]] = {}
    for row in sorted(held, key=lambda row: (row["known_on"], -preference.index(row["kind"]))):
        place = (row["geography_code"], row["metric"])
        before = newest.get(place)
        same = before is not None and (before["known_on"], before["kind"]) == (row["known_on"], row["kind"])
        if before is None or not same or row["figure_id"] < before["figure_id"]:
            newest[place] = row
    assert {(row["geography_code"], row["metric"]): row["figure_id"] for row in told} == {
        place: row["figure_id"] for place, row in newest.items()
    }


@settings(max_examples=30)
@given(days=st.integers(0, 497))
def test_the_pace_needed_closes_the_gap_by_the_due_date(days: int) -> None:
    day = date(2016, 7, 21) + timedelta(days)
    pace = required_pace(_shared(), LONDON_CODE, day)
    assert pace is not None
    assert pace.days_left == (date(2017, 12, 31) - day).days
    assert pace.latest_on <= day
    reached = (pace.required_wards_per_month or 0) * pace.days_left / 30.4375
    assert reached == pytest.approx(pace.wards_to_go_count)


_stores: list[Store] = []


def _shared() -> Store:
    if not _stores:
        _stores.append(open_store(EMBEDDED_DATA))
    return _stores[0]


def test_london_on_4_january_2017(store: Store) -> None:
    known = progress(store, JANUARY)
    assert known.status is PromiseStatus.NOT_DUE
    assert known.counts["wards_count"] == 629
    assert known.figures["dwo_total"].value == 1024
    assert [point.half for point in known.points] == [Half.PCS, Half.PCS]
    counts = known.counts
    kinds = ("met_evidenced", "met_declared", "short", "partly_known", "not_published")
    assert sum(counts[f"wards_{kind}_count"] for kind in kinds) == 629


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2016, 7, 21), PromiseStatus.NOT_DUE),
        (date(2017, 12, 27), PromiseStatus.NOT_DUE),
        (date(2017, 12, 28), PromiseStatus.DECLARED_BUT_NOT_EVIDENCED),
        (date(2019, 6, 29), PromiseStatus.DECLARED_BUT_NOT_EVIDENCED),
        (date(2019, 6, 30), PromiseStatus.LAPSED),
        (date(2022, 2, 2), PromiseStatus.LAPSED),
    ],
)
def test_status_of_the_promise_by_day(store: Store, day: date, expected: PromiseStatus) -> None:
    assert promise_status(store, LONDON_CODE, day) is expected


def test_a_borough_without_any_point_is_not_rated(store: Store) -> None:
    assert promise_status(store, "E09000007", JANUARY) is None
    assert promise_status(store, TOWER_HAMLETS, date(2018, 1, 1)) is PromiseStatus.CANNOT_BE_RATED


def test_shares_of_june_2019_are_never_turned_into_wards(store: Store) -> None:
    points = {(p.as_at, p.half): p for p in progress_points(store, LONDON_CODE, date(2019, 6, 30))}
    pcs, pcsos = points[date(2019, 6, 1), Half.PCS], points[date(2019, 6, 1), Half.PCSOS]
    assert (pcs.wards_met_pct, pcsos.wards_met_pct) == (89, 92)
    assert pcs.wards_met_count is None and pcsos.wards_met_count is None
    assert pcs.wards_count == 632


def test_a_declaration_said_again_has_no_count(store: Store) -> None:
    points = progress_points(store, LONDON_CODE, date(2018, 11, 1))
    said = [point for point in points if point.known_as is KnownAs.DECLARED and point.half is Half.PCS]
    assert [(point.as_at, point.wards_met_count) for point in said] == [(DECLARED, 629), (date(2018, 11, 1), None)]
    assert [point.is_bare_statement for point in said] == [False, True]


def test_a_model_restated_is_no_declaration_and_has_no_share(store: Store) -> None:
    points = progress_points(store, LONDON_CODE, date(2022, 2, 28))
    restated = [point for point in points if point.known_as is KnownAs.RESTATED and point.half is Half.PCS]
    assert [(point.as_at, point.source_id) for point in restated] == [
        (date(2019, 1, 17), "mqt-2019-0123"),
        (date(2020, 7, 17), "westendextra-2020-07-17"),
        (date(2022, 2, 1), "met-foi-2022-02"),
    ]
    assert {(point.wards_met_count, point.wards_met_pct) for point in restated} == {(None, None)}
    decides = progress(store, date(2022, 2, 28)).newest_point
    assert decides is not None and decides.wards_met_pct == 89


def test_only_what_was_known_on_the_day_is_shown(store: Store) -> None:
    for day in (date(2016, 12, 31), JANUARY, date(2018, 6, 1)):
        assert all(point.as_at <= day for point in progress_points(store, LONDON_CODE, day))


def test_interim_target(store: Store) -> None:
    before = interim_target(store, date(2017, 1, 3))
    assert before is not None
    assert (before.target.value, before.reported) == (260, None)
    after = interim_target(store, JANUARY)
    assert after is not None and after.reported is not None
    assert (after.reported.value, after.reported.as_at, after.target.as_at) == (295, JANUARY, date(2016, 12, 25))


def test_vacant_posts_stand_beside_the_declaration(store: Store) -> None:
    figures = officer_figures(store, LONDON_CODE, date(2019, 12, 31))
    values = {(each.metric, each.as_at): (each.value, is_declared(store, each)) for each in figures}
    assert values["dwo_posts", date(2017, 12, 1)] == (1258, False)
    assert values["dwo_posts_vacant", date(2017, 12, 1)] == (21, False)
    assert values["wards_with_two_pcs", DECLARED] == (629, True)
    assert values["wards_with_two_pcs_percent", date(2019, 6, 1)] == (89, False)


def test_what_was_said_of_a_borough_has_its_pcsos_and_its_plans(store: Store) -> None:
    said = [(each.metric, each.value, each.kind) for each in officer_figures(store, HAVERING, date(2017, 1, 20))]
    assert ("dwo_total", 45, "reported") in said and ("pcso_total", 18, "reported") in said
    planned = [each.value for each in officer_figures(store, TOWER_HAMLETS, JANUARY) if each.kind == "planned"]
    assert planned == [10, 17, 20]
    assert officer_figures(store, "E09000003", JANUARY) == []


def test_an_unknown_borough_is_refused_with_a_reason(store: Store) -> None:
    with pytest.raises(UnknownPlaceError, match="No borough of London has the code E09000099"):
        progress(store, JANUARY, "E09000099")


def test_days_offered_are_newest_first_and_say_what_was_published(store: Store) -> None:
    days = progress_days(store)
    assert [day for day, _ in days] == sorted({day for day, _ in days}, reverse=True)
    assert (JANUARY, "London") in days
    assert min(day for day, _ in days) == date(2016, 7, 21)
    assert (date(2016, 9, 30), "this borough") in progress_days(store, TOWER_HAMLETS)


def test_the_figures_lead_with_the_weightiest_and_a_plan_is_named_as_one(store: Store) -> None:
    headlines = {
        (day, code): exhibit.headline
        for day, code in ((JANUARY, None), (DECLARED, None), (JANUARY, TOWER_HAMLETS))
        if (exhibit := figures_exhibit(store, day, code)) is not None
    }
    assert headlines == {
        (JANUARY, None): "About 260 new ward officers were promised by Christmas 2016. There were said to be 295 by "
        "4 January 2017.",
        (DECLARED, None): "About 260 new ward officers were promised by Christmas 2016. There were said to be 295 by "
        "4 January 2017.",
        (JANUARY, TOWER_HAMLETS): "We found four figures on ward officers in Tower Hamlets as a whole, three of them "
        "planned or promised.",
    }
    assert figures_exhibit(store, JANUARY, "E09000003") is None


def test_after_the_due_date_no_pace_is_shown(store: Store) -> None:
    assert pace_exhibit(store, date(2017, 12, 31)) is None  # announced as kept by then
    assert pace_exhibit(store, date(2017, 12, 31), TOWER_HAMLETS) is not None
    assert pace_exhibit(store, date(2018, 1, 1), TOWER_HAMLETS) is None


def test_a_projection_that_has_passed_was_not_seen_to_come_true(store: Store) -> None:
    passed = pace_exhibit(store, date(2017, 7, 1))
    assert passed is not None
    assert str(passed.table.rows[-1][2]).endswith("after 4 January 2017; nothing was published to show it")
    ahead = pace_exhibit(store, date(2017, 1, 4))
    assert ahead is not None
    assert str(ahead.table.rows[-1][2]).endswith("after 4 January 2017")


def test_a_strip_of_marks_is_of_tower_hamlets_wards() -> None:
    met = ward_mark(WardStatus.MET, None, False)
    strip = ward_strip("Tower Hamlets", "Wards", [("Bow East", met), ("Poplar", met)])
    assert strip.alt.startswith("One mark for each of Tower Hamlets' 2 wards, in the order of the table: Bow East ")
