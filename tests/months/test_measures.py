"""What is declared a measure of a ward's months is in each of their tables, files, answers and descriptions."""

from __future__ import annotations

import json
from datetime import date

import pytest

from transparency.exhibits.files import table_csv
from transparency.months.exhibits import wards_exhibit
from transparency.months.measures import MEASURES, Measure
from transparency.months.of_ward import ward_months_exhibit
from transparency.outlets.api import ward_json
from transparency.outlets.dictionary import data_dictionary
from transparency.outlets.openapi import SCHEMAS
from transparency.pages.ward_record import ward_page
from transparency.store.descriptors import catalogue
from transparency.store.store import Store

DAY = date(2022, 5, 2)


@pytest.fixture(scope="module")
def store(months: Store) -> Store:
    return months


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_a_measure_is_wherever_a_ward_s_months_are(store: Store, measure: Measure) -> None:
    page = ward_page(store, "E05900012", DAY)
    own = ward_months_exhibit(store, "E05900012", DAY)
    assert own is not None
    table = own.table
    place = [column.name for column in table.columns].index(measure.name)
    newest = page.months[-1]
    assert table.rows[0][place] == measure.cell(newest)
    exhibit = wards_exhibit(store, page.ward.borough_code, DAY)
    assert exhibit is not None
    assert measure.name in table_csv(exhibit.table).decode().splitlines()[0].split(",")
    answered = json.loads(ward_json(store, "E05900012", {"as_at": DAY.isoformat()}).content)["monthly"][-1]
    assert (answered | answered["fte"])[measure.api_name] == measure.of(newest)
    described = SCHEMAS["Ward"]["properties"]["monthly"]["items"]["properties"]
    assert measure.sentence in (described | described["fte"]["properties"])[measure.api_name]["description"]
    assert f"| `{measure.name}` |" in data_dictionary(catalogue().values())


def test_what_is_not_published_has_no_cell(store: Store) -> None:
    missing = ward_page(store, "E05900012", date(2022, 7, 1)).months[-1]
    assert missing.constable_fte is None
    assert MEASURES[0].cell(missing) is None
