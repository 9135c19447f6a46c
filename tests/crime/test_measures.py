"""Recorded crime by the definitions, on the embedded store."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from transparency.crime.queries import month_end
from transparency.store.store import Store

TODAY = date(2026, 11, 28)
WEST_END, ST_JAMESS, KENTISH_TOWN_SOUTH = "E05013808", "E05013806", "E05013664"
WARD = "SELECT * FROM ward_crime_on($day) WHERE ward_code = $ward_code"
LONDON = "SELECT * FROM london_crime_on($day)"


def one(store: Store, sql: str, **bound: object) -> dict[str, Any]:
    (row,) = store.rows(sql, **bound)
    return dict(row)


def test_london_in_the_year_to_february_2026(store_of_facts: Store) -> None:
    london = one(store_of_facts, LONDON, day=TODAY)
    assert london["year_ending"] == date(2026, 2, 28)
    assert (london["offences"], london["wards_count"]) == (891_299, 679)
    assert london["median_per_1000"] == pytest.approx(80.3, abs=0.05)
    assert london["lower_quartile_per_1000"] == pytest.approx(60.65, abs=0.05)
    assert london["upper_quartile_per_1000"] == pytest.approx(112.15, abs=0.05)


def test_the_100_wards_with_most_had_32_per_cent_in_the_year_of_the_promise(store_of_facts: Store) -> None:
    london = one(store_of_facts, LONDON, day=date(2017, 2, 28))
    assert (london["offences"], london["most_100_wards_percent"]) == (755_524, 32.3)


@pytest.mark.parametrize(("ward_code", "per_1000"), [(WEST_END, 2903.7), (ST_JAMESS, 1921.6)])
def test_the_centre_has_the_highest_rates_per_resident(store_of_facts: Store, ward_code: str, per_1000: float) -> None:
    ward = one(store_of_facts, WARD, day=TODAY, ward_code=ward_code)
    assert (round(ward["offences_per_1000"], 1), ward["quarter_of_wards"]) == (per_1000, 4)


def test_a_ward_with_its_changes(store_of_facts: Store) -> None:
    ward = one(store_of_facts, WARD, day=TODAY, ward_code=KENTISH_TOWN_SOUTH)
    assert (ward["offences"], ward["offences_year_before"], ward["offences_year_of_promise"]) == (1304, 1405, 1028)
    assert ward["borough_offences_per_1000"] == pytest.approx(188.6, abs=0.05)
    assert ward["london_median_per_1000"] == pytest.approx(80.3, abs=0.05)
    assert ward["change_on_year_before_percent"] == pytest.approx(-7.2, abs=0.05)
    assert ward["change_on_year_of_promise_percent"] == pytest.approx(26.8, abs=0.05)
    assert (ward["year_before_crosses_systems"], ward["year_of_promise_crosses_systems"]) == (False, True)


@pytest.mark.parametrize(
    ("day", "crosses", "change_crosses"),
    [
        (date(2024, 2, 29), False, False),
        (date(2024, 6, 30), True, True),
        (date(2025, 2, 28), False, True),
        (date(2025, 6, 30), False, True),
    ],
)
def test_the_joint_of_february_2024_is_marked(
    store_of_facts: Store, day: date, crosses: bool, change_crosses: bool
) -> None:
    ward = one(store_of_facts, WARD, day=day, ward_code=KENTISH_TOWN_SOUTH)
    assert (ward["crosses_systems"], ward["year_before_crosses_systems"]) == (crosses, change_crosses)


def test_a_past_day_has_the_twelve_months_ended_by_it_and_no_later_promise_year(store_of_facts: Store) -> None:
    ward = one(store_of_facts, WARD, day=date(2016, 12, 28), ward_code=KENTISH_TOWN_SOUTH)
    assert ward["year_ending"] == date(2016, 11, 30)
    assert ward["offences_year_of_promise"] is None


def test_the_newest_months_answer_until_twelve_more_have_ended(store_of_facts: Store) -> None:
    days = "SELECT crime_month_on(DATE '2027-02-27') AS shown, crime_month_on(DATE '2027-02-28') AS older"
    assert one(store_of_facts, days) == {"shown": date(2026, 2, 1), "older": None}


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2026, 2, 27), date(2026, 1, 1)),
        (date(2026, 2, 28), date(2026, 2, 1)),
        (date(2024, 2, 28), date(2024, 1, 1)),
        (date(2024, 2, 29), date(2024, 2, 1)),
        (date(2024, 12, 31), date(2024, 12, 1)),
    ],
)
def test_a_month_counts_from_its_last_day(store_of_facts: Store, day: date, month: date) -> None:
    assert one(store_of_facts, "SELECT month_ended_by($day) AS month", day=day) == {"month": month}
    assert month_end(day).replace(day=1) == month


def test_the_years_of_a_ward_end_with_the_month_asked_for(store_of_facts: Store) -> None:
    sql = (
        "SELECT year_ending, offences, crosses_systems FROM ward_crime_years_to(DATE '2024-06-01', 3) "
        "WHERE ward_code = $ward_code ORDER BY year_ending"
    )
    assert [tuple(row.values()) for row in store_of_facts.rows(sql, ward_code=WEST_END)] == [
        (date(2022, 6, 30), 24_810, False),
        (date(2023, 6, 30), 35_025, False),
        (date(2024, 6, 30), 38_456, True),
    ]


@pytest.mark.parametrize("day", [date(2011, 3, 30), date(2027, 3, 1)])
def test_without_twelve_months_or_a_year_after_them_there_is_no_row(store_of_facts: Store, day: date) -> None:
    assert not store_of_facts.rows(LONDON, day=day)


def test_the_newest_year_by_group_adds_up_to_the_months_of_every_ward(store_of_facts: Store) -> None:
    groups = "SELECT sum(offences) AS offences FROM ward_crime_group_on($day)"
    assert one(store_of_facts, groups, day=TODAY) == {"offences": 891_299}
    differing = """
    SELECT ward_code FROM ward_crime_group_on($day) AS part JOIN ward_crime_on($day) AS year USING (ward_code)
    GROUP BY ward_code, year.offences HAVING sum(part.offences) <> year.offences
    """
    assert not store_of_facts.rows(differing, day=TODAY)


def test_a_borough_is_the_sum_of_its_wards(store_of_facts: Store) -> None:
    sql = "SELECT * FROM borough_crime_on($day) WHERE borough_code = 'E09000027'"
    borough = one(store_of_facts, sql, day=TODAY)
    assert (borough["offences"], round(borough["offences_per_1000"], 1)) == (11_584, 59.3)
    assert (borough["wards_count"], borough["wards_in_highest_quarter_count"]) == (18, 0)
    both = "SELECT count(*) AS boroughs, sum(offences) AS offences FROM borough_crime_on($day)"
    assert one(store_of_facts, both, day=TODAY) == {"boroughs": 32, "offences": 891_299}
