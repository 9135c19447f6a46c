"""The survey by its definition, on the embedded store and on the small city."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests import small_city
from transparency.core.vocabulary import LONDON_CODE
from transparency.store.database import open_store
from transparency.store.store import Store

KNOWS = """
SELECT * FROM attitude_quarter
WHERE geography_code = $code AND measure = 'knows_how_to_contact_ward_officer' AND quarter_end = $quarter_end
"""


@pytest.mark.parametrize(
    ("quarter_end", "percent", "change"),
    [
        (date(2014, 12, 31), 41, None),
        (date(2016, 9, 30), 36, None),
        (date(2017, 12, 31), 22, -14),
        (date(2019, 12, 31), 12, -24),
        (date(2022, 3, 31), 27, -9),
        (date(2023, 12, 31), 13, -23),
    ],
)
def test_londoners_who_know_how_to_contact_their_ward_officer(
    store_of_facts: Store, quarter_end: date, percent: int, change: int | None
) -> None:
    (row,) = store_of_facts.rows(KNOWS, code=LONDON_CODE, quarter_end=quarter_end)
    assert (row["percent"], row["change_points"]) == (percent, change)
    assert (row["promised_quarter_end"], row["promised_percent"]) == (date(2016, 9, 30), 36)


def test_eight_measures_of_london_and_32_boroughs(store_of_facts: Store) -> None:
    rows = store_of_facts.rows("FROM attitude_quarter WHERE quarter_end = DATE '2023-12-31'")
    assert len({row["measure"] for row in rows}) == 8
    assert len({row["geography_code"] for row in rows}) == 33
    assert len(rows) == 8 * 33


SURVEY = """\
geography_code,quarter_end,measure,percent,source_id
E09000091,2016-06-30,good_job_local,60,police
E09000091,2016-12-31,good_job_local,50,police
E09000091,2017-03-31,good_job_local,45,police
E09000092,2017-03-31,good_job_local,70,police
E09000091,2017-03-31,trust_mps,70,police
"""


def test_a_change_is_counted_from_the_first_quarter_after_the_promise_where_it_was_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(small_city.REGISTERS, "public_attitude_borough", SURVEY)
    city = open_store(small_city.build_small_city(tmp_path / "city", is_demonstration=False), run_checks=False)
    rows = city.rows("FROM attitude_quarter ORDER BY geography_code, measure, quarter_end")
    assert [(row["measure"], row["quarter_end"].isoformat(), row["change_points"]) for row in rows] == [
        ("good_job_local", "2016-06-30", None),
        ("good_job_local", "2016-12-31", None),
        ("good_job_local", "2017-03-31", -5),
        ("trust_mps", "2017-03-31", None),
        ("good_job_local", "2017-03-31", None),
    ]
