"""The definitions that judge two promises on a series, on the small city with round numbers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests import small_city
from tests.monthly_stores import city_with_months
from transparency.core.vocabulary import PromiseStatus
from transparency.progress.queries import promise_status
from transparency.promises.exhibits import promise_card
from transparency.promises.queries import ledger_entry
from transparency.store.database import open_store
from transparency.store.store import Store


def _time(year: int, months: int, elsewhere: int, on_ward: int) -> str:
    """Recorded time of a year, the same in each month; March is incomplete and would turn the share round."""
    lines = []
    for month in range(1, months + 1):
        begin = f"E09000091,{year}-{month:02}-01"
        is_complete = "false" if month == 3 else "true"
        lines.append(f"{begin},not_abstracted,{0 if month == 3 else on_ward},{is_complete},mayor-2017-12-28")
        if elsewhere:
            lines.append(f"{begin},training,{9000 if month == 3 else elsewhere},{is_complete},mayor-2017-12-28")
    return "".join(f"{line}\n" for line in lines)


TIME = (
    "borough_code,month,activity_type,minutes,is_complete,source_id\n"
    + _time(2019, 12, 40, 60)
    + _time(2020, 12, 50, 50)
    + _time(2021, 11, 10, 90)
    + _time(2022, 12, 0, 100)
)
MEASURE = "knows_how_to_contact_ward_officer,{},minutes"
QUARTERS = ("2016-06-30,60", "2016-09-30,30", "2016-12-31,35", "2017-12-31,36", "2018-09-30,90", "2018-12-31,24")
SURVEY = "geography_code,quarter_end,measure,percent,source_id\n" + "".join(
    f"E12000007,{quarter},{MEASURE.format(percent)}\n" for quarter, percent in (each.split(",") for each in QUARTERS)
)


@pytest.fixture
def city(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Store:
    monkeypatch.setitem(small_city.REGISTERS, "abstraction_borough", TIME)
    monkeypatch.setitem(small_city.REGISTERS, "public_attitude_borough", SURVEY)
    return open_store(small_city.build_small_city(tmp_path / "city", is_demonstration=False), run_checks=False)


def test_a_year_is_rated_on_complete_months_and_only_when_all_twelve_are_there(city: Store) -> None:
    rows = city.rows("SELECT year, elsewhere_percent, promise_status FROM elsewhere_by_year ORDER BY year")
    assert [(row["year"], row["elsewhere_percent"], row["promise_status"]) for row in rows] == [
        (2019, 40.0, "partly_met"),
        (2020, 50.0, "not_met"),
        (2022, 0.0, "met"),
    ]


def test_a_difference_of_five_points_is_not_rated(city: Store) -> None:
    rows = city.rows("SELECT quarter_end, percent, promise_status FROM known_by_community ORDER BY quarter_end")
    assert [(row["quarter_end"].isoformat(), row["percent"], row["promise_status"]) for row in rows] == [
        ("2016-09-30", 30, "cannot_be_rated"),
        ("2016-12-31", 35, "cannot_be_rated"),
        ("2017-12-31", 36, "met"),
        ("2018-12-31", 24, "not_met"),
    ]


def test_a_month_of_ward_teams_judges_the_promise_of_every_ward_as_its_own_page_does(tmp_path: Path) -> None:
    store = city_with_months(tmp_path)
    entry = ledger_entry(store, "two-constables-one-pcso", date(2022, 5, 10))
    assert [(line.on, line.status.value, line.finding) for line in entry.history][-1] == (
        date(2022, 4, 30),
        "partly_met",
        "Not in April 2022: 2 of 8 wards had their officers, 3 were short, 3 are not known.",
    )
    assert entry.finding is entry.history[-1]
    assert promise_card(store, entry).sentence == entry.finding.finding
    rated = {place: promise_status(store, place, date(2022, 7, 1)) for place in ("E09000091", "E09000092")}
    assert rated == {"E09000091": PromiseStatus.PARTLY_MET, "E09000092": PromiseStatus.NOT_MET}
    before = ledger_entry(store, "two-constables-one-pcso", date(2022, 3, 1))
    assert before.history[-1].on == date(2019, 6, 1) and not before.has_months
