"""Recorded time elsewhere and officers per ward by the definitions, on the embedded store and on the small city."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests import small_city
from transparency.core.vocabulary import LONDON_CODE
from transparency.store.checking import findings_in
from transparency.store.database import open_store
from transparency.store.store import Store

KINGSTON, TOWER_HAMLETS, CAMDEN, ISLINGTON = "E09000021", "E09000030", "E09000007", "E09000019"
YEARS = "SELECT * FROM elsewhere_year WHERE geography_code = $code ORDER BY year"
MONTHS = "SELECT * FROM elsewhere_month WHERE geography_code = $code ORDER BY month"
OFFICERS = "SELECT * FROM officers_per_ward WHERE geography_code = $code"


@pytest.mark.parametrize(
    ("year", "percent"), [(2019, 11.3), (2020, 11.2), (2021, 10.9), (2022, 18.5), (2023, 16.9), (2024, 19.5)]
)
def test_londons_share_elsewhere_in_a_year(store_of_facts: Store, year: int, percent: float) -> None:
    by_year = {row["year"]: row["elsewhere_percent"] for row in store_of_facts.rows(YEARS, code=LONDON_CODE)}
    assert by_year[year] == percent


def test_a_year_says_how_many_months_and_boroughs_it_is_of(store_of_facts: Store) -> None:
    counted = {
        row["year"]: (row["months_count"], row["months_incomplete_count"], row["boroughs_least_count"])
        for row in store_of_facts.rows(YEARS, code=LONDON_CODE)
    }
    assert counted[2018] == (8, 0, 9)
    assert counted[2019] == (12, 0, 26)
    assert counted[2020] == (12, 1, 32)
    assert counted[2024] == (3, 0, 32)


def test_boroughs_join_until_february_2019(store_of_facts: Store) -> None:
    months = store_of_facts.rows(MONTHS, code=LONDON_CODE)
    assert [row["boroughs_count"] for row in months[:10]] == [9, 12, 12, 12, 12, 16, 22, 22, 26, 32]
    assert {row["boroughs_count"] for row in months[9:]} == {32}


def test_march_2020_alone_is_incomplete(store_of_facts: Store) -> None:
    months = store_of_facts.rows(MONTHS, code=LONDON_CODE)
    assert [row["month"] for row in months if not row["is_complete"]] == [date(2020, 3, 1)]


def test_the_highest_months_were_october_and_november_2022(store_of_facts: Store) -> None:
    by_share = sorted(store_of_facts.rows(MONTHS, code=LONDON_CODE), key=lambda row: -row["elsewhere_percent"])
    assert [(row["month"], row["elsewhere_percent"]) for row in by_share[:3]] == [
        (date(2022, 11, 1), 27.5),
        (date(2022, 10, 1), 27.4),
        (date(2022, 9, 1), 26.1),
    ]


@pytest.mark.parametrize(("year", "percent"), [(2019, 4.4), (2024, 13.1)])
def test_training_grew(store_of_facts: Store, year: int, percent: float) -> None:
    sql = """
    SELECT recorded_percent, last_month FROM elsewhere_type_year
    WHERE geography_code = $code AND year = $year AND activity_type = 'training'
    """
    (row,) = store_of_facts.rows(sql, code=LONDON_CODE, year=year)
    assert row["recorded_percent"] == percent


def test_southwark_had_least_and_hackney_most_in_2023(store_of_facts: Store) -> None:
    sql = """
    SELECT borough_name, elsewhere_percent FROM elsewhere_year JOIN boroughs ON borough_code = geography_code
    WHERE year = 2023 ORDER BY elsewhere_percent
    """
    rows = [(row["borough_name"], row["elsewhere_percent"]) for row in store_of_facts.rows(sql)]
    assert (rows[0], rows[-1], len(rows)) == (("Southwark", 9.4), ("Hackney", 24.3), 32)


def test_officers_of_the_boroughs_with_a_value_and_their_wards(store_of_facts: Store) -> None:
    (london,) = store_of_facts.rows(OFFICERS, code=LONDON_CODE)
    assert (london["boroughs_count"], london["wards_count"]) == (30, 642)
    assert (round(london["fte_mean"]), london["fte_per_ward"]) == (2628, 4.1)


@pytest.mark.parametrize(("code", "per_ward"), [(KINGSTON, 3.0), (TOWER_HAMLETS, 5.6)])
def test_the_boroughs_with_fewest_and_most_officers_per_ward(store_of_facts: Store, code: str, per_ward: float) -> None:
    known = [row["fte_per_ward"] for row in store_of_facts.rows("FROM officers_per_ward") if row["fte_per_ward"]]
    (borough,) = store_of_facts.rows(OFFICERS, code=code)
    assert borough["fte_per_ward"] == per_ward
    assert min(known) == 3.0
    assert max(known) == 5.6


@pytest.mark.parametrize(
    ("code", "set_aside", "reason"),
    [(CAMDEN, None, "no strengths in the workbook"), (ISLINGTON, 12.17, "not credible")],
)
def test_two_boroughs_have_a_reason_in_place_of_a_value(
    store_of_facts: Store, code: str, set_aside: float | None, reason: str
) -> None:
    (borough,) = store_of_facts.rows(OFFICERS, code=code)
    assert (borough["fte_mean"], borough["fte_per_ward"], borough["set_aside_fte"]) == (None, None, set_aside)
    assert borough["blank_because"].startswith(reason)


# ---------------------------------------------------------------- on the small city

TIME = """\
borough_code,month,activity_type,minutes,is_complete,source_id
E09000091,2019-01-01,not_abstracted,5400,true,police
E09000091,2019-01-01,aid,600,true,police
E09000091,2019-02-01,not_abstracted,480,{february},police
E09000091,2019-02-01,aid,120,{february},police
E09000091,2019-03-01,not_abstracted,4800,true,police
E09000091,2019-03-01,training,1200,true,police
E09000092,2019-03-01,not_abstracted,6000,true,{other}
"""
STRENGTH = """\
borough_code,month_from,month_to,fte_mean,value_set_aside,note,source_id
E09000091,2025-08-01,2026-07-31,9,,,police
E09000092,2025-08-01,2026-07-31,5,,,police
E09000093,2025-08-01,2026-07-31,{strength},police
"""


def city_of(root: Path, patch: pytest.MonkeyPatch, **written: str) -> Store:
    written = {"february": "false", "other": "police", "strength": ",1,not credible"} | written
    patch.setitem(small_city.REGISTERS, "abstraction_borough", TIME.format(**written))
    patch.setitem(small_city.REGISTERS, "dwo_fte_borough", STRENGTH.format(**written))
    return open_store(small_city.build_small_city(root / "city", is_demonstration=False), run_checks=False)


def test_a_month_is_of_the_boroughs_in_it_and_a_year_of_its_complete_months(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    city = city_of(tmp_path, monkeypatch)
    months = [
        (row["boroughs_count"], row["is_complete"], row["recorded_hours"], row["elsewhere_percent"])
        for row in city.rows(MONTHS, code=LONDON_CODE)
    ]
    assert months == [(1, True, 100.0, 10.0), (1, False, 10.0, 20.0), (2, True, 200.0, 10.0)]
    (year,) = city.rows(YEARS, code="E09000091")
    assert (year["recorded_hours"], year["elsewhere_hours"], year["elsewhere_percent"]) == (200.0, 30.0, 15.0)
    (none_elsewhere,) = city.rows(YEARS, code="E09000092")
    assert (none_elsewhere["months_count"], none_elsewhere["elsewhere_percent"]) == (1, 0.0)
    assert city.rows(YEARS, code="E09000093") == []


def test_officers_are_divided_by_the_wards_of_boroughs_with_a_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    city = city_of(tmp_path, monkeypatch)
    per_ward = {row["geography_code"]: row["fte_per_ward"] for row in city.rows("FROM officers_per_ward")}
    assert per_ward == {"E09000091": 3.0, "E09000092": 2.5, "E09000093": None, LONDON_CODE: 2.8}


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ({}, []),
        ({"february": "true"}, [("abstraction_borough", "is_complete")]),
        ({"other": "minutes"}, [("abstraction_borough", "source_id")]),
        ({"strength": ",,"}, [("dwo_fte_borough", "note")]),
        ({"strength": "3,1,not credible"}, [("dwo_fte_borough", "note")]),
    ],
)
def test_what_would_mislead_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: dict[str, str], found: list[tuple[str, str]]
) -> None:
    city = city_of(tmp_path, monkeypatch, **written)
    refused = [(finding.file.split(" ")[0], finding.column) for finding in findings_in(city) if not finding.is_warning]
    assert refused == found
