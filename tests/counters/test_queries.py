"""What was open on a day, where, at what hours and how far: against values worked out by hand."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.small_city import build_small_city
from transparency.core.errors import UnknownPlaceError
from transparency.core.project import EMBEDDED_DATA
from transparency.core.vocabulary import BEFORE_CONSULTATION, Precision, SiteKind, SiteStatus, today
from transparency.counters.changes import counter_change, counter_closures, counter_openings, counter_plans
from transparency.counters.queries import (
    boroughs_without_counter,
    counter_distances,
    counter_totals,
    counters_near,
    distance_changes,
    published_totals,
    site_events,
    site_on,
    site_wards,
    sites_on,
    ward_access,
    ward_counter_distances,
    wards_nearest_to,
)
from transparency.counters.sentences import answer_sentence, half_within_sentence
from transparency.exhibits.shapes import shapes_on
from transparency.places.queries import find_ward
from transparency.publishing.publish import Submission, Terms, check
from transparency.store.database import open_store
from transparency.store.descriptors import dataset
from transparency.store.store import Store

KENTISH_TOWN = "E05000139"
PINNER = ("E05013555", 51.60174, -0.38828)
days = st.dates(date(2017, 1, 1), today())


@pytest.fixture(scope="module")
def store(store_of_facts: Store) -> Store:
    return store_of_facts


@pytest.fixture(scope="module")
def city(demonstration: Store) -> Store:
    return demonstration


def boroughs_sites(store: Store, day: date) -> list[dict[str, Any]]:
    return store.rows("SELECT * FROM borough_site_on($day) ORDER BY borough_name", day=day)


# Status on a day


@pytest.mark.parametrize(
    ("day", "open_count", "round_the_clock", "without_counter"),
    [
        (date(2017, 1, 1), 73, 20, 0),
        (date(2017, 7, 14), 73, 20, 0),
        (date(2017, 12, 31), 37, 32, 0),
        (date(2025, 7, 1), 37, 32, 0),
        (date(2026, 2, 27), 37, 32, 0),
        (date(2026, 2, 28), 27, 27, 5),
        (date(2026, 3, 3), 27, 2, 5),
    ],
)
def test_counters_open_on_the_days_with_a_published_total(
    store: Store, day: date, open_count: int, round_the_clock: int, without_counter: int
) -> None:
    totals = counter_totals(store, day)
    assert totals is not None
    assert totals.counters_open_count == open_count
    assert totals.counters_24_7_count == round_the_clock
    assert totals.boroughs_without_counter_count == without_counter


@pytest.mark.parametrize(
    ("day", "status", "hours", "decided"),
    [
        (date(2017, 1, 1), SiteStatus.OPEN, "Monday to Friday 10:00 to 18:00", None),
        (date(2017, 11, 30), SiteStatus.OPEN, "Monday to Friday 10:00 to 18:00", None),
        (date(2017, 12, 1), SiteStatus.NOT_KNOWN, "Monday to Friday 10:00 to 18:00", None),
        (date(2017, 12, 30), SiteStatus.NOT_KNOWN, "Monday to Friday 10:00 to 18:00", None),
        (date(2017, 12, 31), SiteStatus.NOT_OPEN, "Monday to Friday 10:00 to 18:00", None),
    ],
)
def test_within_the_month_of_a_closing_the_state_is_not_known(
    city: Store, day: date, status: SiteStatus, hours: str, decided: str | None
) -> None:
    gate = site_on(city, "north-gate", day)
    assert (gate.site_status, gate.opening_hours, gate.opening_hours_decided) == (status, hours, decided)


def test_a_counter_that_closed_within_the_month_leaves_the_count_between_two_numbers(city: Store) -> None:
    open_counts = []
    for day in (date(2017, 11, 30), date(2017, 12, 15), date(2017, 12, 31)):
        totals = counter_totals(city, day)
        assert totals is not None
        open_counts.append((totals.counters_open_count, totals.counters_open_at_most_count))
    assert open_counts == [(2, 2), (1, 2), (1, 1)]
    ward = next(row for row in ward_counter_distances(city, date(2017, 12, 15)) if row["ward_code"] == "E05900011")
    assert (ward["counter_site_name"], ward["is_another_possibly_nearer"]) == ("South Quay", True)


@pytest.mark.parametrize(
    ("day", "at_least", "at_most"),
    [
        (date(2017, 11, 30), 73, 73),
        # 27 closures are known only to December, and a 28th followed by an opening in the same borough.
        (date(2017, 12, 28), 37, 64),
        (date(2017, 12, 31), 37, 37),
        # The opening of Royalty Studios and the closing of Marlowe House are known to the year at best.
        (date(2019, 6, 1), 37, 38),
        (date(2020, 6, 1), 38, 38),
        (date(2025, 7, 1), 37, 38),
        # Holloway stood in for Islington in a month, on a day not known.
        (date(2020, 9, 15), 38, 38),
    ],
)
def test_open_counters_where_only_the_month_or_year_is_known(
    store: Store, day: date, at_least: int, at_most: int
) -> None:
    totals = counter_totals(store, day)
    assert totals is not None
    assert (totals.counters_open_count, totals.counters_open_at_most_count) == (at_least, at_most)


def test_nobody_is_sent_to_a_counter_that_was_probably_shut(store: Store) -> None:
    holborn = find_ward(store, "E05000138")
    access = ward_access(store, holborn, date(2017, 12, 28))
    assert access.nearest is not None and access.nearest.site_id == "charing-cross"
    assert access.counters_possibly_nearer == ("Holborn",)


def test_counters_before_opened_and_closed_add_up_to_those_open(store: Store) -> None:
    before = {row["borough_code"]: row["counters_open_count"] for row in boroughs_sites(store, BEFORE_CONSULTATION)}
    rows = {row["borough_name"]: row for row in boroughs_sites(store, date(2026, 3, 3))}
    told = {
        name: (before[row["borough_code"]], row["counters_opened_count"], row["counters_closed_count"])
        for name, row in rows.items()
    }
    assert told["Hammersmith and Fulham"] == (2, 1, 2)
    assert told["Westminster"] == (4, 1, 4)
    assert told["Kensington and Chelsea"] == (2, 1, 3)
    for name, (then, opened, closed) in told.items():
        assert then + opened - closed == rows[name]["counters_open_count"], name


def test_decided_hours_are_not_in_force_before_the_end_of_2017(city: Store) -> None:
    before, after = (site_on(city, "south-quay", date(2017, 12, on)) for on in (30, 31))
    assert (before.opening_hours, before.opening_hours_decided, before.is_24_7) == ("08:00 to 20:00", "24/7", False)
    assert (after.opening_hours, after.opening_hours_decided, after.is_24_7) == ("24/7", None, True)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2018, 5, 14), SiteStatus.NOT_KNOWN),
        (date(2018, 5, 15), SiteStatus.OPEN),
        (date(2020, 5, 15), SiteStatus.OPEN),
        (date(2020, 5, 16), SiteStatus.NOT_KNOWN),
    ],
)
def test_a_hub_is_in_use_for_two_years_after_the_last_word_of_it(city: Store, day: date, status: SiteStatus) -> None:
    assert site_on(city, "marsh-hub", day).site_status is status


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2018, 5, 31), SiteStatus.NOT_OPEN),
        (date(2018, 6, 1), SiteStatus.NOT_OPEN),
        (date(2018, 9, 1), SiteStatus.OPEN),
        (date(2026, 1, 1), SiteStatus.OPEN),
    ],
)
def test_a_new_counter_is_not_open_until_it_opens_and_then_until_it_closes(
    city: Store, day: date, status: SiteStatus
) -> None:
    lock = site_on(city, "lock-counter", day)
    assert lock.site_status is status
    assert lock.is_24_7 is None


def test_a_proposal_to_close_leaves_a_base_in_use_for_one_year(store: Store) -> None:
    states = [site_on(store, "haggerston-road-base", day).site_status for day in (date(2018, 7, 14), date(2018, 7, 15))]
    assert states == [SiteStatus.OPEN, SiteStatus.NOT_KNOWN]


@pytest.mark.parametrize(
    ("site_id", "day", "status"),
    [
        ("wimbledon", date(2018, 1, 1), SiteStatus.OPEN),
        ("lavender-hill", date(2018, 12, 31), SiteStatus.OPEN),
        ("lavender-hill", date(2026, 3, 3), SiteStatus.OPEN),
        ("mitcham", date(2026, 2, 28), SiteStatus.NOT_OPEN),
        ("wood-green", date(2026, 3, 3), SiteStatus.NOT_OPEN),
    ],
)
def test_a_decision_or_proposal_is_not_an_outcome(store: Store, site_id: str, day: date, status: SiteStatus) -> None:
    assert site_on(store, site_id, day).site_status is status


def test_before_the_list_begins_no_site_is_known_and_only_totals_are(store: Store) -> None:
    day = date(2016, 12, 31)
    assert {site.site_status for site in sites_on(store, day)} == {SiteStatus.NOT_KNOWN}
    assert counter_totals(store, day) is None
    assert counter_distances(store, day) == []
    assert ward_access(store, find_ward(store, KENTISH_TOWN), day).is_before_list
    totals = [total.value for total in published_totals(store, day) if total.metric == "front_counters_open"]
    assert totals == [73, 140, 136]
    assert all(row["counters_open_count"] is None for row in boroughs_sites(store, day))


@settings(max_examples=40)
@given(day=days)
def test_every_counter_has_one_state_on_every_day_and_the_boroughs_add_up(store: Store, day: date) -> None:
    counters = [site for site in sites_on(store, day) if site.site_kind is SiteKind.FRONT_COUNTER]
    totals = counter_totals(store, day)
    assert totals is not None
    assert len(counters) == 76
    certain = sum(site.site_status is SiteStatus.OPEN for site in counters)
    possible = sum(site.undated_event is not None for site in counters)
    assert certain <= totals.counters_open_count <= totals.counters_open_at_most_count <= certain + possible
    assert (
        totals.boroughs_with_24_7_count + totals.boroughs_without_24_7_count + totals.boroughs_24_7_not_known_count
        == totals.boroughs_count
        == 32
    )


def test_a_borough_whose_open_counters_hours_are_not_published_is_never_said_to_have_none(store: Store) -> None:
    rows = {row["borough_name"]: row["has_24_7"] for row in boroughs_sites(store, date(2017, 7, 1))}
    assert rows["Hillingdon"] == "not_known"
    assert rows["Camden"] == "yes"
    assert set(rows.values()) == {"yes", "not_known"}
    later = [row["has_24_7"] for row in boroughs_sites(store, date(2026, 3, 3))]
    assert (later.count("yes"), later.count("no")) == (2, 30)


def test_hubs_in_use_were_published_for_two_boroughs_at_the_end_of_2017(store: Store) -> None:
    rows = {row["borough_name"]: row["hubs_count"] for row in boroughs_sites(store, date(2017, 12, 31))}
    assert {name: count for name, count in rows.items() if count} == {"Brent": 4, "Greenwich": 1}
    totals = counter_totals(store, date(2017, 12, 31))
    assert totals is not None
    assert totals.boroughs_with_hub == ("Brent", "Greenwich")


@pytest.mark.parametrize(
    ("day", "boroughs"),
    [
        (date(2025, 7, 14), ("Redbridge",)),
        (date(2025, 7, 15), ("Greenwich", "Redbridge")),
        (date(2025, 12, 18), ("Greenwich", "Redbridge", "Westminster")),
    ],
)
def test_hubs_are_known_from_the_day_they_opened_or_were_named(
    store: Store, day: date, boroughs: tuple[str, ...]
) -> None:
    totals = counter_totals(store, day)
    assert totals is not None
    assert totals.boroughs_with_hub == boroughs


@pytest.mark.parametrize(
    ("day", "inferred"), [(date(2017, 12, 31), 15), (date(2024, 6, 1), 16), (date(2026, 2, 28), 12)]
)
def test_boroughs_whose_round_the_clock_hours_are_inferred(store: Store, day: date, inferred: int) -> None:
    promise = store.rows("SELECT * FROM counter_promise_status_on($day)", day=day)[0]
    assert promise["boroughs_with_24_7_count"] - promise["boroughs_evidenced_count"] == inferred


def test_the_hours_of_brixton_and_holborn_in_2017(store: Store) -> None:
    on = date(2017, 10, 1)
    assert site_on(store, "brixton", on).opening_hours == "24/7"
    assert site_on(store, "brixton", BEFORE_CONSULTATION).opening_hours == "24/7"
    assert site_on(store, "holborn", on).opening_hours == "Mon-Fri 08:00-20:00; Sat 10:00-18:00"


# One site


def test_royalty_studios_opening_rests_on_what_residents_said_in_2021(store: Store) -> None:
    opened = next(row for row in site_events(store, "royalty-studios", date(2026, 11, 28)) if row["event"] == "opened")
    assert (opened["evidence"], opened["publisher"]) == ("inferred", "Norland Community Noticeboard")
    assert opened["note"].startswith("Open by March 2021; said then to have been there since the fire of June 2017;")


def test_a_sites_history_is_dated_sourced_and_ends_on_the_day(store: Store) -> None:
    events = site_events(store, "wimbledon", date(2018, 7, 20))
    assert [(row["event_on"], row["event"]) for row in events] == [
        (date(2017, 1, 1), "open"),
        (date(2017, 7, 14), "proposed_close"),
        (date(2017, 11, 1), "decided_close"),
        (date(2018, 7, 20), "closure_quashed"),
    ]
    assert all(row["publisher"] and row["evidence"] for row in events)


def test_an_unknown_site_is_said_to_be_unknown(store: Store) -> None:
    with pytest.raises(UnknownPlaceError, match="'atlantis' is not a site of our list"):
        site_on(store, "atlantis", date(2018, 1, 1))


def test_a_site_lies_in_a_ward_and_may_serve_others(store: Store) -> None:
    told = {(row["ward_name"], row["relation"]) for row in site_wards(store, "catford-hill-base")}
    assert ("Perry Vale", "serves") in told


# Closures and plans


def test_ten_counters_closed_in_2026_and_a_counter_closed_twice_has_two_rows(store: Store) -> None:
    closures = counter_closures(store, today())
    assert sum(row["closed_on"] == date(2026, 2, 28) for row in closures) == 10
    assert [row["reopened_precision"] for row in closures if row["site_id"] == "holloway"] == [None, "month"]
    holloway = [(row["closed_on"], row["reopened_on"]) for row in closures if row["site_id"] == "holloway"]
    assert holloway == [(date(2020, 11, 1), None), (date(2017, 12, 1), date(2020, 9, 1))]


def test_draft_decision_and_outcome_stay_three_things(store: Store) -> None:
    plans = {
        row["site_id"]: (row["draft"], row["decision"], row["site_status"])
        for row in counter_plans(store, date(2018, 7, 31))
    }
    assert plans["dagenham"] == ("proposed_close", "decided_keep", "open")
    assert plans["bexleyheath"] == ("proposed_close", "decided_keep", "open")
    assert plans["wimbledon"] == ("proposed_close", "decided_close", "open")
    assert plans["lavender-hill"] == ("proposed_close", "decided_keep", "open")
    assert plans["mitcham"] == (None, "decided_keep", "open")
    assert "kentish-town" not in plans


# Distances


def haversine_m(lat_1: float, lon_1: float, lat_2: float, lon_2: float) -> float:
    half = (
        sin(radians(lat_2 - lat_1) / 2) ** 2
        + cos(radians(lat_1)) * cos(radians(lat_2)) * sin(radians(lon_2 - lon_1) / 2) ** 2
    )
    return 2 * 6_371_008.8 * asin(sqrt(half))


@pytest.mark.parametrize(
    # Vincenty's inverse formula on the WGS84 ellipsoid, between ward centre and counter.
    ("ward_code", "site_name", "ellipsoid_m"),
    [
        ("E05013555", "Wembley", 7997.1),
        ("E05013568", "Hayes", 9875.4),
        ("E05013996", "Bromley", 8786.7),
        ("E05013549", "Wembley", 7951.5),
    ],
)
def test_distances_agree_with_the_ellipsoid_to_half_a_per_cent(
    store: Store, ward_code: str, site_name: str, ellipsoid_m: float
) -> None:
    row = next(row for row in ward_counter_distances(store, date(2026, 3, 3)) if row["ward_code"] == ward_code)
    assert row["counter_site_name"] == site_name
    assert row["counter_distance_m"] == pytest.approx(ellipsoid_m, rel=0.005)


@settings(max_examples=40)
@given(day=days)
def test_the_nearest_counter_is_open_placed_and_nearer_than_every_other(store: Store, day: date) -> None:
    code, lat, lon = PINNER
    access = ward_access(store, find_ward(store, code), day)
    distances = {
        site.site_id: haversine_m(lat, lon, site.lat, site.lon)
        for site in sites_on(store, day)
        if site.site_kind is SiteKind.FRONT_COUNTER
        and site.site_status is SiteStatus.OPEN
        and site.location_precision == "postcode"
        and site.lat is not None
        and site.lon is not None
    }
    assert access.nearest is not None
    assert access.nearest.site_id == min(distances, key=distances.__getitem__)
    assert access.nearest.distance_m == pytest.approx(min(distances.values()), abs=0.01)


def placed_counters(store: Store, day: date) -> list[dict[str, Any]]:
    """The counters open on a day whose place is known, with whether they are open 24 hours."""
    return store.rows(
        """
        SELECT lat, lon, coalesce(is_24_7, false) AS is_24_7
        FROM site_status_on($day)
        WHERE site_kind = 'front_counter' AND site_status = 'open' AND location_precision = 'postcode'
        """,
        day=day,
    )


def centres(store: Store, day: date) -> dict[str, tuple[float, float]]:
    """Latitude and longitude of the centre of each ward in force on a day, where it is known."""
    wards = store.rows("SELECT ward_code, lat, lon FROM ward_on($day) WHERE lat IS NOT NULL", day=day)
    return {ward["ward_code"]: (ward["lat"], ward["lon"]) for ward in wards}


def nearest_m(centre: tuple[float, float], counters: list[dict[str, Any]]) -> float | None:
    """Metres from a ward's centre to the nearest of some counters; None where there are none."""
    return min((haversine_m(*centre, counter["lat"], counter["lon"]) for counter in counters), default=None)


@settings(max_examples=10)
@given(day=days)
@example(day=date(2018, 5, 2))
@example(day=date(2018, 5, 3))
@example(day=date(2026, 3, 3))
def test_every_wards_distance_is_that_to_the_nearest_open_and_placed_counter(store: Store, day: date) -> None:
    counters = placed_counters(store, day)
    all_day = [counter for counter in counters if counter["is_24_7"]]
    wards = centres(store, day)
    distances = store.rows("SELECT * FROM ward_counter_distance_on($day)", day=day)
    assert {row["ward_code"] for row in distances} == set(wards)
    for row in distances:
        centre = wards[row["ward_code"]]
        assert row["counter_distance_m"] == pytest.approx(nearest_m(centre, counters), abs=0.01)
        assert row["counter_24_7_distance_m"] == pytest.approx(nearest_m(centre, all_day), abs=0.01)


@settings(max_examples=10)
@given(earlier=days, later=days)
@example(earlier=date(2017, 7, 13), later=date(2018, 5, 3))
@example(earlier=date(2017, 7, 13), later=date(2026, 3, 3))
def test_both_distances_of_a_change_are_measured_from_the_ward_of_the_later_day(
    store: Store, earlier: date, later: date
) -> None:
    earlier, later = sorted((earlier, later))
    counters_then, counters = placed_counters(store, earlier), placed_counters(store, later)
    wards = centres(store, later)
    changes = store.rows("SELECT * FROM ward_counter_distance_change($earlier, $day)", earlier=earlier, day=later)
    assert {row["ward_code"] for row in changes} == set(wards)
    for row in changes:
        centre = wards[row["ward_code"]]
        assert row["earlier_distance_m"] == pytest.approx(nearest_m(centre, counters_then), abs=0.01)
        assert row["counter_distance_m"] == pytest.approx(nearest_m(centre, counters), abs=0.01)
        assert row["counter_distance_change_m"] == row["counter_distance_m"] - row["earlier_distance_m"]


def test_access_of_a_ward_on_a_day(store: Store) -> None:
    access = ward_access(store, find_ward(store, KENTISH_TOWN), date(2018, 1, 1))
    assert access.nearest is not None and access.nearest.site_id == "kentish-town"
    assert access.nearest.distance_m == pytest.approx(243, abs=1)
    assert access.nearest.is_24_7
    assert [(site.site_name, site.closed_on, site.closed_precision) for site in access.closed_nearby] == [
        ("Holloway", date(2017, 12, 1), Precision.MONTH)
    ]
    assert access.counters_possibly_nearer == ()


def test_an_open_counter_of_unknown_place_is_named_and_never_measured(store: Store) -> None:
    penge = find_ward(store, "E05000123")
    access = ward_access(store, penge, date(2017, 7, 1))
    assert access.nearest is not None and access.nearest.site_name == "Bromley"
    assert access.counters_possibly_nearer == ("Catford", "Copperfield House, Penge", "Streatham")
    row = next(row for row in ward_counter_distances(store, date(2017, 7, 1)) if row["ward_code"] == penge.ward_code)
    assert row["is_another_possibly_nearer"]


def test_a_counter_that_cannot_be_nearer_is_not_said_to_be(store: Store) -> None:
    limehouse = find_ward(store, "E05009326")
    access = ward_access(store, limehouse, date(2017, 7, 1))
    assert access.nearest is not None and access.nearest.distance_m == pytest.approx(514, abs=5)
    assert access.counters_possibly_nearer == ()
    unclear = [row for row in ward_counter_distances(store, date(2017, 7, 1)) if row["is_another_possibly_nearer"]]
    assert len(unclear) == 126


def test_a_counter_of_unknown_place_is_within_a_kilometre_of_the_ward_it_is_said_to_lie_in(store: Store) -> None:
    """Royalty Studios, Notting Dale: nowhere near Chelsea or the West End, somewhere near Notting Dale."""
    rows = {row["ward_code"]: row for row in ward_counter_distances(store, date(2024, 6, 1))}
    named = store.rows("SELECT * FROM ward_counter_distance_on(DATE '2024-06-01')")
    possibly = {row["ward_name"]: row["counters_possibly_nearer"] for row in named}
    assert possibly["Notting Dale"] == ["Royalty Studios (counter near Grenfell Tower)"]
    assert possibly["Camden Town"] == possibly["Chelsea Riverside"] == possibly["West End"] == []
    assert sum(row["is_another_possibly_nearer"] for row in rows.values()) == 29


def test_a_closed_counter_known_to_its_street_is_among_those_nearby(store: Store) -> None:
    ward = find_ward(store, "E05009331")
    access = ward_access(store, ward, date(2026, 11, 28))
    near = {site.site_name: (site.location_precision, site.distance_m) for site in access.closed_nearby}
    assert set(near) == {"Shoreditch", "Limehouse", "Brick Lane"}
    precision, about_m = near["Brick Lane"]
    assert precision == "street" and about_m is not None and round(about_m, -2) == 1800


@pytest.mark.parametrize(
    ("ward_code", "named"),
    [
        ("E05013555", ["Pinner police station (contact point)"]),  # by its postcode, HA5 3EJ
        ("E05014103", ["Gipsy Hill", "Gipsy Hill police station (base)"]),  # SE19 1DT, within 25 m of the line
        ("E05011467", ["Gipsy Hill", "Gipsy Hill police station (base)"]),
        ("E05013664", []),
    ],
)
def test_a_ward_of_today_names_the_sites_whose_postcode_is_in_it(
    store: Store, ward_code: str, named: list[str]
) -> None:
    access = ward_access(store, find_ward(store, ward_code), date(2026, 11, 28))
    assert sorted(site.site_name for site in access.sites_of_ward) == named


def test_a_ward_without_a_known_centre_has_no_distance() -> None:
    with closing(open_store(EMBEDDED_DATA, run_checks=False)) as store:
        store.connection.execute("UPDATE ward SET lat = NULL, lon = NULL WHERE ward_code = 'E05011217'")
        access = ward_access(store, find_ward(store, "E05011217"), date(2019, 1, 1))
    assert access.nearest is None
    assert access.closed_nearby == ()


def test_the_distance_of_a_ward_is_never_to_a_street_position(city: Store) -> None:
    row = next(row for row in ward_counter_distances(city, date(2018, 12, 1)) if row["ward_code"] == "E05900031")
    assert row["counter_site_name"] == "South Quay"
    assert row["is_another_possibly_nearer"]


def test_grew_most_leaves_out_wards_that_cannot_be_compared(store: Store) -> None:
    changes = distance_changes(store, BEFORE_CONSULTATION, date(2026, 3, 3), limit=1000)
    comparable = [row for row in changes if row["is_comparable"]]
    assert len(changes) == 679
    assert len(comparable) == 536
    most = comparable[0]
    assert (most["wards_count"], most["comparable_count"]) == (679, 536)
    assert distance_changes(store, BEFORE_CONSULTATION, date(2026, 3, 3), limit=10) == changes[:10]
    assert (most["ward_name"], most["borough_name"], most["earlier_site_name"]) == ("Pinner", "Harrow", "Pinner")
    assert most["counter_distance_change_m"] == pytest.approx(7408, abs=1)
    assert changes[: len(comparable)] == comparable
    grown = {row["ward_name"]: round(row["counter_distance_change_m"] / 1000, 1) for row in comparable[:12]}
    assert grown["Wimbledon Town & Dundonald"] == 5.6
    assert (grown["Hillside"], grown["Abbey"], grown["Figge's Marsh"]) == (5.4, 4.9, 4.6)


def test_london_and_borough_summaries(store: Store) -> None:
    london, *boroughs = counter_distances(store, date(2026, 3, 3))
    assert london["geography_name"] == "London"
    assert london["wards_count"] == 679 == sum(row["wards_count"] for row in boroughs)
    assert london["counter_distance_m"] == pytest.approx(2739, abs=1)
    assert (london["wards_within_2_km_count"], london["wards_within_5_km_count"]) == (218, 604)
    assert london["wards_possibly_nearer_count"] == 0
    before = counter_distances(store, date(2017, 7, 13))[0]
    assert before["counter_distance_m"] == pytest.approx(1800, abs=1)
    assert before["wards_possibly_nearer_count"] == 126


# Bad input


def publish_events(tmp_path: Path, *rows: str) -> list[str]:
    """What a check says of these site events, published over the small city."""
    root = build_small_city(tmp_path / "store")
    path = tmp_path / "site_events.csv"
    header = "site_id,event_on,date_precision,event,opening_hours,evidence,note,source_id"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    outcome = check(root, [Submission(dataset("site_events"), path)], Terms("2025-12-31", reason="A better source"))
    return [str(finding) for finding in outcome.findings]


def test_an_event_for_an_unknown_site_is_refused(tmp_path: Path) -> None:
    findings = publish_events(tmp_path, "atlantis,2018-01-01,day,opened,,police,,police")
    assert any("atlantis" in text and "the site is not in the dataset sites" in text for text in findings)
    assert not any("warning" in text for text in findings if "atlantis" in text)


def test_two_contradictory_events_on_one_day_are_found_with_both_sources(tmp_path: Path) -> None:
    findings = publish_events(
        tmp_path,
        "north-gate,2018-01-01,day,open,,police,,police",
        "north-gate,2018-01-01,day,closed,,press,,gazette",
    )
    told = "north-gate is open on 1 January 2018 according to police and closed according to gazette"
    assert any("warning" in text and told in text for text in findings)


def test_two_events_of_one_day_that_agree_are_no_finding(tmp_path: Path) -> None:
    findings = publish_events(
        tmp_path,
        "north-gate,2018-01-01,day,open,,police,,police",
        "north-gate,2018-01-01,day,decided_close,,press,,gazette",
    )
    assert not any("according to" in text for text in findings)


# Shapes


@pytest.mark.parametrize(("day", "vintage", "wards"), [(date(2022, 5, 4), 2014, 629), (date(2022, 5, 5), 2022, 679)])
def test_the_shapes_are_those_of_the_wards_of_the_day(store: Store, day: date, vintage: int, wards: int) -> None:
    shapes = shapes_on(store, day)
    assert (shapes.vintage, len(shapes.wards), len(shapes.outlines)) == (vintage, wards, 33)
    assert shapes.is_schematic
    assert [outline.borough_code for outline in shapes.outlines if not outline.is_covered] == ["E09000001"]


def test_precision_of_the_last_word_is_kept(store: Store) -> None:
    assert site_on(store, "holloway", date(2018, 1, 1)).last_event_precision is Precision.MONTH


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (
            date(2019, 6, 30),
            "London had 37 or 38 police counters, down from 73 in July 2017. Open 24 hours: 17 reported, 15 promised.",
        ),
        (
            date(2026, 3, 3),
            "London had 27 police counters, down from 73 in July 2017. Two were open 24 hours.",
        ),
    ],
)
def test_a_counter_open_24_hours_by_the_promise_alone_is_not_said_to_be(store: Store, day: date, said: str) -> None:
    totals = counter_totals(store, day)
    assert totals is not None
    assert answer_sentence(totals, 73, is_today=False) == said


def test_what_closed_and_what_opened_add_up_to_what_is_open(store: Store) -> None:
    change = counter_change(store, date(2026, 11, 28))
    assert change is not None
    assert (change.counters_before_count, change.closures_count, change.openings_count) == (73, 54, 8)
    assert (change.counters_open_count, change.adds_up) == (27, True)
    opened = [row["site_id"] for row in counter_openings(store, date(2026, 11, 28))]
    assert opened == [
        "stratford", "colindale", "barnet", "islington", "holloway", "hammersmith", "royalty-studios", "church-street",
    ]  # fmt: skip
    within = counter_change(store, date(2017, 12, 28))
    assert within is not None and not within.adds_up
    assert counter_change(store, BEFORE_CONSULTATION) is None


def test_the_wards_of_which_a_counter_is_the_nearest(store: Store) -> None:
    wards = wards_nearest_to(store, "kentish-town", date(2026, 3, 3))
    assert len(wards) == 31
    assert [round(wards[place]["counter_distance_m"]) for place in (0, -1)] == [353, 4705]
    assert wards_nearest_to(store, "holborn", date(2026, 3, 3)) == []


def test_the_counters_nearest_to_one_leave_it_out_and_a_place_not_known_has_none(store: Store) -> None:
    day = date(2026, 3, 3)
    near = counters_near(store, site_on(store, "kentish-town", day), day)
    assert [(site.site_id, round(site.distance_m or 0, -2)) for site in near] == [
        ("islington", 2800), ("charing-cross", 4600), ("stoke-newington", 4700),
    ]  # fmt: skip
    assert counters_near(store, site_on(store, "royalty-studios", day), day) == ()


def test_boroughs_without_a_counter_are_named_once_it_is_certain(store: Store) -> None:
    assert boroughs_without_counter(store, date(2026, 3, 3)) == [
        "Harrow", "Kensington and Chelsea", "Merton", "Richmond upon Thames", "Waltham Forest",
    ]  # fmt: skip
    assert boroughs_without_counter(store, date(2017, 12, 28)) == []


def test_half_of_londons_wards_are_farther_than_before(store: Store) -> None:
    before, now = (counter_distances(store, day)[0] for day in (BEFORE_CONSULTATION, date(2026, 3, 3)))
    assert half_within_sentence(now, before) == (
        "Half of London's wards have a counter within 2.7 km. In July 2017 it was 1.8 km."
    )
    assert (now["wards_over_5_km_count"], now["wards_over_5_km_of_24_7_count"]) == (75, 565)
