"""Recorded crime on the small city: nine wards with the same count in every month of a year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests import small_city
from tests.reading import ward_html
from transparency.crime.exhibits import borough_exhibit, years_exhibit
from transparency.exhibits.exhibit import cell_text
from transparency.pages.ward_record import ward_page
from transparency.publishing.reading import read_table
from transparency.store.checking import findings_in
from transparency.store.database import open_store
from transparency.store.descriptors import dataset
from transparency.store.store import Store

DAY = date(2026, 3, 31)
ABBEY, NORTHBANK = "E05900011", "E09000091"
WARDS = ("11", "12", "13", "24", "25", "34", "35", "36", "37")
GROUPS = """\
ward_code,year_ending,offence_group,offences,source_id
E05900011,2026-02-28,theft,100,police
E05900011,2026-02-28,burglary,{burglary},police
"""


def months(left_out: str = "", first_system: str = "since_march_2024", day: str = "01") -> Iterator[str]:
    """Twenty-four months to February 2026: ten a month in the first ward and ten more in each after it; in the year
    before five fewer each."""
    yield "ward_code,month,offences,recording_system,source_id"
    for place, ward in enumerate(WARDS):
        for number in range(24):
            year, month = divmod(2024 * 12 + 2 + number, 12)
            if f"{ward} {number}" == left_out:
                continue
            count = 10 * (place + 1) - (5 if number < 12 else 0)
            system = first_system if number == 0 and place == 0 else "since_march_2024"
            yield f"E059000{ward},{year}-{month + 1:02}-{day if number == 0 else '01'},{count},{system},police"


def city_of(root: Path, patch: pytest.MonkeyPatch, burglary: str = "20", **written: str) -> Store:
    patch.setitem(small_city.REGISTERS, "ward_crime_month", "\n".join(months(**written)) + "\n")
    patch.setitem(small_city.REGISTERS, "ward_crime_group", GROUPS.format(burglary=burglary))
    return open_store(small_city.build_small_city(root / "city", is_demonstration=False), run_checks=False)


def test_twelve_months_their_change_rate_and_quarter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    city = city_of(tmp_path, monkeypatch)
    wards = {row["ward_code"][-2:]: row for row in city.rows("SELECT * FROM ward_crime_on($day)", day=DAY)}
    abbey = wards["11"]
    assert (abbey["offences"], abbey["offences_year_before"], abbey["change_on_year_before_percent"]) == (120, 60, 100)
    assert round(abbey["offences_per_1000"], 1) == 11.4  # 120 offences, 10,500 residents
    assert round(abbey["borough_offences_per_1000"], 1) == 20.9  # 720 offences, 34,500 residents
    assert (abbey["offences_year_of_promise"], abbey["change_on_year_of_promise_percent"]) == (None, None)
    assert [wards[ward]["quarter_of_wards"] for ward in WARDS] == [1, 1, 1, 2, 2, 3, 3, 4, 4]


def test_a_missing_month_is_not_nought(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    city = city_of(tmp_path, monkeypatch, left_out="12 20")
    wards = city.rows("SELECT * FROM ward_crime_on($day)", day=DAY)
    assert len(wards) == 8
    (abbey,) = (row for row in wards if row["ward_code"] == ABBEY)
    assert (abbey["offences"], abbey["borough_offences_per_1000"]) == (120, None)
    shown, borough = years_exhibit(city, ABBEY, DAY), borough_exhibit(city, NORTHBANK, DAY)
    assert shown is not None
    assert borough is not None
    assert "That is 11 per 1,000 residents of 2021: London's middle ward 52." in shown.subtitle
    assert borough.headline.startswith(
        "Offences are not known for every ward of Northbank in the year to February 2026."
    )
    assert [cell_text(cell) for cell in borough.table.rows[-1]] == ["All of Northbank", "not known", "not known", "–"]
    assert [cell_text(row[0]) for row in borough.table.rows[:-1]] == ["Abbey", "Village Green"]
    missing = "Recorded crime of {} in the last twelve months is not on this site."
    assert missing.format("Castle &amp; Quay") in ward_html(city, ward_page(city, "E05900012", DAY))
    assert "is not on this site" not in ward_html(city, ward_page(city, ABBEY, DAY)).partition('id="crime"')[2]


def test_a_missing_month_of_the_year_before_leaves_its_change_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = years_exhibit(city_of(tmp_path, monkeypatch, left_out="11 3"), ABBEY, DAY)
    assert shown is not None
    assert "than in the year before" not in shown.subtitle
    assert len(shown.table.rows) == 1


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ({}, []),
        ({"day": "02"}, ["month"] * 9),
        ({"first_system": "until_february_2024"}, ["recording_system"]),
    ],
)
def test_a_month_of_the_wrong_day_or_system_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: dict[str, str], found: list[str]
) -> None:
    city = city_of(tmp_path, monkeypatch, **written)
    refused = [finding for finding in findings_in(city) if not finding.is_warning]
    assert [finding.column for finding in refused] == found


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("E05900011,2026-02-28,fishing,5,police", "the word is not one this column knows"),
        ("E05900011,2026-02-28,theft,-5,police", "the number is below 0"),
    ],
)
def test_an_unknown_group_or_a_count_below_nought_is_refused(row: str, rule: str) -> None:
    header = GROUPS.splitlines()[0]
    assert [
        finding.rule
        for finding in read_table(dataset("ward_crime_group"), f"{header}\n{row}\n".encode(), "crime.csv").findings
    ] == [rule]


def test_a_ward_of_no_set_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    city = city_of(tmp_path, monkeypatch, burglary="20,police\nE05900099,2026-02-28,theft,1")
    refused = [(finding.value, finding.rule) for finding in findings_in(city) if not finding.is_warning]
    assert refused == [("E05900099", "the ward is not in the dataset wards_2022")]


def test_groups_that_do_not_add_up_are_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    city = city_of(tmp_path, monkeypatch, burglary="19")
    (listed,) = (finding for finding in findings_in(city) if finding.file.startswith("ward_crime_group"))
    assert (listed.value, listed.is_warning) == ("119", True)
    assert listed.rule == "the groups of E05900011 in the year to February 2026 do not add up to its months, 120"


def test_the_groups_of_the_facts_add_up_in_every_ward_and_year(store_of_facts: Store) -> None:
    assert [finding for finding in findings_in(store_of_facts) if finding.file.startswith("ward_crime")] == []
