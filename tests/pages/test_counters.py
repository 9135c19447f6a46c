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


def test_the_page_says_what_is_open_where_it_got_farthest_and_how_sure_it_is() -> None:
    shown = words(run(as_at="2026-03-03"))
    assert "London had 27 police counters, down from 73 in July 2017. Two were open 24 hours." in shown
    assert "Five boroughs have none: Harrow, Kensington and Chelsea, Merton, Richmond upon Thames and" in shown
    assert "565 of 679 wards are more than 5 km from one open 24 hours, in a straight line." in shown
    assert "are inferred, not confirmed for each counter." in shown
    assert "73 counters in July 2017, 37 in December 2017, 37 or 38 in July 2025 and 27 on 3 March 2026." in shown
    assert "Early 2013: only 17 of 136 to 140 drawn" in shown
    assert "The 17 drawn are the places of the Assembly&#39;s list that we hold." in shown
    assert "Published totals: 136 (2012), about 140 (2013)." in shown
    assert "Pinner&#39;s nearest counter was 0.6 km away. Then it was 8 km." in shown
    assert "of 536 that can be compared" in shown
    assert "75 of 679 wards are more than 5 km from a counter, and 565 from one open 24 hours." in shown
    assert "counters of the City of London Police left out" in shown
    assert "None is open to the public." in shown


def test_open_counters_stand_under_their_hours_with_how_sure_they_are() -> None:
    shown = words(run(as_at="2026-03-03"))
    hours = "Monday to Friday 10am to 10pm, Saturday and Sunday 9am to 7pm"
    listed = shown.split("27 police counters were open to the public on 3 March 2026, by our list.</h2>")[1]
    assert "After the dot: where the hours come from." in listed
    at_night, said, inferred = re.split(f"<h3[^>]*>{hours}</h3>", listed)
    assert re.findall(r"site=([\w-]+)", at_night) == ["charing-cross", "lewisham"]
    assert re.findall(r"site=([\w-]+)", said)[:2] == ["bethnal-green", "brixton"]
    assert "not confirmed" not in said
    assert "Reported for 25 counters together, not confirmed for each one." in inferred
    assert len(re.findall(r"<li><a [^>]*site=", inferred.split("</ul>")[0])) == 17


def test_closures_and_openings_add_up_and_agreements_say_what_they_are_worth() -> None:
    shown = words(run())
    assert "54 closures since 2017. We worked out the date of 21." in shown
    assert "Eight counters opened or reopened since July 2017: 73 − 54 + 8 = 27." in shown
    assert "We checked our list in 12 ways. Four are independent of how we made it, and all four agree." in shown
    assert "none: found by subtraction, so it cannot fail" in shown
    assert "Which 36 stayed is our reading" in shown
    row = shown.split(">Marlowe House, Sidcup</a>")[-1].split("</tr>")[0]
    assert "inferred by us; the source does not say it" in row


def test_a_ward_has_its_three_nearest_counters_and_its_ring_on_the_map() -> None:
    page = run(ward="E05013664")
    shown = words(page)
    assert "Nearest to Kentish Town South, Camden" in shown
    near = shown.split("Nearest to Kentish Town South")[1].split("All about")[0]
    assert re.findall(r">([\w ]+)</a> · ([\d.]+) km", near) == [
        ("Kentish Town", "0.4"), ("Islington", "2.5"), ("Charing Cross", "4.3"),
    ]  # fmt: skip
    assert "Reported for 25 counters together, not confirmed for this one. Check before you go." in near


@pytest.mark.parametrize("named", ["E09000007", "Camden", "camden"])
def test_a_borough_is_understood_by_code_and_by_name(named: str) -> None:
    shown = words(run(borough=named))
    assert "Counters in Camden" in shown
    assert "Camden has one police counter. In July 2017 it had two." in shown


def test_a_borough_that_is_none_is_said_to_be_none() -> None:
    assert "&#39;ATLANTIS&#39; is not a borough code." in words(run(borough="Atlantis")).replace("'", "&#39;")


def test_the_box_leads_to_the_counters_nearest_to_what_is_found() -> None:
    page = run()
    page.text_input(key="lookup").set_value("NW5 2AA").run()
    assert page.text_input(key="lookup").value == ""
    assert 'href="/counters?ward=E05013664"' in words(page)
    assert "2AA" not in str(dict(page.query_params))


def test_counters_known_to_have_closed_in_december_2017_leave_a_range() -> None:
    shown = words(run(as_at="2017-12-28"))
    assert "London had 37 to 64 police counters, down from 73 in July 2017." in shown
    assert "73 − " not in shown


def test_hours_not_known_are_not_said_to_be_none() -> None:
    shown = words(run(as_at="2017-07-01"))
    assert "London had 73 police counters. At least 20 were open 24 hours." in shown
    assert "Hours not known</h3>" in shown
    assert "open 24 hours, in a straight line" not in shown


def test_a_day_before_the_list_gives_published_totals_only() -> None:
    page = run(as_at="2016-09-01")
    shown = words(page)
    assert "We do not know which counters were open: our list begins on 1 January 2017." in shown
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
    assert "London has 27 police counters" in shown


def test_a_counter_has_a_page_with_its_hours_its_wards_and_what_happened() -> None:
    shown = words(run(site="kentish-town"))
    assert "<h1>Kentish Town</h1>" in shown
    assert "10-12A Holmes Road, NW5 3AE" in shown
    assert "Kentish Town is open: Monday to Friday 10am to 10pm, Saturday and Sunday 9am to 7pm." in shown
    assert "Reported for 25 counters together, not confirmed for this one." in shown
    assert "It is the nearest counter for 31 wards, 0.4 to 4.7 km away." in shown
    assert shown.split("<ol")[1].split("</ol>")[0].count("<li>") == 3
    assert ">Islington</a> · 2.8 km in a straight line" in shown


def test_one_site_is_a_dated_list_with_evidence_and_source() -> None:
    shown = words(run(site="wimbledon", as_at="2018-07-31"))
    assert "Wimbledon was open 24 hours." in shown
    assert "decision to close quashed" in shown
    assert "Court held the closure decision unlawful" in shown
    assert "28 February 2026" not in shown
    assert re.search(r'<th scope="row">14 July 2017</th>', shown)


def test_a_site_without_a_position_says_so() -> None:
    shown = words(run(site="royalty-studios"))
    assert "We do not know its place to the postcode, so it is on no map and in no distance." in shown
    assert "<h1>Royalty Studios" in shown


def test_an_unknown_site_is_explained_with_the_way_back() -> None:
    shown = words(run(site="<script>alert(1)</script>"))
    assert shown.count("is not a site of our list") == 1
    assert "London has 27 police counters" in shown


def test_the_page_holds_for_another_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened = open_store(build_small_city(tmp_path / "store"))
    monkeypatch.setattr("transparency.outlets.dashboard.run.shared_store", lambda: opened)
    shown = words(run(as_at="2018-12-01"))
    assert "London had 2 police counters. At least one was open 24 hours." in shown
    assert "checks" not in shown
    assert "cannot be shown at the moment" not in shown
