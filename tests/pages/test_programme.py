"""The monthly programme on the pages for progress and boroughs, as the scripts run."""

from __future__ import annotations

from tests.pages.running import run_page
from tests.reading import words
from transparency.store.store import Store


def test_the_promise_is_answered_by_the_newest_month_with_its_months_its_squares_and_its_map(city: Store) -> None:
    page = run_page("progress.py", as_at="2022-07-01")
    shown = words(page)
    answered = "Not known of every ward in May 2022: 3 of 9 wards had their officers, 6 are not known."
    assert shown.index(answered) < shown.index("Before the monthly figures") < shown.index('id="timeline"')
    assert "London: between 25% of wards in April 2022 and 33% of wards in May 2022 had their officers." in shown
    assert "Of 9 wards, 3 had their officers and 6 are not known, May 2022." in shown
    assert "Map of London&#39;s wards in May 2022: 3 with their officers, 0 short, 6 not known." in shown
    assert "constables are at least 2.0 FTE and PCSOs at least 1.0 FTE" in shown
    assert page.get("plotly_chart") == [] and page.get("deck_gl_json_chart") == []


def test_a_month_that_no_longer_speaks_for_the_day_follows_the_promise_s_own_count(city: Store) -> None:
    shown = words(run_page("progress.py", as_at="2024-01-01"))
    assert "Before the monthly figures" not in shown
    assert shown.index('id="timeline"') < shown.index("Of 9 wards, 3 had their officers")


def test_a_borough_has_its_wards_in_the_month(city: Store) -> None:
    shown = words(run_page("boroughs.py", borough="E09000091", as_at="2022-05-15"))
    assert "In April 2022, 1 of Northbank&#39;s 3 wards had their officers." in shown
    assert "<caption>Wards of Northbank by month</caption>" in shown


def test_before_the_series_began_nothing_is_said_of_it() -> None:
    for file in ("progress.py", "boroughs.py"):
        assert "monthly figures" not in words(run_page(file, as_at="2018-01-01")).lower()
