"""What is kept from one day of change to the next is what is true of every day between them."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from transparency.counters import queries as counters
from transparency.months.elsewhere import elsewhere_years
from transparency.months.officers import officers_by_place
from transparency.months.queries import leading_months
from transparency.published.queries import figures_on, promise_milestones
from transparency.store.store import Store, memoised_between
from transparency.survey.queries import newest_attitudes
from transparency.wards import standing
from transparency.wards.queries import boroughs_on

KEPT: tuple[Callable[[Store, date], Any], ...] = (
    boroughs_on,
    counters._possibly_nearer,
    counters.is_by_notices,
    counters.sites_on,
    elsewhere_years,
    figures_on,
    leading_months,
    newest_attitudes,
    officers_by_place,
    promise_milestones,
    standing._own_figures,
    standing._reports,
    standing._statuses_on,
)
# Days on which a store's statements, months, sites and wards begin, each with the day before; and others.
DATED = """
SELECT known_from(as_at, as_at_precision) AS day FROM current_staffing
UNION SELECT stands_from FROM site_standing
UNION SELECT stands_from FROM published_figure_standing
UNION SELECT unnest([as_at, as_at + 366]) FROM dwo_month
UNION SELECT quarter_end FROM current_public_attitude_borough
UNION SELECT in_force_from FROM ward_sets
ORDER BY day
"""


def some_days(store: Store) -> list[date]:
    chance = random.Random(28)
    changes = [row["day"] for row in store.rows(DATED) if row["day"] and row["day"].year > 2000]
    chosen = chance.sample(changes, min(25, len(changes)))
    others = [date(2014, 1, 1) + timedelta(days=chance.randrange(5200)) for _ in range(15)]
    return [*chosen, *(day - timedelta(days=1) for day in chosen), *others]


@pytest.mark.parametrize("name", ["city", "demonstration", "store_of_facts"])
def test_each_day_has_the_answer_of_its_run(name: str, request: pytest.FixtureRequest) -> None:
    store: Store = request.getfixturevalue(name)
    for function in KEPT:
        afresh = function.__wrapped__  # type: ignore[attr-defined]
        wrong = [day for day in some_days(store) if function(store, day) != afresh(store, day)]
        assert (function.__name__, wrong) == (function.__name__, [])


def test_an_answer_is_worked_out_once_for_each_run(city: Store) -> None:
    asked: list[date] = []

    @memoised_between("SELECT unnest([DATE '2017-01-04', DATE '2018-05-03']) AS day")
    def year_of(_store: Store, day: date) -> int:
        asked.append(day)
        return day.year

    days = [date(2016, 1, 1), date(2017, 1, 3), date(2017, 1, 4), date(2018, 5, 2), date(2018, 5, 3), date(2026, 1, 1)]
    assert [year_of(city, day) for day in days] == [1900, 1900, 2017, 2017, 2018, 2018]
    assert asked == [date(1900, 1, 1), date(2017, 1, 4), date(2018, 5, 3)]
