"""The monthly programme on the pages for progress and boroughs, as the scripts run: apart, first where it leads."""

from __future__ import annotations

import pytest

from tests.pages.running import run_page
from tests.reading import words
from transparency.store.store import Store

PROGRAMME, OWN = "Monthly strength of ward teams", "Apart from the monthly series: the promise"
POINTER = "This site has not loaded the monthly strength of each ward team."


def test_the_newest_month_leads_and_the_promise_s_own_count_follows_apart(city: Store) -> None:
    shown = words(run_page("boroughs.py", as_at="2022-07-01"))
    sentence = "In May 2022 3 of London&#39;s 9 wards (33%) met the promise by the rule for the monthly series"
    assert shown.index(PROGRAMME) < shown.index(sentence) < shown.index(OWN)
    assert "constables are at least 2.0 FTE and PCSOs at least 1.0 FTE" in shown
    assert "cannot be shown at the moment" not in shown


def test_the_promise_is_answered_by_the_newest_month_with_its_months_its_squares_and_its_map(city: Store) -> None:
    page = run_page("progress.py", as_at="2022-07-01")
    shown = words(page)
    answered = "Not known of every ward in May 2022: 3 of 9 wards had their officers, 6 are not known."
    assert shown.index(answered) < shown.index("Before the monthly figures") < shown.index('id="timeline"')
    assert "London: between 2 of 8 wards in April 2022 and 3 of 9 wards in May 2022 had their officers." in shown
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
    assert "Of Northbank&#39;s 3 wards in April 2022 2 had 2.0 FTE constables (1 short, 0 not known)" in shown
    assert "<caption>Full-time equivalents by month, Northbank</caption>" in shown
    assert shown.index(PROGRAMME) < shown.index(OWN)


def test_boroughs_side_by_side_follow_the_measure_chosen(city: Store) -> None:
    shown = words(run_page("boroughs.py", as_at="2022-05-15", measure="pcs"))
    assert "In April 2022 2 of 3 boroughs can be ranked by wards with two constables" in shown
    assert "<caption>Boroughs in April 2022</caption>" in shown


def test_where_nothing_is_imported_a_short_pointer_stands_at_the_end() -> None:
    shown = words(run_page("boroughs.py", as_at="2026-11-01"))
    assert shown.count(PROGRAMME) == 1 and POINTER in shown
    assert OWN not in shown
    assert shown.index("CSV") < shown.index(PROGRAMME)


@pytest.mark.parametrize("file", ["progress.py", "boroughs.py"])
def test_before_the_series_began_nothing_is_said_of_it(file: str) -> None:
    shown = words(run_page(file, as_at="2018-01-01"))
    assert PROGRAMME not in shown and "monthly figures" not in shown.lower()
