"""The counters page as the script runs it: every address says something true, whatever it asks for."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest

from tests.pages.running import run_page
from tests.reading import words
from tests.small_city import build_small_city
from transparency.store.database import open_store

run = partial(run_page, "counters.py")


def test_the_page_says_what_is_open_what_changed_and_where_no_hub_is_published() -> None:
    shown = words(run(as_at="2026-03-03"))
    assert "On 3 March 2026, 27 counters were open, two of them open 24 hours." in shown
    assert "73 counters were open on 14 July 2017, when the consultation began; 27 on 3 March 2026." in shown
    assert "2 of 32 boroughs (6%) had a counter open 24 hours and 30 had none." in shown
    assert "The hours of 17 counters are inferred, not confirmed for the one counter." in shown
    assert (
        "Hubs of dedicated ward officers in use are known in 3 of 32 boroughs (9%): Greenwich, Redbridge and "
        "Westminster. In the other 29 we know of none."
    ) in shown
    hours = "Monday to Friday 10am to 10pm, Saturday and Sunday 9am to 7pm"
    assert f"Acton: {hours} (reported for 25 counters together, not confirmed" in shown
    assert "Brixton: Monday to Friday 10am to 10pm, Saturday and Sunday 9am to 7pm</a>" in shown
    assert "The distance grew most in Pinner (Harrow), from 0.6 to 8.0 km" in shown
    assert "Method: the straight line" in shown
    assert "as the crow flies, the river not considered" in shown
    assert "counters of the City of London Police left out" in shown


def test_agreements_are_shown_with_what_they_are_worth() -> None:
    shown = words(run())
    assert "Of 12 checks four are independent, and all agree." in shown
    assert "none: found by subtraction, so it cannot fail" in shown
    assert "none: an inferred date was placed so that it agrees" in shown
    assert "Which 36 stayed is our reading" in shown
    assert "The numbers of 3 March 2026 come from previews of February: we have no source after the change." in shown
    assert "8 or 18 to stay open 24 hours in the plan of August 2025" in shown


def test_counters_known_to_have_closed_in_december_2017_leave_a_range() -> None:
    shown = words(run(as_at="2017-12-28"))
    assert "On 28 December 2017, between 37 and 64 counters were open" in shown
    assert "Open at least" in shown and "Open at most" in shown and "Opened since" in shown
    assert "Holborn: closed in December 2017, on a day not known" in shown


def test_londons_distance_now_stands_beside_that_before_the_consultation() -> None:
    shown = words(run(as_at="2026-03-03"))
    assert "within 2.7 km of their centre on 3 March 2026" in shown
    assert "On 14 July 2017 it was 1.8 km." in shown
    assert "among the 536 of 679 wards that can be compared" in shown


def test_an_inferred_closing_is_ours_and_not_that_of_its_source() -> None:
    row = words(run(as_at="2026-03-03")).split(">Marlowe House, Sidcup</a>")[-1].split("</tr>")[0]
    assert "inferred by us; the source does not say it" in row


def test_hours_not_known_are_not_said_to_be_none() -> None:
    shown = words(run(as_at="2017-07-01"))
    assert "38 whose hours are not known" in shown
    assert "of 12 it is not known, since the hours of an open counter are not known" in shown
    assert "when the consultation began; " not in shown


def test_a_day_before_the_list_gives_published_totals_only() -> None:
    page = run(as_at="2016-09-01")
    shown = words(page)
    assert "Which counters were open on 1 September 2016 is not known: our list begins on 1 January 2017." in shown
    assert "The newest published total was 73, on 22 May 2013." in shown
    assert "Half of London" not in shown
    assert not page.warning


@pytest.mark.parametrize(
    ("as_at", "said"),
    [
        ("2099-01-01", "1 January 2099 is in the future."),
        ("2016-01-01", "1 January 2016 is before the promise was made."),
        ("yesterday", "&#39;yesterday&#39; is not a day."),
    ],
)
def test_a_day_that_cannot_be_answered_for_is_explained_and_today_is_answered(as_at: str, said: str) -> None:
    shown = words(run(as_at=as_at))
    assert said in shown or said.replace("&#39;", "'") in shown
    assert "This page answers for today." in shown
    assert "27 counters were open" in shown


def test_one_site_is_a_dated_list_with_evidence_and_source() -> None:
    shown = words(run(site="wimbledon", as_at="2018-07-31"))
    assert "Wimbledon was open on 31 July 2018. Hours: open 24 hours." in shown
    assert "decision to close quashed" in shown
    assert "Court held the closure decision unlawful" in shown
    assert "28 February 2026" not in shown
    assert re.search(r'<th scope="row">14 July 2017</th>', shown)


def test_a_site_without_a_position_says_so() -> None:
    shown = words(run(site="royalty-studios"))
    assert "position not known to the postcode, so not on the map and in no distance" in shown
    assert "Royalty Studios" in shown


def test_an_unknown_site_is_explained_with_the_way_back() -> None:
    shown = words(run(site="<script>alert(1)</script>"))
    assert "is not a site of our list" in shown
    assert 'href="/counters?as_at=' in shown


def test_search_and_filters_narrow_the_list() -> None:
    page = run(as_at="2018-01-01")
    page.text_input(key="places-search").set_value("kentish").run()
    assert "One of" not in words(page)
    assert "1 of 152 places fit." in words(page)
    page.text_input(key="places-search").set_value("atlantis").run()
    assert "No place of the list fits." in words(page)


def test_a_full_postcode_is_cut_to_its_district_before_it_is_used() -> None:
    page = run(as_at="2018-01-01")
    page.text_input(key="places-search").set_value("NW5 3AE").run()
    assert page.text_input(key="places-search").value == "NW5"
    assert "1 of 152 places fit." in words(page)
    assert "3AE" not in str(dict(page.query_params))


def test_borough_and_kind_live_in_the_address() -> None:
    page = run(as_at="2017-12-31", borough="Brent", kind="hub of dedicated ward officers")
    shown = words(page)
    assert "4 of 152 places fit." in shown
    assert "Chalkhill" in shown


def test_the_page_holds_for_another_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened = open_store(build_small_city(tmp_path / "store"))
    monkeypatch.setattr("transparency.outlets.dashboard.run.shared_store", lambda: opened)
    shown = words(run(as_at="2018-12-01"))
    assert "On 1 December 2018, 2 counters were open: one of them open 24 hours and one whose" in shown
    assert "checks" not in shown
    assert "cannot be shown at the moment" not in shown
