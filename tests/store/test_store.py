"""A store's answers: rows as records, and answers kept with the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from transparency.core.project import EMBEDDED_DATA
from transparency.core.vocabulary import Half, Precision
from transparency.store.database import open_store
from transparency.store.store import Store, memoised


@dataclass(frozen=True)
class Count:
    half: Half
    wards: int
    precision: Precision | None
    codes: tuple[str, ...] = ()


def test_a_row_becomes_a_record_with_its_enums(city: Store) -> None:
    found = city.records(Count, "SELECT 'pcs' AS half, 3 AS wards, $word AS precision, ['a', 'b'] AS codes", word="day")

    assert found == (Count(Half.PCS, 3, Precision.DAY, ("a", "b")),)


def test_a_missing_value_stays_and_a_missing_column_has_a_default(city: Store) -> None:
    found = city.records(Count, "SELECT 'pcsos' AS half, 3 AS wards, NULL AS precision, 1 AS other")

    assert found == (Count(Half.PCSOS, 3, None),)


def test_a_field_without_column_or_default_is_named(city: Store) -> None:
    with pytest.raises(TypeError, match=r"Count\.wards has no column: there are half, precision"):
        city.records(Count, "SELECT 'pcs' AS half, NULL AS precision")


def test_a_word_of_no_enum_is_an_error(city: Store) -> None:
    with pytest.raises(ValueError, match="'sergeants' is not a valid Half"):
        city.records(Count, "SELECT 'sergeants' AS half, 3 AS wards, NULL AS precision")


def test_an_answer_is_computed_once_for_each_question_and_store(city: Store, demonstration: Store) -> None:
    asked: list[tuple[str, date]] = []

    @memoised
    def answer(store: Store, day: date) -> int:
        asked.append((store.data_version, day))
        return day.year

    days = [date(2017, 1, 1), date(2017, 1, 1), date(2018, 1, 1)]
    assert [answer(city, day) for day in days] == [2017, 2017, 2018]
    assert answer(demonstration, date(2017, 1, 1)) == 2017
    assert asked == [
        (city.data_version, date(2017, 1, 1)),
        (city.data_version, date(2018, 1, 1)),
        (demonstration.data_version, date(2017, 1, 1)),
    ]


@pytest.mark.parametrize(
    "asked",
    [
        "ward_status_on(DATE '2017-12-28') ORDER BY ward_code",
        "borough_status_on(DATE '2019-06-30') ORDER BY borough_code",
        "ward_counter_distance_on(DATE '2026-11-28') ORDER BY ward_code",
        "ward_change ORDER BY ward_code, stands_from",
    ],
)
def test_a_store_that_is_only_checked_has_the_same_answers(store_of_facts: Store, asked: str) -> None:
    checked = open_store(EMBEDDED_DATA, run_checks=False, keeps_tables=False)
    rows = checked.rows(f"SELECT * FROM {asked}")
    checked.close()
    assert rows and rows == store_of_facts.rows(f"SELECT * FROM {asked}")
